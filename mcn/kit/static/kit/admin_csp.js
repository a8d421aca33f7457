/*
 * Lets unfold 0.91.0 run under `script-src 'self'`.
 *
 * Alpine's standard build turns attributes into code with `new Function`, which the policy forbids. The CSP build
 * (unfold/js/alpine/alpine.js beside this file) interprets them instead: one expression at a time, without `if`,
 * `new`, arrow functions or browser globals. Of the expressions in unfold's templates, these few need more than that.
 * Each is rewritten before Alpine reads it, also in parts that htmx brings later. An expression not listed here is
 * left alone, so a new unfold that changes one shows an Alpine error in the console instead of failing in silence.
 */
(() => {
  "use strict";

  const REMEMBERED = "sidebarDesktopOpen";

  // The page's own state, which unfold writes inline on <body>, and the functions its other expressions expect.
  const adminPage = (firstTab) => ({
    activeTab: firstTab,
    sidebarMobileOpen: false,
    sidebarDesktopOpen: localStorage.getItem(REMEMBERED) !== "0",
    init() {
      this.activeTab = (firstTab && getCurrentTab()) || firstTab;
      this.$watch(REMEMBERED, (open) => localStorage.setItem(REMEMBERED, open ? "1" : "0"));
    },
    moveRecords: (event) => moveRecords(event),
    sortRecords: (event) => sortRecords(event),
    formAction: (tab) => location.pathname + location.search + (tab && tab !== "general" ? `#${tab}` : ""),
    clearOrLeave: (input) => (input.value === "" ? input.blur() : (input.value = "")),
    newItem: () => ({ key: Date.now() }),
    nameLikeSiblings(element) {
      const input = element.querySelector("input");
      if (input.name.includes("__prefix__")) input.name = element.parentElement.querySelector("input").name;
    },
  });

  // [attribute, what marks the expression, its replacement]. An array of assignments runs them in order.
  const REWRITES = [
    ["x-on:click", /^sidebarDesktopOpen = !sidebarDesktopOpen; localStorage/, () => "sidebarDesktopOpen = !sidebarDesktopOpen"],
    ["x-bind:action", /window\.location\.pathname/, () => "formAction(activeTab)"],
    ["x-on:focus", /^openSearchResults = true; currentIndex = 0$/, () => "[openSearchResults = true, currentIndex = 0]"],
    ["x-on:keydown.escape.prevent", /^openSearchResults = false; if/, () => "[openSearchResults = false, clearOrLeave($refs.searchInput)]"],
    ["x-on:keydown.enter.prevent", /^if \((.+)\) (selectItem\(.+\))$/, (_, test, call) => `currentIndex > 0 && ${test} && ${call}`],
    ["x-on:click", /^items\.push\(/, () => "items.push(newItem())"],
    ["x-init", /^if \(\$el\.getElementsByTagName/, () => "nameLikeSiblings($el)"],
  ];

  function rewrite(element) {
    if (element === document.body && element.getAttribute("x-data")?.includes(REMEMBERED)) {
      const tab = /activeTab: '([^']*)'/.exec(element.getAttribute("x-data"))?.[1] ?? "";
      element.setAttribute("x-data", `adminPage('${tab}')`);
      element.removeAttribute("x-init");
    }
    for (const [name, pattern, replacement] of REWRITES) {
      const expression = element.getAttribute(name)?.trim();
      const found = expression && pattern.exec(expression);
      if (found) element.setAttribute(name, replacement(...found));
    }
  }

  document.addEventListener("alpine:init", () => {
    // The CSP build hides globals from expressions, so unfold's component functions are named to it.
    Alpine.data("theme", theme);
    Alpine.data("searchForm", searchForm);
    Alpine.data("searchDropdown", searchDropdown);
    Alpine.data("searchCommand", searchCommand);
    Alpine.data("adminPage", adminPage);
    Alpine.interceptInit((element) => Alpine.mutateDom(() => rewrite(element)));
  });

  // htmx would evaluate code in attributes and keep pages, with what is in them, in the browser's storage.
  htmx.config.allowEval = false;
  htmx.config.historyCacheSize = 0;
})();
