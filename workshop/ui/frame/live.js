// The live element of wall and console; see workshop/ui/frame/live.py for what it gets and why.
// What a trigger carries is only that something moved; what moved is read from the store. Values fired during mount can
// be lost, so the element asks again while the page still shows an older state.
const EVERY = 200, COMING = 1000, AGAIN = 1500, SILENT = 50000, SLEPT = 20000;
const seen = p => p ? [p.revision, p.stage_revision, p.round_id, p.state, p.notes_waiting, p.notes_released,
  JSON.stringify(p.tally ?? null)].join("|") : "";
// Who is here, by group: the console draws the list, the wall only the number.
const here = p => p ? JSON.stringify(p.groups) : "";
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
const make = (tag, name, parent) => { const e = document.createElement(tag); e.className = name; parent.append(e); return e; };

function start(root) {
  const box = make("div", "", root);
  box.dataset.own = "";
  const live = { pulse: null, data: null, send: null, lastFired: 0, timer: 0, socket: null, wait: 500, isLost: false, pressed: 0, at: "", isOver: false, ahead: 0, heard: Date.now(), ticked: Date.now(), waiting: 0 };
  // The server's clock: this laptop may be an hour wrong, or think it is another day.
  const clockNow = () => Date.now() + live.ahead;
  const clockText = () => new Date(clockNow()).toTimeString().slice(0, 5);
  const part = {};
  const build = () => {
    box.replaceChildren();
    if (live.data.draws === "wall") {
      box.className = "";
      part.big = make("div", "big", box); part.bigNumber = make("b", "", part.big); part.bigRest = make("span", "", part.big);
      part.bar2 = make("div", "wall", box); const wall = part.bar2;
      part.qr = make("img", "", wall);
      const door = make("div", "", wall);
      part.code = make("div", "code", door); part.address = make("div", "address", door);
      const right = make("div", "right", wall);
      part.lost = make("span", "lost", right); part.time = make("span", "clock", right);
      part.present = make("span", "present", right); part.count = make("span", "count", right);
    } else {
      box.className = "console";
      part.count = make("div", "count", box);
      const bar = make("div", "bar", box); bar.setAttribute("aria-hidden", "true"); part.bar = make("i", "", bar);
      part.present = make("div", "present", box); part.time = make("div", "time", box);
      part.away = make("div", "away", box); part.away.setAttribute("role", "status");
      part.lost = make("div", "lost", box); part.lost.setAttribute("role", "status");
    }
  };
  const text = (element, value) => { element.hidden = !value; if (element.textContent !== value) element.textContent = value; };
  const draw = () => {
    const { data, pulse } = live; if (!data || !pulse) return;
    const w = data.words, total = Math.max(pulse.present, pulse.done), runs = pulse.state === "open";
    const counts = !!pulse.round_id && data.counts;
    text(part.count, counts ? fill(w.done, { done: pulse.done, total }) : "");
    text(part.present, fill(pulse.present === 1 ? w.present_one : w.present, { n: pulse.present }));
    if (part.bar) { part.bar.parentElement.hidden = !counts; part.bar.style.width = total ? `${100 * pulse.done / total}%` : "0"; }
    if (part.qr) {
      part.qr.hidden = !data.qr; if (data.qr && part.qr.getAttribute("src") !== data.qr) { part.qr.src = data.qr; part.qr.alt = w.qr; }
      text(part.code, data.code || ""); text(part.address, data.address || "");
      part.bar2.classList.toggle("dark-wall", !!data.hidden);
      part.big.hidden = !data.big || !!data.hidden; text(part.bigNumber, String(counts ? pulse.done : pulse.notes_released + pulse.notes_waiting));
      text(part.bigRest, counts ? fill(w.big, { total }) : w.notes);
    }
    if (part.away) {
      const away = runs && counts && !data.practice && pulse.phones != null
        ? Math.max(0, Math.min(pulse.present - pulse.paper - pulse.left - pulse.phones, total - pulse.done)) : 0;
      text(part.away, away ? fill(away === 1 ? w.away_one : w.away, { n: away }) : "");
    }
    drawTime();
    text(part.lost, live.isLost ? fill(w.lost, { time: live.at }) : "");
  };
  const drawTime = () => {
    const { data } = live, w = data.words;
    if (!data.ends_at) return text(part.time, "");
    const minutes = Math.ceil((data.ends_at - clockNow()) / 60000), over = Math.floor((clockNow() - data.ends_at) / 60000);
    const say = minutes > 0 ? fill(minutes === 1 ? w.left_one : w.left, { n: minutes })
      : over < 1 ? w.up : fill(over === 1 ? w.over_one : w.over, { n: over });
    text(part.time, say);
    part.time.style.setProperty("--kv-time", minutes > 2 ? data.colours.calm : minutes > 0 ? data.colours.soon : data.colours.over);
  };
  const isOld = () => !!live.data && (seen(live.pulse) !== seen(live.data.pulse)
    || live.data.draws === "console" && here(live.pulse) !== here(live.data.pulse));
  const ask = () => {
    clearTimeout(live.timer);
    if (!isOld()) return;
    // A hall that comes in is drawn once a second; what is shown at once.
    const due = Math.max(0, live.lastFired + (seen(live.pulse) === seen(live.data.pulse) ? COMING : EVERY) - Date.now());
    live.timer = setTimeout(() => {
      if (live.isOver || !isOld()) return;
      live.lastFired = Date.now();
      live.send("moved", { at: Date.now() });
      live.timer = setTimeout(ask, AGAIN);
    }, due);
  };
  const lose = () => { if (!live.isLost) { live.isLost = true; live.at ||= clockText(); draw(); } };
  const connect = () => {
    clearTimeout(live.retry);
    if (live.isOver) return;
    const socket = live.socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/live/${live.data.session}`);
    socket.onmessage = event => {
      live.heard = Date.now();
      let pulse; try { pulse = JSON.parse(event.data); } catch { return; }
      if (!pulse || typeof pulse.revision !== "number") return;
      live.wait = 500; live.isLost = false; live.at = clockText();
      live.pulse = pulse; draw(); ask();
    };
    socket.onclose = event => { if (live.isOver || live.socket !== socket) return; lose(); if (event.code === 4404) live.wait = 30000; live.retry = setTimeout(connect, live.wait); live.wait = Math.min(live.wait * 2, 5000); };
  };
  const press = event => {
    if (!live.data?.keys || event.repeat || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const what = { PageDown: "next", PageUp: "back" }[event.key]; if (!what) return;
    const target = event.composedPath()[0];
    if (target?.closest?.("input,textarea,select,[contenteditable=true],[role=textbox],[role=listbox],[role=combobox],[role=dialog],[role=slider],[role=grid]")) return;
    event.preventDefault(); event.stopPropagation();
    if (Date.now() - live.pressed < 700) return;
    live.pressed = Date.now();
    live.send("pressed", { what, at: Date.now() });
  };
  const again = () => { live.wait = 500; const old = live.socket; live.socket = null; lose(); connect(); old?.close(); };
  // A laptop that slept keeps a socket that looks open and hears nothing: only silence gives it away.
  const wake = () => {
    const now = Date.now(), slept = now - live.ticked > SLEPT; live.ticked = now;
    if (document.hidden || live.isOver || !live.data) return;
    if (slept || now - live.heard > SILENT) { live.heard = now; again(); live.send?.("moved", { at: now }); }
    else if (live.socket?.readyState === 3) again();
  };
  addEventListener("keydown", press, true); document.addEventListener("visibilitychange", wake); addEventListener("online", wake);
  // The wall is one canvas of 1920 by 1080, whatever the projector makes of it.
  const zoom = () => { if (live.data?.draws === "wall") document.documentElement.style.setProperty("--kv-zoom", Math.min(innerWidth / 1920, innerHeight / 1080)); };
  addEventListener("resize", zoom);
  const clock = setInterval(() => { wake(); if (live.data) drawTime(); }, 5000);
  return {
    update(data, send) {
      const first = !live.data; live.data = data; live.send = send;
      if (live.told !== data.now) { live.told = data.now; live.ahead = data.now - Date.now(); }
      clearTimeout(live.waiting);
      if (data.waits) live.waiting = setTimeout(() => live.send("moved", { at: Date.now() }), Math.min(data.waits, 5) * 1000);
      if (first) { build(); zoom(); }
      if (!live.pulse || live.pulse.revision <= data.pulse.revision && live.pulse.round_id !== data.pulse.round_id) live.pulse = data.pulse;
      draw();
      if (first) connect(); else ask();
    },
    stop() {
      live.isOver = true; clearTimeout(live.timer); clearTimeout(live.waiting); clearTimeout(live.retry); clearInterval(clock); live.socket?.close(); box.remove();
      removeEventListener("keydown", press, true); removeEventListener("resize", zoom); document.removeEventListener("visibilitychange", wake); removeEventListener("online", wake);
    },
  };
}

export default function ({ data, parentElement, setTriggerValue }) {
  const live = parentElement.kvLive ??= start(parentElement);
  live.update(data, setTriggerValue);
  return () => { live.stop(); delete parentElement.kvLive; };
}
