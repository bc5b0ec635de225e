// The phone's own test: a cookie that comes back, a line both ways over the socket, and the clock. Works along with the
// page, which says by itself what works without this.

const list = document.querySelector("[data-proef]");
const told = (name, isGood, sentence) => {
  const line = list.querySelector(`[data-lijn=${name}]`);
  line.hidden = false;
  line.className = isGood ? "status ok" : "warning";
  const title = line.querySelector("b");
  title.textContent = title.textContent.replace(/^\S+/, isGood ? "✓" : "–");
  line.querySelector("b + span").textContent = isGood ? line.querySelector("[data-ja]").textContent : sentence;
};

async function clock() {
  try {
    const answer = await fetch("/test/klok", {
      method: "POST", credentials: "same-origin", body: new URLSearchParams({ now: Date.now() }),
    });
    const { cookie, clock: words } = await answer.json();
    told("cookie", cookie, list.dataset.neeCookie);
    const line = list.querySelector("[data-lijn=klok]");
    line.hidden = !words;
    line.textContent = words;
  } catch { told("cookie", false, list.dataset.neeCookie); }
}

function stream() {
  let heard = false;
  const end = () => { if (!heard) told("stroom", false, list.dataset.neeStroom); };
  try {
    const socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/test/live`);
    const late = setTimeout(end, 8000);
    socket.onmessage = () => { heard = true; clearTimeout(late); socket.send("gezien"); told("stroom", true); };
    socket.onclose = () => { clearTimeout(late); end(); };
  } catch { end(); }
}

if (list) clock().then(stream);
