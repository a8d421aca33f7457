// The form of a selling-point card: says whether what is on the screen is saved, and tries again when the net is gone.
(() => {
  for (const button of document.querySelectorAll("[data-print]")) {
    button.addEventListener("click", () => window.print());
  }
  const form = document.getElementById("card");
  if (!form) return;
  const status = () => document.getElementById("saved");
  let typed = 0; // counts every input
  let sent = 0; // the count when the save now under way was sent
  let saved = 0;
  let leaving = false;

  const say = (name, tone) => {
    const line = status();
    line.textContent = line.dataset[name] ?? line.textContent;
    line.className = `card-saved ${tone}`;
  };
  const isSave = (event) => event.detail.elt === form;

  form.addEventListener("input", () => {
    typed += 1;
    if (status().dataset.saving) say("saving", "");
  });
  form.addEventListener("submit", () => {
    leaving = true;
  });
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && typed > saved && !status().dataset.kept) event.preventDefault();
  });

  // Somebody may have signed in again in another tab since: the token of now counts, not that of the page.
  document.body.addEventListener("htmx:configRequest", (event) => {
    const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
    if (token) event.detail.headers["X-CSRFToken"] = token[1];
  });
  document.body.addEventListener("htmx:beforeRequest", (event) => {
    if (isSave(event)) sent = typed;
  });
  // A refusal says where what was typed is kept, so it is shown like an answer.
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    if ([401, 409, 412].includes(event.detail.xhr.status)) event.detail.shouldSwap = true;
  });
  document.body.addEventListener("htmx:afterRequest", (event) => {
    if (!isSave(event)) return;
    if (event.detail.successful) saved = Math.max(saved, sent);
    else if (![401, 409, 412].includes(event.detail.xhr.status)) say(event.detail.xhr.status ? "failed" : "offline", "bad");
  });
  document.body.addEventListener("htmx:sendError", (event) => {
    if (isSave(event)) window.setTimeout(() => window.htmx.trigger(form, "again"), 5000);
  });
  // A list that the person has opened stays open when it is brought up to date.
  document.body.addEventListener("htmx:oobBeforeSwap", (event) => {
    if (event.detail.target.id !== "todo") return;
    const open = event.detail.target.querySelector("details[open]");
    const coming = event.detail.fragment.querySelector("#todo details");
    if (open && coming) coming.open = true;
  });
})();
