// Shows beside the sidebar's link to the inbox how much of it is unread, without a query on every page.
(() => {
  "use strict";

  const begin = () => {
    const link = document.querySelector('#nav-sidebar-apps a[href$="/notices/receipt/"]');
    if (!link) {
      return;
    }
    const badge = document.createElement("span");
    badge.className = "kit-unread";
    badge.hidden = true;
    link.append(badge);

    const look = async () => {
      if (document.hidden) {
        return;
      }
      const answer = await fetch("/portal/inbox/unread/", { redirect: "error" }).catch(() => null);
      if (answer && answer.ok) {
        badge.textContent = await answer.text();
        badge.hidden = badge.textContent === "";
      }
    };
    look();
    setInterval(look, 60000);
  };

  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", begin);
  } else {
    begin();
  }
})();
