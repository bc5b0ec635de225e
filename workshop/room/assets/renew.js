// Renews a part of a page that only tells, never one somebody fills in: every so many milliseconds (data-ververs), or
// when the room's stream says that something changed (data-volgt). Without this the page renews itself as a whole.

const wait = (ms) => new Promise((done) => setTimeout(done, ms));

for (const part of document.querySelectorAll("[data-ververs],[data-volgt]")) {
  let isBusy = false;
  let isDue = false;
  let every;

  // A button under somebody's finger stays where it is: there the part is renewed when they are done.
  const look = async () => {
    if (document.hidden) return;
    if (isBusy) { isDue = true; return; }
    isBusy = true;
    try {
      const answer = await fetch(location.pathname, { credentials: "same-origin", cache: "no-store" });
      if (answer.status === 404) return location.reload();
      if (answer.ok) {
        const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(part.id);
        while (part.contains(document.activeElement) && document.activeElement !== part) await wait(500);
        if (fresh && !fresh.dataset.ververs) clearInterval(every);
        if (fresh && fresh.innerHTML !== part.innerHTML) part.replaceChildren(...fresh.childNodes);
      }
    } catch { /* tried again in a moment */ }
    await wait(700);
    isBusy = false;
    if (isDue) { isDue = false; look(); }
  };

  // A part that comes without the wish to be renewed has nothing new to tell anymore.
  if (part.dataset.ververs) every = setInterval(look, Number(part.dataset.ververs));
  const follow = () => {
    const socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${part.dataset.volgt}`);
    socket.onopen = look;
    socket.onmessage = (event) => { if (JSON.parse(event.data).is === "stand") look(); };
    socket.onclose = async (event) => {
      if (event.code === 4404) return location.reload();
      await wait(2000 + Math.random() * 3000);
      look();
      follow();
    };
  };
  if (part.dataset.volgt) follow();
  document.addEventListener("visibilitychange", look);
}
