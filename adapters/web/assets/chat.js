// The visitor's page.
import { Link, memory, newMessageId, randomHex } from "./link.js";
import { Lines, el, growing, initials, typed } from "./lines.js";

const byId = (id) => document.getElementById(id);
const text = byId("text");
const nameDialog = byId("name-dialog");

// Who this visitor is: a secret that stays in this browser. The server keeps only a hash of it.
let secret = memory.get("rapport.secret");
if (!/^[0-9a-f]{32}$/.test(secret || "")) {
  secret = randomHex(16);
  memory.set("rapport.secret", secret);
}
let name = memory.get("rapport.name", "");
// Whom the site vouches for: "#email=...&until=...&proof=..." of the address it opened. It stands in the
// address no longer than needed, and is kept nowhere.
const vouch = new URLSearchParams(location.hash.slice(1));
if (vouch.has("proof")) history.replaceState(null, "", location.pathname + location.search);
let brand = "";
let limit = 4000;
let welcomed = false;

// Messages that the server has not confirmed yet: [{ id, text, at, problem }]. They survive a reload.
let unsent = [];
try { unsent = JSON.parse(memory.get("rapport.unsent", "[]")); } catch { unsent = []; }
const keepUnsent = () => memory.set("rapport.unsent", JSON.stringify(unsent));

const lines = new Lines(byId("lines"), byId("scroll"), (line) => {
  if (line.who === "visitor") return { own: true, name: "You" };
  if (line.who === "brand") return { own: false, name: line.name || brand, tag: "official account", tagClass: "brand" };
  return { own: false, name: line.name, tag: "from the team" };
});

const link = new Link("/ws/chat", {
  hello: () => ({
    type: "hello", secret, name, after: lines.lastId,
    email: vouch.get("email") || "", until: vouch.get("until") || "", proof: vouch.get("proof") || "",
  }),
  onFrame,
  onState(_state, words) {
    welcomed = false;
    showConnection(words || "The connection is lost. Trying again… What you write is kept.");
  },
});

function showConnection(words) {
  byId("connection").textContent = words;
  byId("connection").hidden = !words;
}

function onFrame(frame) {
  switch (frame.type) {
    case "welcome": return onWelcome(frame);
    case "line": return onLine(frame.line);
    case "sent": return onSent(frame);
    case "refused": return onRefused(frame);
    case "trouble": return showConnection(frame.text);
  }
}

function onWelcome(frame) {
  brand = frame.brand;
  limit = frame.limit;
  document.title = "Chat with " + brand;
  byId("brand").textContent = brand;
  byId("mark").textContent = initials(brand);
  if (frame.whole) lines.clear();
  for (const line of frame.lines) onLine(line);
  showConnection("");
  welcomed = true;
  for (const message of unsent) {
    showUnsent(message);
    if (!message.problem) post(message);
  }
  showHello();
  lines.toEnd();
}

function onLine(line) {
  if (line.who === "visitor") forget(line.id);
  lines.put(line);
  showHello();
}

function onSent({ id, at }) {
  const message = unsent.find((one) => one.id === id);
  forget(id);
  if (message) lines.put({ id, who: "visitor", author: "", text: message.text, at });
}

function onRefused({ id, text: words, again_in }) {
  const message = unsent.find((one) => one.id === id);
  if (!message) return;
  if (again_in > 0) {
    showConnection(words);
    setTimeout(() => { showConnection(welcomed ? "" : byId("connection").textContent); post(message); }, again_in + 50);
    return;
  }
  message.problem = words;
  keepUnsent();
  showUnsent(message);
}

function forget(id) {
  unsent = unsent.filter((one) => one.id !== id);
  keepUnsent();
}

function post(message) {
  if (welcomed && unsent.includes(message)) link.send({ type: "say", id: message.id, text: message.text });
}

function showUnsent(message) {
  const actions = [];
  if (message.problem) {
    const again = el("button", { type: "button" }, "Edit");
    again.addEventListener("click", () => {
      drop(message);
      text.value = message.text;
      onInput();
      text.focus();
    });
    const remove = el("button", { type: "button" }, "Remove");
    remove.addEventListener("click", () => { drop(message); text.focus(); });
    actions.push(again, remove);
  }
  const line = { id: message.id, who: "visitor", text: message.text, at: message.at };
  lines.put(line, message.problem ? "failed" : "sending", message.problem, actions);
}

function drop(message) {
  forget(message.id);
  lines.remove(message.id);
  showHello();
}

function showHello() { byId("hello").hidden = lines.size > 0; }

function submit() {
  const words = typed(text);
  if (!words || Array.from(words).length > limit) return text.focus();
  const message = { id: newMessageId(), text: words, at: Date.now(), problem: "" };
  unsent.push(message);
  keepUnsent();
  showUnsent(message);
  showHello();
  post(message);
  text.value = "";
  onInput();
  text.focus();
}

function onInput() {
  fit();
  const left = limit - Array.from(text.value).length;
  byId("counter").textContent = left > 200 ? "" : left >= 0 ? left + " characters left" : -left + " characters too many";
  byId("counter").className = left < 0 ? "over" : "";
}

const fit = growing(text, submit);
text.addEventListener("input", onInput);
byId("composer").addEventListener("submit", (event) => { event.preventDefault(); submit(); });

function showName() { byId("who").textContent = name || "Add your name"; }
byId("rename").addEventListener("click", () => {
  byId("name").value = name;
  nameDialog.showModal();
});
byId("name-cancel").addEventListener("click", () => nameDialog.close());
byId("name-form").addEventListener("submit", () => {
  name = byId("name").value.trim();
  memory.set("rapport.name", name);
  showName();
  link.send({ type: "name", name });
});

showName();
for (const message of unsent) showUnsent(message);
link.start();
