// On a phone the sections are a row that is moved sideways: it begins at the one that is open.
const section = document.querySelector(".site-nav [aria-current]");
if (section) {
  section.scrollIntoView({ block: "nearest", inline: "center" });
}
