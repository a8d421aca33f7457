// A step of the application saves itself: a refusal is shown like an answer, a lost connection is told.
(() => {
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    if ([403, 409, 412, 422].includes(event.detail.xhr.status)) event.detail.shouldSwap = true;
  });
  document.body.addEventListener("htmx:sendError", () => {
    const status = document.getElementById("saved");
    if (status) status.textContent = status.dataset.offline;
  });
})();
