// The participant's page, made livelier: forms are sent without leaving the page, the room is followed over a WebSocket
// (or by asking every few seconds), and what is on its way survives a reload. Everything here also works without it.
// Texts that were not sent stay on this device. Nothing people typed is ever put in the page as markup.

const PAUSES = [1, 2, 4, 8, 15];
const ASK_EVERY = 4000;
const SILENT_AFTER = 50000;
const ALOUD = "h1,.lead,legend,.choice>span,.scale label>span,.dots-text,summary>b,.field>label,.uitslag p,.uitslag li";

const wait = (ms) => new Promise((done) => setTimeout(done, ms));
const some = (ms) => Math.random() * ms;

// crypto.randomUUID does not exist over plain http on a local network.
const freshId = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(12)), (b) => b.toString(16).padStart(2, "0")).join("");

// Private windows refuse storage; the page works without, it only forgets over a reload.
const memory = new Map();
const kept = {
  get(key) {
    if (memory.has(key)) return memory.get(key);
    try { return JSON.parse(localStorage.getItem(key)); } catch { return null; }
  },
  set(key, value) {
    memory.set(key, value === "" ? null : value);
    try {
      if (value === null || value === "") localStorage.removeItem(key);
      else localStorage.setItem(key, JSON.stringify(value));
    } catch { /* full or forbidden */ }
  },
  drop(prefix) {
    memory.clear();
    try {
      for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key);
    } catch { /* forbidden */ }
  },
};

const make = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};

const fill = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_all, name) => values[name] ?? "");

