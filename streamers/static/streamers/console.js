// The console of a live show. Every entry is kept in the browser under a key of its own until the server has
// noted it: a lost connection loses nothing, and what is sent twice is noted once.
(() => {
  const root = document.getElementById("console");
  if (!root) return;
  const said = root.dataset;
  const OURS = `on-air:${said.user}:${said.show}:`;
  const QUEUE = `${OURS}entry:`;
  const DRAFT = `${OURS}draft:`;
  const RETRY_MS = 3000;
  const unkept = new Map(); // entries of a browser that keeps nothing
  let justSent = []; // noted by the server, not yet on the timeline shown
  let state = {};
  let startedMs = 0; // by this browser's clock
  let viewed = "";
  let followed = ""; // the product on the table when the view last followed it
  let sending = false;
  let again = 0;

  // --- the queue ---

  // A key of 128 random bits; crypto.randomUUID is missing where the page is not served over HTTPS.
  const newKey = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  };
  const nameOf = (entry) => `${QUEUE}${String(entry.typed).padStart(15, "0")}:${entry.key}`;
  const keep = (entry) => {
    try {
      localStorage.setItem(nameOf(entry), JSON.stringify(entry));
      unkept.delete(nameOf(entry));
    } catch {
      unkept.set(nameOf(entry), entry);
    }
  };
  const drop = (entry) => {
    unkept.delete(nameOf(entry));
    localStorage.removeItem(nameOf(entry));
  };
  const entries = () => {
    const names = Object.keys(localStorage).filter((name) => name.startsWith(QUEUE));
    const kept = names.map((name) => [name, JSON.parse(localStorage.getItem(name))]);
    const all = new Map([...kept.filter(([, entry]) => entry), ...unkept]);
    return [...all.keys()].sort().map((name) => all.get(name));
  };

  // One entry for each press: what was typed, when, and how the page tells it meanwhile.
  let lastTyped = 0;
  const enter = (fields, told) => {
    lastTyped = Math.max(Date.now(), lastTyped + 1); // two in one millisecond keep their order
    keep({ key: newKey(), typed: lastTyped, fields, told });
    paint();
    send();
  };

  const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "";

  const post = (entry) => {
    const body = new FormData();
    for (const [name, value] of Object.entries(entry.fields)) body.set(name, value);
    body.set("key", entry.key);
    body.set("age", String(Math.max(0, Date.now() - entry.typed)));
    return fetch(said.note, {
      method: "POST",
      body,
      headers: { "X-CSRFToken": token() },
      redirect: "manual",
      signal: AbortSignal.timeout(15000),
    });
  };

  // In the order in which they were typed; the first that finds no server stops the rest.
  const send = async () => {
    if (sending) return;
    sending = true;
    window.clearTimeout(again);
    let noted = 0;
    try {
      for (let waiting; (waiting = entries().find((entry) => !entry.refused)); ) {
        const answer = await deliver(waiting);
        if (answer === "later") {
          again = window.setTimeout(send, RETRY_MS);
          break;
        }
        if (answer === "noted") noted += 1;
        paint();
      }
    } finally {
      sending = false;
    }
    if (noted) document.body.dispatchEvent(new Event("noted"));
    paint();
  };

  const deliver = async (entry) => {
    let response;
    try {
      response = await post(entry);
    } catch {
      tell("offline", "bad");
      return "later";
    }
    if (response.ok) {
      drop(entry);
      justSent.push(entry);
      tell("online", "good");
      return "noted";
    }
    const answer = await response.json().catch(() => null);
    if (answer?.refused) {
      keep({ ...entry, refused: answer.refused });
      return "refused";
    }
    const out = response.type === "opaqueredirect" || [401, 403].includes(response.status);
    tell(out ? "signedOut" : "offline", "bad");
    return "later";
  };

  // --- what the page shows ---

  const net = document.getElementById("air-net");
  const tell = (name, tone) => {
    const count = entries().filter((entry) => !entry.refused).length;
    const waiting = count ? ` · ${said.waiting} ${count}` : "";
    net.textContent = `${said[name]}${waiting}${unkept.size ? ` · ${said.broken}` : ""}`;
    net.className = `air-net ${tone}`;
    net.dataset.told = name;
  };

  const clockOf = (second) => {
    const whole = Math.max(0, Math.floor(second));
    const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
    return parts.map((part) => String(part).padStart(2, "0")).join(":");
  };
  const secondOf = (entry) => (entry.typed - startedMs) / 1000;

  // The state as the server told it, with what it does not know yet put on top.
  const read = () => {
    const told = document.getElementById("on-air-state");
    if (!told) return;
    state = JSON.parse(told.textContent);
    startedMs = Date.now() - state.second * 1000;
  };
  const now = () => {
    const seen = {
      onTable: state.onTable,
      told: structuredClone(state.told ?? {}),
      shelf: { ...state.shelf },
      soldOut: new Set(state.soldOut),
      down: new Set(state.down),
    };
    for (const entry of [...justSent, ...entries()]) {
      const { kind, item, topic } = entry.fields;
      const number = Number(item);
      if (entry.refused) continue;
      if (kind === "on_table") seen.onTable = number;
      if (kind === "said") (seen.told[item] ??= {})[topic] ??= [clockOf(secondOf(entry)), 0, entry];
      if (["listed", "unlisted", "sold_out", "take_down"].includes(kind)) {
        seen.shelf[item] = kind === "listed";
        seen.soldOut[kind === "sold_out" ? "add" : "delete"](number);
        if (kind === "take_down") seen.down.add(number);
      }
    }
    return seen;
  };

  const paint = () => {
    const seen = now();
    if (String(seen.onTable ?? "") !== followed) {
      followed = String(seen.onTable ?? "");
      if (followed) viewed = followed;
    }
    viewed ||= root.querySelector("[data-panel]")?.dataset.panel ?? "";
    for (const panel of root.querySelectorAll("[data-panel]")) paintPanel(panel, seen);
    for (const button of root.querySelectorAll(".air-run [data-view]")) paintPlace(button, seen);
    paintWaiting();
    tell(net.dataset.told ?? "online", net.classList.contains("bad") ? "bad" : "good");
  };

  const paintPanel = (panel, seen) => {
    const item = panel.dataset.panel;
    const number = Number(item);
    panel.hidden = item !== viewed;
    const badges = {
      table: seen.onTable === number,
      down: seen.down.has(number),
      sold: seen.soldOut.has(number),
      off: seen.shelf[item] === false && !seen.down.has(number) && !seen.soldOut.has(number),
    };
    for (const [name, on] of Object.entries(badges)) panel.querySelector(`[data-badge="${name}"]`).hidden = !on;
    for (const button of panel.querySelectorAll("[data-tick]")) {
      const tick = seen.told[item]?.[button.dataset.tick];
      button.setAttribute("aria-pressed", String(Boolean(tick)));
      button.classList.toggle("waits", Boolean(tick?.[2]));
      button.querySelector("time").textContent = tick?.[0] ?? "";
    }
  };

  const paintPlace = (button, seen) => {
    const item = button.dataset.view;
    const count = button.querySelector("[data-count]");
    const panel = root.querySelector(`[data-panel="${item}"]`);
    const ticked = panel.querySelectorAll("[data-tick][aria-pressed=true]").length;
    count.textContent = `${ticked}/${count.dataset.of}`;
    count.classList.toggle("full", ticked >= Number(count.dataset.of));
    button.classList.toggle("on", seen.onTable === Number(item));
    button.classList.toggle("off", seen.shelf[item] === false);
    if (item === viewed) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
  };

  const paintWaiting = () => {
    const box = document.getElementById("air-waiting");
    const rows = entries();
    box.hidden = rows.length === 0;
    box.querySelector("ol").replaceChildren(...rows.reverse().map(waitingRow));
  };

  const waitingRow = (entry) => {
    const row = document.createElement("li");
    row.className = entry.refused ? "refused" : "waits";
    const clock = document.createElement("time");
    clock.textContent = clockOf(secondOf(entry));
    const kind = document.createElement("b");
    kind.textContent = entry.told;
    const text = document.createElement("q");
    text.textContent = entry.fields.text ?? "";
    row.append(clock, " ", kind, " ", text);
    if (entry.refused) {
      const why = document.createElement("em");
      why.textContent = `${said.refused}：${entry.refused}`;
      row.append(why, act(said.again, () => {
        keep({ ...entry, refused: "" });
        send();
      }), act(said.drop, () => {
        drop(entry);
        paint();
      }));
    }
    return row;
  };
  const act = (label, does) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "air-link";
    button.textContent = label;
    button.addEventListener("click", does);
    return button;
  };

  window.setInterval(() => {
    const clock = document.getElementById("air-clock");
    clock.textContent = clockOf(state.live ? (Date.now() - startedMs) / 1000 : (state.second ?? 0));
  }, 500);

  // --- what people press ---

  const productOf = (item) => root.querySelector(`.air-run [data-view="${item}"] .air-name`)?.textContent ?? "";

  root.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const { view, send: kind, tick, item, retract, about } = button.dataset;
    if (view) {
      viewed = view;
      paint();
    } else if (kind) {
      enter({ kind, item }, `${button.textContent} · ${productOf(item)}`);
    } else if (tick) {
      toggle(button, item, tick);
    } else if (retract) {
      takeBack(retract);
    } else if (about) {
      speakTo(button);
    } else if ("clearAbout" in button.dataset) {
      forgetAbout();
    }
  });

  // Pressed again, a tick is taken back: out of the queue while it waits there, by an entry of its own later.
  const toggle = (button, item, topic) => {
    const label = button.querySelector("b").textContent;
    const tick = now().told[item]?.[topic];
    if (!tick) enter({ kind: "said", item, topic }, `${label} · ${productOf(item)}`);
    else if (tick[1]) takeBack(tick[1]);
    else if (!sending && entries().some((entry) => entry.key === tick[2].key)) {
      drop(tick[2]);
      paint();
    }
  };

  const takeBack = (number) => {
    const text = window.prompt(said.why);
    if (text?.trim()) enter({ kind: "retract", about: String(number), text }, `↩ ${number}`);
  };

  const form = root.querySelector("[data-form=entry]");
  const speakTo = (button) => {
    if (!form) return;
    form.elements.about.value = button.dataset.about;
    form.querySelector(`[name=kind][value="${button.dataset.kind}"]`).checked = true;
    const line = form.querySelector("[data-about-line]");
    line.hidden = false;
    line.querySelector("span").textContent = button.closest("li").querySelector("q")?.textContent ?? "";
    if (button.dataset.item) viewed = button.dataset.item;
    only(form);
    paint();
    form.elements.text.focus();
  };
  const forgetAbout = () => {
    form.elements.about.value = "";
    form.querySelector("[data-about-line]").hidden = true;
  };

  // Fields that belong to some kinds alone.
  const only = (asked) => {
    const kind = asked.elements.kind?.value;
    for (const part of asked.querySelectorAll("[data-only]")) {
      part.hidden = !part.dataset.only.split(" ").includes(kind);
    }
  };

  const fieldsOf = (asked) => {
    const fields = Object.fromEntries([...new FormData(asked)].filter(([, value]) => value));
    for (const part of asked.querySelectorAll("[data-only][hidden] [name]")) delete fields[part.name];
    if (fields.change) {
      [fields.kind, fields.topic] = fields.change.split(":");
      delete fields.change;
    }
    if (!fields.topic) delete fields.topic;
    if (fields.with_item || fields.kind === "take_down") fields.item = viewed;
    delete fields.with_item;
    return fields;
  };

  const toldOf = (asked, fields) => {
    const chosen = asked.querySelector("[name=kind]:checked + span, [name=kind] option:checked, [name=change] option:checked");
    return [chosen?.textContent.trim(), fields.item && productOf(fields.item)].filter(Boolean).join(" · ");
  };

  for (const asked of root.querySelectorAll("form[data-form]")) {
    const draft = DRAFT + asked.dataset.form;
    const restore = () => {
      for (const [name, value] of JSON.parse(localStorage.getItem(draft) ?? "[]")) {
        const field = asked.elements[name];
        if (field && name !== "about") field.value = value;
      }
      only(asked);
    };
    restore();
    asked.addEventListener("input", () => {
      only(asked);
      try {
        localStorage.setItem(draft, JSON.stringify([...new FormData(asked)]));
      } catch {
        tell(net.dataset.told ?? "online", "bad");
      }
    });
    asked.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) asked.requestSubmit();
    });
    asked.addEventListener("submit", (event) => {
      event.preventDefault();
      if ("confirm" in asked.dataset && !window.confirm(`${said.sure}\n${asked.elements.text.value}`)) return;
      const fields = fieldsOf(asked);
      enter(fields, toldOf(asked, fields));
      localStorage.removeItem(draft);
      asked.elements.text.value = "";
      if (asked.elements.after) asked.elements.after.value = "";
      if (asked.elements.hold) asked.elements.hold.checked = false;
      if (asked === form) forgetAbout();
    });
  }

  // --- how it goes on ---

  document.body.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target.id !== "live") return;
    justSent = [];
    read();
    tell("online", "good");
    paint();
    send();
  });
  document.body.addEventListener("htmx:sendError", () => tell("offline", "bad"));
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    // A login page in place of the timeline is no timeline.
    if (event.detail.target.id !== "live" || event.detail.serverResponse.includes("on-air-state")) return;
    event.detail.shouldSwap = false;
    tell("signedOut", "bad");
  });
  window.addEventListener("online", send);
  window.addEventListener("offline", () => tell("offline", "bad"));
  window.addEventListener("storage", paint);
  window.addEventListener("beforeunload", (event) => {
    if (unkept.size || (!navigator.onLine && entries().length)) event.preventDefault();
  });

  read();
  tell("online", "good");
  paint();
  send();
})();
