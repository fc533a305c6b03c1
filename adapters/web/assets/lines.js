// A conversation on the page: lines in order, days between them, each message once, everything as text.

const timeFormat = new Intl.DateTimeFormat(undefined, { timeStyle: "short" });
const dayFormat = new Intl.DateTimeFormat(undefined, { dateStyle: "full" });
const fullFormat = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
const sameAuthorWithin = 5 * 60 * 1000;

// Makes an element: el("p", { class: "x", title: "y" }, "text", child).
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children);
  return node;
}

export function timeOf(at) { return timeFormat.format(new Date(at)); }
export function fullTimeOf(at) { return fullFormat.format(new Date(at)); }
// The time today, the date before that.
export function shortTimeOf(at) {
  const today = new Date().toDateString() === new Date(at).toDateString();
  return today ? timeOf(at) : new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" }).format(new Date(at));
}

function dayOf(at) {
  const day = new Date(at);
  const today = new Date();
  const yesterday = new Date();
  yesterday.setDate(today.getDate() - 1);
  if (day.toDateString() === today.toDateString()) return "Today";
  if (day.toDateString() === yesterday.toDateString()) return "Yesterday";
  return dayFormat.format(day);
}

// Up to two letters for a face without a picture.
export function initials(name) {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const letters = words.length > 1 ? [words[0], words[words.length - 1]] : words;
  return letters.map((word) => Array.from(word)[0].toLocaleUpperCase()).join("") || "·";
}

export function visitorName(name, id) { return name || "Visitor " + (id || "").slice(0, 4); }

// Text with its http(s) addresses made into links; nothing else in it means anything.
export function withLinks(text) {
  const parts = [];
  let from = 0;
  for (const match of text.matchAll(/https?:\/\/[^\s<>"]+[^\s<>"'.,;:!?)\]}]/g)) {
    parts.push(text.slice(from, match.index));
    parts.push(el("a", { href: match[0], target: "_blank", rel: "noopener noreferrer nofollow" }, match[0]));
    from = match.index + match[0].length;
  }
  parts.push(text.slice(from));
  return parts;
}

export class Lines {
  // describe(line) -> { own, name, tag, tagClass }: how a line's author is shown to this reader.
  constructor(list, scroller, describe) {
    this.list = list;
    this.scroller = scroller;
    this.describe = describe;
    this.clear();
  }

  clear() {
    this.list.replaceChildren();
    this.byId = new Map();
  }

  get size() { return this.byId.size; }
  // The id of the last line that the server told; of the last one that a visitor said.
  get lastId() { return this.last(".line[data-told]"); }
  get lastVisitorId() { return this.last(".line[data-told][data-who=visitor]:not(.deleted)"); }
  last(selector) { return [...this.list.querySelectorAll(selector)].at(-1)?.dataset.id || ""; }

  // Shows a line, or what became of it. state: "sent", "sending" or "failed" (own lines only).
  put(line, state = "sent", problem = "", actions = []) {
    const atEnd = this.scroller.scrollHeight - this.scroller.scrollTop - this.scroller.clientHeight < 80;
    let item = this.byId.get(line.id);
    const isNew = !item;
    if (isNew) {
      item = el("li", { "data-id": line.id });
      this.byId.set(line.id, item);
    }
    this.fill(item, line, state, problem, actions);
    if (isNew || (item.dataset.told !== "1" && state === "sent")) this.place(item, state);
    if (state === "sent") item.dataset.told = "1";
    this.separate();
    if (isNew) item.classList.add("new");
    if (atEnd || (isNew && this.describe(line).own)) this.toEnd();
  }

  remove(id) {
    const item = this.byId.get(id);
    if (item) item.remove();
    this.byId.delete(id);
    this.separate();
  }

  toEnd() { this.scroller.scrollTop = this.scroller.scrollHeight; }

  // Told lines stand in the order of their time; what is still being sent stands below them.
  place(item, state) {
    const at = Number(item.dataset.at);
    let before = null;
    for (const other of [...this.list.querySelectorAll(".line")].reverse()) {
      if (other === item) continue;
      const waits = other.dataset.told !== "1";
      if (state === "sent" ? (waits || Number(other.dataset.at) > at) : false) before = other;
      else break;
    }
    const inPlace = item.isConnected && item.nextElementSibling === before;
    if (!inPlace) this.list.insertBefore(item, before);
  }

  fill(item, line, state, problem, actions) {
    const { own, name, tag, tagClass } = this.describe(line);
    item.className = ["line", own ? "own" : "", state, line.deleted ? "deleted" : ""].filter(Boolean).join(" ");
    item.dataset.state = state;
    item.dataset.at = line.at;
    item.dataset.who = line.who;
    item.dataset.author = own ? "own" : line.who + ":" + line.author;
    const from = el("p", { class: "from" }, el("b", {}, name));
    if (tag) from.append(el("span", { class: "tag " + (tagClass || "") }, tag));
    const bubble = el("div", { class: "bubble", dir: "auto" });
    bubble.append(...(line.deleted ? ["This message was deleted."] : withLinks(line.text)));
    const words = state === "sending" ? "Sending…" : state === "failed" ? problem
      : timeOf(line.at) + (line.edited ? " · edited" : "") + (own ? " · Sent" : "");
    const meta = el("p", { class: "meta", title: fullTimeOf(line.at) }, words, ...actions);
    item.replaceChildren(from, bubble, meta);
  }

  // Days between the lines, and names only where the speaker changes.
  separate() {
    for (const day of this.list.querySelectorAll(".day")) day.remove();
    let lastDay = "";
    let previous = null;
    for (const item of [...this.list.children]) {
      const at = Number(item.dataset.at);
      const day = dayOf(at);
      if (day !== lastDay) this.list.insertBefore(el("li", { class: "day" }, day), item);
      const same = previous && day === lastDay && previous.dataset.author === item.dataset.author &&
        at - Number(previous.dataset.at) < sameAuthorWithin;
      item.classList.toggle("same", Boolean(same));
      lastDay = day;
      previous = item;
    }
  }
}

// What was typed, without blanks at its ends and without halves of characters, which no JSON parser takes.
export function typed(textarea) {
  const words = textarea.value.trim();
  return words.toWellFormed ? words.toWellFormed() : words;
}

// A textarea that grows with its text; Enter sends unless Shift is held or a character is being composed.
export function growing(textarea, onEnter) {
  const fit = () => {
    textarea.style.height = "auto";
    textarea.style.height = textarea.scrollHeight + 2 + "px";
  };
  textarea.addEventListener("input", fit);
  textarea.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    onEnter();
  });
  return fit;
}