/** Follow session `sessionId` inside `root`, an element that holds (or will hold) the room's fragment. */
export function mount(root, sessionId) {
  const base = `/zaal/${encodeURIComponent(sessionId)}`;
  const find = (selector) => root.querySelector(selector);
  const pendingKey = `kv:op-weg:${sessionId}`;
  const latestKey = `kv:laatste-kaartje:${sessionId}`;
  const notesKey = `kv:kaartjes-op-weg:${sessionId}`;
  const takenBackKey = `kv:haal-weg:${sessionId}`;
  const leavingKey = `kv:ga-weg:${sessionId}`;
  const draftKey = (form) => `kv:tekst:${sessionId}:${part().dataset.stap}:${form.dataset.vorm}`;
  const isTablet = "tablet" in root.dataset;
  let words = {};
  let socket = null;
  let lastHeard = 0;
  let isClosed = false;
  let isSending = false;
  let lost = ""; // why the last answer did not count
  let held = null; // a newer fragment that waits until somebody has finished a text
  let tries = 0;

  let place = find("#deel-plek");
  let status = find("#melding");
  if (!place) {
    status = make("p", { id: "melding", className: "status" });
    status.setAttribute("role", "status");
    place = make("div", { id: "deel-plek" });
    root.append(status, place);
  }
  const part = () => place.querySelector("#deel") ?? make("div");

  // A screen reader hears a sentence once: only a change is written.
  const say = (text, kind = "") => {
    if (status.textContent === text && status.className === `status ${kind}`.trim()) return;
    status.className = `status ${kind}`.trim();
    status.textContent = text;
  };

  const ask = async (path, options = {}) => {
    const aborted = AbortSignal.timeout ? { signal: AbortSignal.timeout(12000) } : {};
    return fetch(base + path, { credentials: "same-origin", cache: "no-store", ...aborted, ...options });
  };

  const post = (path, fields) =>
    ask(path, { method: "POST", headers: { Accept: "application/json" }, body: new URLSearchParams(fields) });

  // -- the fragment ------------------------------------------------------------------------------------------------

  const parse = (html) => new DOMParser().parseFromString(html, "text/html").querySelector("#deel");

  const dirtyForm = () => {
    const forms = [...place.querySelectorAll("form[data-notitie]")];
    return forms.find((form) => [...form.querySelectorAll("textarea")].some((area) => area.value.trim()));
  };

  const sameStep = (a, b) =>
    a.dataset.stap === b.dataset.stap && a.dataset.ronde === b.dataset.ronde && a.dataset.mode === b.dataset.mode;

  // Swaps in a fragment. The same step: what is being filled in stays, only what stands around it is renewed.
  function swap(fresh, { own = true } = {}) {
    if (!fresh) return;
    if (fresh.dataset.woorden) words = JSON.parse(fresh.dataset.woorden);
    const old = part();
    if (old.id && sameStep(old, fresh)) {
      old.dataset.stand = fresh.dataset.stand;
      renewAround(old, fresh);
      if (own) old.querySelector("#eigen")?.replaceWith(fresh.querySelector("#eigen"));
      markTakenBack();
      return;
    }
    const writing = old.id && dirtyForm();
    if (writing) {
      held = fresh;
      old.dataset.stand = fresh.dataset.stand;
      offerNew();
      say(fresh.dataset.stap === old.dataset.stap && !["ballot", "notes"].includes(fresh.dataset.mode)
        ? words.keepStopped : words.keep);
      return;
    }
    put(fresh);
    if (old.id) {
      // That something did not count is still to be read after the room moved on.
      if (lost) say(`${lost} ${words.moved}`, "off");
      else say(words.moved);
      const heading = place.querySelector("h1");
      if (root.contains(document.activeElement) || document.activeElement === document.body) heading?.focus();
      if (place.getBoundingClientRect().top < 0) place.scrollIntoView();
    }
  }

  // What stands around the forms: title, question, what is on the wall. What was folded open stays open.
  function renewAround(old, fresh) {
    for (const now of fresh.querySelectorAll("[data-rond]")) {
      const here = old.querySelector(`[data-rond="${now.dataset.rond}"]`);
      if (!here) continue;
      const opened = [...here.querySelectorAll("details[open] > summary")].map((summary) => summary.textContent);
      for (const summary of now.querySelectorAll("details > summary"))
        summary.parentElement.toggleAttribute("open", opened.includes(summary.textContent));
      if (here.innerHTML === now.innerHTML) continue;
      const hadFocus = here.contains(document.activeElement);
      here.replaceChildren(...now.childNodes);
      if (hadFocus) find("#deel h1")?.focus();
    }
  }

  function put(fresh) {
    held = null;
    window.speechSynthesis?.cancel();
    place.replaceChildren(fresh);
    enhance();
  }

  function offerNew() {
    if (place.querySelector("[data-verder]")) return;
    const button = make("button", { type: "button", className: "button second wide", textContent: words.new });
    button.dataset.verder = "";
    button.addEventListener("click", () => { if (held) { put(held); place.querySelector("h1")?.focus(); } });
    place.prepend(make("p", {}, button));
  }

  async function refresh(query = "", { whole = false } = {}) {
    try {
      const answer = await ask(`/deel${query}`);
      if (answer.status === 404) return gone();
      if (!answer.ok) return;
      const fresh = parse(await answer.text());
      if (whole && fresh) { if (fresh.dataset.woorden) words = JSON.parse(fresh.dataset.woorden); put(fresh); }
      else swap(fresh);
    } catch {
      say(words.offline, "off");
    }
  }

  function gone() {
    isClosed = true;
    socket?.close();
    location.assign(isTablet ? location.pathname : "/");
  }

  // -- forms ---------------------------------------------------------------------------------------------------------

  function enhance() {
    for (const form of place.querySelectorAll("form[data-stem]")) ballot(form);
    for (const form of place.querySelectorAll("form[data-notitie]")) note(form);
    for (const group of place.querySelectorAll("[data-stippen]")) dots(group);
    for (const group of place.querySelectorAll("[data-velden]")) field(group);
    for (const button of place.querySelectorAll("[data-voorlezen]")) voice(button);
    markTakenBack();
  }

  // Reads the page as it stands now, with the device's own voices; a language without a voice is passed over.
  function voice(button) {
    const speech = window.speechSynthesis;
    if (!speech) return;
    speech.cancel();
    const label = button.textContent;
    const rest = () => { button.textContent = label; };
    button.hidden = false;
    button.addEventListener("click", () => {
      const isTalking = button.textContent !== label;
      speech.cancel();
      rest();
      if (isTalking) return;
      const voices = speech.getVoices();
      const page = document.documentElement.lang;
      const spoken = [...place.querySelectorAll(ALOUD)]
        .filter((element) => !element.closest("[hidden]") && element.textContent.trim())
        .map((element) => Object.assign(new SpeechSynthesisUtterance(element.textContent.trim()), {
          lang: element.closest("[lang]")?.lang || page, rate: 0.9,
        }))
        .filter(({ lang }) => lang === page || voices.some((known) => known.lang.startsWith(lang)));
      if (!spoken.length) return;
      button.textContent = button.dataset.voorlezen;
      spoken.at(-1).onend = rest;
      spoken.forEach((utterance) => speech.speak(utterance));
    });
  }

  function ballot(form) {
    const pending = kept.get(pendingKey);
    if (pending && pending.round === part().dataset.ronde) {
      for (const [name, value] of pending.fields) choose(form, name, value);
    }
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      clearError(form);
      const sent = kept.get(`kv:teller:${part().dataset.ronde}`) ?? 0;
      const change = Math.max(Number(form.elements.change.value) || 1, sent + 1);
      form.elements.change.value = change;
      form.elements.ballot_id.value = freshId();
      const fields = [...new FormData(form)].filter(([, value]) => value !== "");
      kept.set(`kv:teller:${part().dataset.ronde}`, change);
      kept.set(pendingKey, { round: part().dataset.ronde, fields });
      tries = 0;
      lost = "";
      deliver(true);
    });
  }

  const choose = (form, name, value) => {
    for (const input of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
      if (input.type === "radio") input.checked = input.value === value;
      else if (input.type !== "hidden") input.value = value;
    }
  };

  // Sends what is on its way until somebody answers: the same ballot id, so a retry is the same ballot.
  async function deliver(isFirst = false) {
    const pending = kept.get(pendingKey);
    if (!pending || isSending) return;
    isSending = true;
    say(isFirst ? words.sending : words.waiting, isFirst ? "busy" : "off");
    let answer = null;
    let content = null;
    try {
      answer = await post("/stem", pending.fields);
      content = await answer.json();
    } catch { /* no line, or something else than our server answered */ }
    isSending = false;
    const newest = kept.get(pendingKey);
    if (newest && JSON.stringify(newest.fields) !== JSON.stringify(pending.fields)) return deliver();
    if (!answer || !content || answer.status === 429 || answer.status >= 500 || answer.status === 408) {
      say(content?.error ? `${content.error} ${words.waiting}` : words.waiting, "off");
      await wait(PAUSES[Math.min(tries++, PAUSES.length - 1)] * 1000 + some(700));
      return deliver();
    }
    kept.set(pendingKey, null);
    const form = place.querySelector("form[data-stem]");
    const isHere = form && form.elements.round.value === pending.round;
    if (answer.ok) {
      kept.set(`kv:teller:${pending.round}`, content.change);
      say(content.complete ? words.sent : words.incomplete, content.complete ? "ok" : "");
      if (isHere) showSent(form, content);
    } else if (answer.status === 409) {
      lost = content.error;
      await refresh();
      say(lost, "off");
    } else if (answer.status === 404 && !isHere) {
      say(content.error, "off");
    } else if (isHere) {
      say("");
      showError(form, content);
    } else {
      say(content.error, "off");
    }
  }

  // What the server stored, read back in the words of the form.
  function showSent(form, content) {
    for (const input of form.querySelectorAll("[type=number]")) input.value = "";
    for (const [name, value] of Object.entries(content.values)) choose(form, name, value);
    form.elements.change.value = content.change + 1;
    form.dispatchEvent(new Event("kv-vernieuwd"));
    if (!content.complete) return;
    const list = make("dl", { className: "gestuurd" });
    for (const [name, value] of Object.entries(content.values)) {
      const input = form.querySelector(`[name="${CSS.escape(name)}"]`);
      const chosen = form.querySelector(`[name="${CSS.escape(name)}"][value="${CSS.escape(value)}"]`);
      if (!input) continue;
      const about = input.closest("[data-onderwerp]")?.querySelector("summary b")?.textContent;
      const asked = input.closest("fieldset")?.querySelector("legend")?.textContent ?? "";
      let term = about ? `${about} – ${asked}` : asked;
      let told = chosen?.closest("label")?.textContent.trim() ?? value;
      if (input.type === "number") {
        term = input.labels?.[0]?.textContent ?? "";
        told = fill(value === "1" ? words.dot : words.dots, { n: value });
      }
      list.append(make("dt", { className: "tekst", textContent: term }), make("dd", { textContent: told }));
    }
    const again = make("button", { type: "button", className: "button second", textContent: words.change });
    const card = make("section", { className: "card verstuurd" },
      make("h2", { tabIndex: -1, textContent: words.sentTitle }), list, make("p", {}, again));
    again.addEventListener("click", () => {
      card.remove();
      form.hidden = false;
      form.querySelector("input:not([type=hidden]),button")?.focus();
    });
    form.hidden = true;
    form.before(card);
    card.querySelector("h2").focus();
  }

  function note(form) {
    const areas = [...form.querySelectorAll("textarea")];
    const draft = kept.get(draftKey(form));
    areas.forEach((area) => {
      if (!area.value && draft?.[area.name]) area.value = draft[area.name];
      const left = area.name === "text" ? form.querySelector("[data-tel]") : null;
      const base = left?.textContent ?? "";
      const count = () => {
        const over = [...area.value].length - Number(area.dataset.limit);
        if (left) left.textContent = over > -40
          ? fill(over > 0 ? words.tooLong : words.characters, { n: Math.abs(over) }) : base;
      };
      area.addEventListener("input", () => {
        count();
        kept.set(draftKey(form), areas.some((a) => a.value)
          ? Object.fromEntries(areas.map((a) => [a.name, a.value])) : null);
      });
      count();
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (form.dataset.bezig) return;
      clearError(form);
      const fields = new FormData(form);
      const id = (form.elements.ballot_id.value ||= freshId());
      const pressed = event.submitter;
      fields.set("ballot_id", id);
      if (pressed?.name) fields.set(pressed.name, pressed.value);
      keepNote(nameOf(form), [...fields]);
      sendNote(form, draftKey(form), [...fields]);
    });
    // Sent before the page was loaded again: the same note, so it arrives once.
    const sent = kept.get(notesKey)?.[nameOf(form)];
    if (sent) {
      for (const [name, value] of sent) {
        const area = areas.find((a) => a.name === name);
        if (area) { area.value = value; area.dispatchEvent(new Event("input")); }
        else if (name === "ballot_id") form.elements.ballot_id.value = value;
        else for (const input of form.querySelectorAll(`[name="${CSS.escape(name)}"][value="${CSS.escape(value)}"]`))
          if (input.type !== "submit") input.checked = true;
      }
      sendNote(form, draftKey(form), sent);
    }
  }

  const nameOf = (form) => `${part().dataset.stap} ${form.dataset.vorm}`;

  function keepNote(name, fields) {
    const { [name]: _gone, ...others } = kept.get(notesKey) ?? {};
    if (fields) others[name] = fields;
    kept.set(notesKey, Object.keys(others).length ? others : null);
  }

  // Tries until our server answers: a line that is gone, a server that restarts and a crowd are waited for.
  async function untilAnswered(path, fields, goesOn, waiting = words.waiting) {
    for (let attempt = 0; goesOn(); attempt++) {
      let answer = null;
      let content = null;
      try {
        answer = await post(path, fields);
        content = await answer.json();
      } catch { /* no line, or something else than our server answered */ }
      if (answer && content && answer.status !== 429 && answer.status !== 408 && answer.status < 500) return { answer, content };
      if (!goesOn()) break;
      say(content?.error ?? waiting, "off");
      await wait(PAUSES[Math.min(attempt, PAUSES.length - 1)] * 1000 + some(700));
    }
    return null;
  }

  async function sendNote(form, key, fields) {
    const name = nameOf(form);
    const id = form.elements.ballot_id.value;
    form.dataset.bezig = "1";
    say(words.sending, "busy");
    const told = await untilAnswered("/notitie", fields, () => !isClosed && form.elements.ballot_id.value === id);
    if (!told) return;
    keepNote(name, null);
    kept.set(latestKey, Date.now());
    delete form.dataset.bezig;
    if (!told.answer.ok) {
      say("");
      showError(form, told.content, true);
      return;
    }
    kept.set(key, null);
    form.reset();
    form.querySelectorAll("textarea").forEach((area) => { area.value = ""; area.dispatchEvent(new Event("input")); });
    form.elements.ballot_id.value = freshId();
    say(told.content.help ? `${words.sent} ${told.content.help}` : words.sent, "ok");
    if (held) put(held);
    else refresh();
  }

  // Notes that were on their way when the page was loaded again, of a step that is not on this page any more.
  async function sendLateNotes() {
    const here = [...place.querySelectorAll("form[data-notitie]")].map(nameOf);
    for (const [name, fields] of Object.entries(kept.get(notesKey) ?? {})) {
      if (here.includes(name)) continue;
      const told = await untilAnswered("/notitie", fields, () => !isClosed);
      if (!told) return;
      say(told.answer.ok ? words.sent : told.content.error, told.answer.ok ? "ok" : "off");
      if (told.answer.ok) { keepNote(name, null); continue; }
      refusedNotes.add(name);
      const close = make("button", { type: "button", className: "button second", textContent: words.new });
      const card = make("section", { className: "card warning" },
        make("p", { className: "tekst", textContent: new Map(fields).get("text") ?? "" }), make("p", {}, close));
      close.addEventListener("click", () => { keepNote(name, null); card.remove(); say(""); });
      place.before(card);
    }
  }

  function clearError(form) {
    form.querySelectorAll("[data-fout],.error,.warning").forEach((element) => element.remove());
    form.querySelectorAll("[aria-invalid]").forEach((element) => element.removeAttribute("aria-invalid"));
  }

  function showError(form, content, isNote = false) {
    const error = make("div", { className: "error", tabIndex: -1, id: "kv-fout", textContent: content.error });
    error.dataset.fout = "";
    error.setAttribute("role", "alert");
    const name = content.field && CSS.escape(content.field);
    const input = (name && form.querySelector(`[name="${name}"],[name^="${name}."]`)) || (isNote && form.elements.text);
    const spot = input ? (input.closest("fieldset") ?? input) : null;
    input?.closest("details")?.setAttribute("open", "");
    if (spot) {
      spot.setAttribute("aria-invalid", "true");
      spot.setAttribute("aria-describedby", "kv-fout");
      spot.before(error);
    } else form.prepend(error);
    if (content.kind === "warning") {
      const offer = make("div", { className: "warning" });
      offer.dataset.fout = "";
      if (content.masked && !form.elements.second?.value) {
        const use = make("button", { type: "button", className: "button second", textContent: words.masked });
        use.addEventListener("click", () => {
          form.elements.text.value = content.masked;
          form.elements.text.dispatchEvent(new Event("input"));
          clearError(form);
          form.elements.text.focus();
        });
        offer.append(make("p", { textContent: words.offer }),
          make("p", { className: "tekst", textContent: content.masked }), make("p", {}, use));
      }
      const anyway = make("button", {
        type: "submit", name: "confirmed", value: "1", className: "button second", textContent: words.anyway,
      });
      offer.append(make("p", {}, anyway));
      error.after(offer);
    }
    error.focus();
  }

  // − and + with a counter; the number fields stay what is sent.
  function dots(group) {
    const budget = Number(group.dataset.budget);
    const cap = Number(group.dataset.hoogstens);
    const left = group.querySelector("[data-over]");
    const rows = [...group.querySelectorAll(".dots")].map((row) => {
      const input = row.querySelector("input");
      const text = row.querySelector(".dots-text").textContent;
      const shown = make("output");
      const button = (className, sign, words_) => {
        const made = make("button", { type: "button", className, textContent: sign });
        made.setAttribute("aria-label", fill(words_, { text }));
        return made;
      };
      const less = button("dots-less", "−", words.less);
      const more = button("dots-more", "+", words.more);
      input.hidden = true;
      row.append(less, shown, more);
      const step = (by) => { input.value = Math.max(0, Number(input.value) + by) || ""; draw(); };
      less.addEventListener("click", () => step(-1));
      more.addEventListener("click", () => step(1));
      return { input, shown, less, more };
    });
    const draw = () => {
      const over = budget - rows.reduce((sum, row) => sum + Number(row.input.value), 0);
      left.hidden = false;
      left.textContent = over > 1 ? fill(words.left, { n: over }) : over === 1 ? words.leftOne : words.leftNone;
      for (const { input, shown, less, more } of rows) {
        const n = Number(input.value);
        shown.textContent = n;
        // Not disabled: a button that disables itself under a finger throws the keyboard's focus away.
        less.setAttribute("aria-disabled", n <= 0);
        more.setAttribute("aria-disabled", over <= 0 || n >= cap);
      }
    };
    group.addEventListener("click", (event) => {
      if (event.target.getAttribute?.("aria-disabled") === "true") event.stopImmediatePropagation();
    }, true);
    group.closest("form").addEventListener("kv-vernieuwd", draw);
    draw();
  }

  function field(group) {
    const topics = [...group.querySelectorAll("[data-onderwerp]")];
    const progress = group.querySelector("[data-voortgang]");
    const isDone = (topic) =>
      [...topic.querySelectorAll("fieldset")].every((row) => row.querySelector("input:checked"));
    const draw = () => {
      topics.forEach((topic) => { topic.querySelector("[data-klaar]").hidden = !isDone(topic); });
      progress.hidden = false;
      progress.textContent = fill(words.filled, { n: topics.filter(isDone).length, m: topics.length });
    };
    group.addEventListener("change", draw);
    group.closest("form").addEventListener("kv-vernieuwd", draw);
    draw();
  }

  root.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-wijzig]");
    if (link) { event.preventDefault(); refresh("?wijzig=1", { whole: true }); }
  });

  // -- taking back and leaving: on their way as an answer is, over a line that drops and a reload ------------------------

  const takingBack = new Set();
  const refusedNotes = new Set(); // kept only to be read: they will not be sent again
  const pathOf = (form) => new URL(form.action).pathname.slice(base.length);
  const takeBackForms = () => [...place.querySelectorAll("form[data-intrekken]")];

  root.addEventListener("submit", (event) => {
    if (!event.target.matches?.("form[data-intrekken]")) return;
    event.preventDefault();
    const path = pathOf(event.target);
    kept.set(takenBackKey, [...new Set([...(kept.get(takenBackKey) ?? []), path])]);
    takeBack(path);
  });

  function markTakenBack() {
    const underway = kept.get(takenBackKey) ?? [];
    for (const form of takeBackForms()) {
      if (underway.includes(pathOf(form))) form.querySelector("button")?.setAttribute("aria-disabled", "true");
    }
  }

  async function takeBack(path) {
    if (takingBack.has(path)) return;
    takingBack.add(path);
    markTakenBack();
    const told = await untilAnswered(path, [], () => !isClosed, words.stillThere);
    takingBack.delete(path);
    if (!told) return;
    const left = (kept.get(takenBackKey) ?? []).filter((other) => other !== path);
    kept.set(takenBackKey, left.length ? left : null);
    await refresh();
    // Its first answer may have been lost on the way: what is not there any more was taken back.
    const isThere = takeBackForms().some((form) => pathOf(form) === path);
    if (told.answer.ok || !isThere) say(words.takenBack, "ok");
    else say(`${words.notTakenBack} ${told.content.error}`, "off");
    place.querySelector("#eigen")?.focus();
  }

  const isSomethingUnderway = () => kept.get(pendingKey) || kept.get(takenBackKey)
    || Object.keys(kept.get(notesKey) ?? {}).some((name) => !refusedNotes.has(name));

  // Goes after what is on its way: an answer that arrives later would bring this person back into the count.
  let leavingCard = null;
  async function goAway() {
    kept.set(leavingKey, 1);
    if (leavingCard) return;
    const stay = make("button", { type: "button", className: "button second", textContent: words.stay });
    leavingCard = make("p", { hidden: true }, stay);
    stay.addEventListener("click", () => {
      kept.set(leavingKey, null);
      leavingCard?.remove();
      leavingCard = null;
      say(words.stayed, "ok");
    });
    place.before(leavingCard);
    const card = leavingCard;
    const goes = () => !isClosed && leavingCard === card;
    const showSoon = setTimeout(() => { card.hidden = false; status.scrollIntoView({ block: "center" }); }, 1500);
    while (goes() && isSomethingUnderway()) await wait(500);
    const told = await untilAnswered("/weg", [], goes, words.notYetGone);
    clearTimeout(showSoon);
    if (!told || leavingCard !== card) return;
    card.remove();
    leavingCard = null;
    kept.set(leavingKey, null);
    if (!told.answer.ok) return say(`${words.notGone} ${told.content.error}`, "off");
    isClosed = true;
    socket?.close();
    kept.drop("kv:");
    location.assign("/tot-ziens");
  }

  const leaving = document.querySelector("form[data-weg]:not([data-volgende])");
  leaving?.addEventListener("submit", (event) => { event.preventDefault(); goAway(); });

  // -- following -----------------------------------------------------------------------------------------------------

  const known = () => Number(part().dataset.stand ?? -1);

  // Whether something of one's own belongs in this fragment: a phone knows what it has sent.
  const hasOwn = (fresh) =>
    kept.get(`kv:teller:${fresh.dataset.ronde}`) || place.querySelector("#eigen li") || fresh.dataset.mode === "notes";

  async function hear(message) {
    lastHeard = Date.now();
    if (message.is === "deel" && message.stage > known()) {
      const fresh = parse(message.html);
      const isMove = fresh && !sameStep(part(), fresh);
      const needsOwn = fresh && hasOwn(fresh);
      swap(fresh, { own: false });
      if (isMove && needsOwn && !held) { await wait(some(300)); await refreshOwn(); }
    } else if (message.is === "stand" && message.stage !== undefined && message.stage > known()) {
      await wait(some(300));
      await refresh();
    }
  }

  // The same step again, now with what is one's own: sent ballot and notes.
  async function refreshOwn() {
    try {
      const answer = await ask("/deel");
      if (!answer.ok) return;
      const fresh = parse(await answer.text());
      if (!fresh) return;
      if (fresh.querySelector("#verstuurd") && !dirtyForm() && sameStep(part(), fresh)) put(fresh);
      else swap(fresh);
    } catch { say(words.offline, "off"); }
  }

  async function follow() {
    for (let attempt = 0; !isClosed; attempt++) {
      const began = Date.now();
      const code = await listen();
      if (isClosed) return;
      if (code === 4404) return gone();
      if (Date.now() - began > 10000) attempt = 0;
      // Restarting servers get everybody back spread over a few seconds.
      const until = Date.now() + PAUSES[Math.min(attempt, PAUSES.length - 1)] * 1000 + some(1500);
      while (Date.now() < until || code === 4429) { await poll(); await wait(ASK_EVERY); if (isClosed) return; }
    }
  }

  function listen() {
    return new Promise((ended) => {
      try { socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${base}/live`); }
      catch { return ended(0); }
      const guard = setInterval(() => { if (Date.now() - lastHeard > SILENT_AFTER) socket.close(); }, 5000);
      socket.onopen = () => {
        lastHeard = Date.now();
        if (status.textContent === words.offline) say(words.online, "ok");
        deliver();
      };
      socket.onmessage = (event) => hear(JSON.parse(event.data));
      socket.onclose = (event) => { clearInterval(guard); ended(event.code); };
    });
  }

  async function poll() {
    try {
      const answer = await ask("/stand");
      if (answer.status === 404) return gone();
      if (!answer.ok) return;
      if (status.textContent === words.offline) say(words.online, "ok");
      await hear(await answer.json());
      deliver();
    } catch { if (!kept.get(pendingKey)) say(words.offline, "off"); }
  }

  // A phone that wakes up does not wait for a time-out.
  const wake = () => {
    if (document.hidden) return;
    if (Date.now() - lastHeard > 25000) socket?.close();
    deliver();
  };
  document.addEventListener("visibilitychange", wake);
  window.addEventListener("online", wake);
  window.addEventListener("pageshow", (event) => { if (event.persisted) { refresh(); wake(); } });

  // A tablet is handed on only when everything of this person has arrived, and the next one finds an empty page.
  if (isTablet) {
    document.querySelector("form[data-volgende]")?.addEventListener("submit", (event) => {
      if (!kept.get(pendingKey) && !kept.get(notesKey) && !kept.get(takenBackKey)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      say(words.waiting, "off");
      status.scrollIntoView();
    });
    window.addEventListener("pagehide", () => { isClosed = true; root.replaceChildren(); });
    window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  }

  (async () => {
    if (part().id) {
      words = JSON.parse(part().dataset.woorden);
      enhance();
    } else await refresh("", { whole: true });
    // A note that was taken in while this page was on its way here is not on it yet.
    if (Date.now() - (kept.get(latestKey) ?? 0) < 10000) refresh();
    deliver();
    sendLateNotes();
    for (const path of kept.get(takenBackKey) ?? []) takeBack(path);
    if (leaving && kept.get(leavingKey)) goAway();
    follow();
  })();

  return () => {
    isClosed = true;
    socket?.close();
    document.removeEventListener("visibilitychange", wake);
    window.removeEventListener("online", wake);
  };
}

for (const element of document.querySelectorAll("[data-zonder-js]")) element.hidden = true;
if (document.querySelector("main[data-tablet-begin]")) {
  kept.drop("kv:");
  history.replaceState(null, "", location.pathname);
  window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
}
const hall = document.querySelector("main[data-zaal]");
if (hall) mount(hall, hall.dataset.zaal);
const letters = (size) => {
  document.documentElement.dataset.letters = size;
  for (const button of document.querySelectorAll("[data-maat]"))
    button.setAttribute("aria-pressed", button.dataset.maat === size);
};
for (const group of document.querySelectorAll(".letters")) {
  group.hidden = false;
  letters(kept.get("kv:letters") ?? "1");
  group.addEventListener("click", (event) => {
    const size = event.target.dataset.maat;
    if (size) { kept.set("kv:letters", size); letters(size); }
  });
}
for (const form of document.querySelectorAll("form[data-volgende]"))
  form.addEventListener("submit", () => { kept.drop("kv:"); });
document.querySelector("[data-focus]")?.focus();
