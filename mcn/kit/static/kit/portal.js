// On a phone the sections are a row that is moved sideways: it begins at the one that is open.
const section = document.querySelector(".site-nav [aria-current]");
if (section) {
  section.scrollIntoView({ block: "nearest", inline: "center" });
}

// A form that came back with mistakes shows the first of them, which on a phone may stand far below, unless
// something is said above it.
const wrong = document.querySelector("main [aria-invalid='true']");
const told = document.querySelector("main :is(.errorlist.nonfield, .findings li)");
if (wrong && !told) {
  wrong.focus({ preventScroll: true });
  wrong.closest(".field")?.scrollIntoView({ block: "center" });
}

// Pressed again while the first press is on its way, a button sends nothing. It is let go after a while:
// some forms are answered with a file, and the page stays.
const LET_GO = 10_000;
addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  const letGo = () => {
    delete form.dataset.sent;
    event.submitter?.removeAttribute("aria-busy");
  };
  form.dataset.sent = "yes";
  event.submitter?.setAttribute("aria-busy", "true");
  setTimeout(letGo, LET_GO);
  addEventListener("pagehide", letGo, { once: true });
});
