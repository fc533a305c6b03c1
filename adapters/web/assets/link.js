// A WebSocket that comes back by itself: back-off with jitter, at once when the network returns.

const firstPause = 500;
const longestPause = 15000;

const refused = 4403;
const patience = new Map([
  [1008, "This page is out of date. Please reload it."],
  [1013, "Many people are here just now. Trying again in a moment…"],
  [4429, "This conversation is open in too many windows. Please close some."],
]);

export class Link {
  // path: "/ws/chat". hello(): the first frame of each connection. onFrame(frame): what comes in.
  // onState(state, words): "lost" (trying again by itself) or "refused" (it will not).
  constructor(path, { hello, onFrame, onState }) {
    this.path = path;
    this.hello = hello;
    this.onFrame = onFrame;
    this.onState = onState;
    this.pause = firstPause;
    this.socket = null;
    this.timer = null;
    window.addEventListener("online", () => this.retryNow());
    document.addEventListener("visibilitychange", () => { if (!document.hidden) this.retryNow(); });
  }

  start() {
    clearTimeout(this.timer);
    this.timer = null;
    const scheme = location.protocol === "https:" ? "wss://" : "ws://";
    const socket = new WebSocket(scheme + location.host + this.path);
    this.socket = socket;
    socket.addEventListener("open", () => socket.send(JSON.stringify(this.hello())));
    socket.addEventListener("message", (event) => {
      if (this.socket !== socket) return;
      this.pause = firstPause;
      this.onFrame(JSON.parse(event.data));
    });
    socket.addEventListener("close", (event) => {
      if (this.socket !== socket) return;
      this.socket = null;
      if (event.code === refused) return this.onState("refused", event.reason);
      // Coming back soon would meet the same answer.
      if (patience.has(event.code)) this.pause = longestPause;
      this.onState("lost", patience.get(event.code) ?? "");
      this.timer = setTimeout(() => this.start(), this.pause / 2 + Math.random() * this.pause / 2);
      this.pause = Math.min(this.pause * 2, longestPause);
    });
  }

  retryNow() {
    if (this.timer === null) return;
    this.pause = firstPause;
    this.start();
  }

  stop() {
    clearTimeout(this.timer);
    this.timer = null;
    const socket = this.socket;
    this.socket = null;
    if (socket) socket.close();
  }

  // False: not connected just now. Whoever needs certainty keeps the frame and sends it again when "open" comes.
  send(frame) {
    if (!this.socket || this.socket.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(frame));
    return true;
  }
}

// `count` random bytes, in hex.
export function randomHex(count) {
  const bytes = crypto.getRandomValues(new Uint8Array(count));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// A message's id: time-ordered, and the same however often the message is sent.
export function newMessageId() {
  return String(Date.now()).padStart(13, "0") + "-" + randomHex(8);
}

// localStorage that may be forbidden (private windows): then the page works, but forgets.
export const memory = {
  get(key, otherwise = null) {
    try { return localStorage.getItem(key) ?? otherwise; } catch { return otherwise; }
  },
  set(key, value) {
    try { if (value === null) localStorage.removeItem(key); else localStorage.setItem(key, value); } catch { /* forgets */ }
  },
};
