// The run sheet: order by drag, by arrow keys and by number; narrowing; what a refusal says beside its row.
(() => {
  const page = document.querySelector(".run-sheet");
  const table = document.getElementById("run-table");
  if (!page || !table) return;
  const said = document.getElementById("run-said");
  const lines = () => [...table.querySelectorAll("tbody[data-item]")];
  let waiting = 0;

  const say = (text, bad = false) => {
    said.textContent = text;
    said.classList.toggle("bad", bad);
  };

  const renumber = () => {
    lines().forEach((line, index) => {
      const place = line.querySelector(".run-place input");
      if (place) place.value = index + 1;
    });
  };

  async function save() {
    const body = new URLSearchParams(lines().map((line) => ["item", line.dataset.item]));
    const headers = JSON.parse(table.getAttribute("hx-headers"));
    try {
      const answer = await fetch(page.dataset.orderUrl, { method: "POST", body, headers });
      say(await answer.text(), !answer.ok);
    } catch {
      say(page.dataset.failed, true);
    }
  }

  // Several steps by the keyboard are saved once.
  const moved = (line) => {
    renumber();
    say(`${page.dataset.moved} ${lines().indexOf(line) + 1}`);
    window.clearTimeout(waiting);
    waiting = window.setTimeout(save, 500);
  };

  function put(line, index) {
    const others = lines().filter((other) => other !== line);
    const place = Math.max(0, Math.min(index, others.length));
    table.insertBefore(line, others[place] ?? null);
    line.scrollIntoView({ block: "nearest" });
    moved(line);
  }

  table.addEventListener("end", (event) => event.item && moved(event.item));

  table.addEventListener("keydown", (event) => {
    if (!event.target.matches(".run-move")) return;
    const line = event.target.closest("tbody");
    const index = lines().indexOf(line);
    const goal = { ArrowUp: index - 1, ArrowDown: index + 1, Home: 0, End: lines().length }[event.key];
    if (goal === undefined) return;
    event.preventDefault();
    put(line, goal);
    event.target.focus();
  });

  // Before htmx hears of it: a place is no part of an offer.
  table.addEventListener(
    "change",
    (event) => {
      if (!event.target.matches(".run-place input")) return;
      event.stopPropagation();
      const line = event.target.closest("tbody");
      const goal = Number.parseInt(event.target.value, 10);
      if (Number.isNaN(goal)) renumber();
      else put(line, goal - 1);
      event.target.focus();
    },
    true,
  );

  // Enter goes down a column, as in a spreadsheet; Escape leaves what was there.
  table.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches("input[name]")) return;
    event.preventDefault();
    const column = [...table.querySelectorAll(`input[name="${event.target.name}"]`)].filter((one) => one.offsetParent);
    const next = column[column.indexOf(event.target) + (event.shiftKey ? -1 : 1)];
    if (next) next.select();
    else event.target.blur();
  });

  const narrow = document.getElementById("narrow");
  const blocked = document.getElementById("only-blocked");
  const choose = () => {
    const words = narrow.value.trim().toLowerCase();
    for (const line of lines()) {
      const fits = line.dataset.words.toLowerCase().includes(words);
      const bad = line.querySelector(".run-mark .bad");
      line.hidden = !fits || (blocked.checked && !bad);
    }
  };
  narrow.addEventListener("input", choose);
  blocked.addEventListener("change", choose);
  document.getElementById("all-details").addEventListener("change", (event) => {
    table.classList.toggle("details", event.target.checked);
  });

  // A refusal of a typed row stands beside it; any other one above the table.
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, target } = event.detail;
    if (xhr.status < 400) return;
    if (target.matches(".run-said")) event.detail.shouldSwap = true;
    else say(xhr.responseText.startsWith("<") ? page.dataset.failed : xhr.responseText, true);
  });
  document.body.addEventListener("htmx:sendError", () => say(page.dataset.failed, true));
  document.body.addEventListener("htmx:afterSwap", (event) => {
    if (!event.detail.target.closest("tbody")) renumber();
  });
})();
