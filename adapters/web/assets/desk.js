// The staff desk: who sits there, the cards, the conversations.
import { Link, memory, randomHex } from "./link.js";
import { el, initials, shortTimeOf, visitorName } from "./lines.js";
import { byUrgency, cardElement, isOver } from "./card.js";
import { ask, askForm } from "./dialog.js";
import { Panel } from "./panel.js";
import { Letters, closePage, showPage } from "./letters.js";

const byId = (id) => document.getElementById(id);

let token = "";
let brand = "";
let staff = [];
let me = null;
let seated = false;        // the server has told the state of the desk
let wanted = "";           // a conversation to open as soon as possible
const cards = new Map();
const conversations = new Map();
const presses = new Map(); // not confirmed yet: id -> frame
const asks = new Map();    // not answered yet: id -> frame
let officeForm = null;     // the office's form as it was filled in last

// ------------------------------------------------------------------------------------------ coming in

// The link is /desk#KEY or /desk#conversation=ID. The key is taken out of the address bar, where others may see it.
function readAddress() {
  const fragment = decodeURIComponent(location.hash.slice(1));
  if (fragment.startsWith("conversation=")) wanted = fragment.slice("conversation=".length);
  else if (fragment) memory.set("rapport.desk.key", fragment);
  if (fragment) history.replaceState(null, "", location.pathname);
  return memory.get("rapport.desk.key", "");
}

function show(view) {
  for (const id of ["key-gate", "roster-gate", "board"]) byId(id).hidden = id !== view;
  byId("me").hidden = view !== "board";
}

const link = new Link("/ws/desk", { hello: () => ({ type: "hello", token }), onFrame, onState });
const letters = new Letters({ send: (frame) => seated && link.send(frame), press: askOffice, ask,
  isWaiting: (owner, button) => [...asks.values()].some((one) => one.owner === owner.id && one.frame.name === button.id) });
const panel = new Panel({ send: (frame) => link.send(frame), me: () => me, brand: () => brand, toast });

function onState(state, words) {
  seated = false;
  if (state === "refused") {
    memory.set("rapport.desk.key", null);
    return lock(words);
  }
  showConnection(words || "The connection is lost. Trying again… What you press and write is kept.");
}

function lock(problem) {
  showConnection("");
  byId("key-problem").textContent = problem;
  byId("key-problem").hidden = !problem;
  show("key-gate");
  byId("key").value = "";
  byId("key").focus();
}

byId("key-form").addEventListener("submit", (event) => {
  event.preventDefault();
  const given = byId("key").value.trim();
  token = given.includes("#") ? given.slice(given.indexOf("#") + 1) : given;
  memory.set("rapport.desk.key", token);
  link.start();
});

function showConnection(words) {
  byId("connection").textContent = words;
  byId("connection").hidden = !words;
}

function onFrame(frame) {
  switch (frame.type) {
    case "roster": return onRoster(frame);
    case "desk": return onDesk(frame);
    case "card": return onCard(frame);
    case "form": return frame.form.for_office ? onOfficeForm(frame.form) : onForm(frame.form);
    case "letters": return letters.onLetters(frame);
    case "letter": return onLetter(frame);
    case "picture": return letters.onPicture(frame);
    case "dismissed": return letters.onDismissed(frame);
    case "page": return showPage(frame.page, officeActions);
    case "form_errors": return onFormErrors(frame.errors);
    case "asked": asks.delete(frame.id); return letters.draw();
    case "notice": return toast(frame.text);
    case "trouble": return toast(frame.text);
    case "pressed": return onPressed(frame.id);
    case "conversation": return onConversation(frame.conversation);
    case "transcript": return panel.onTranscript(frame);
    case "line": return panel.onLine(frame);
    case "sent": return panel.onSent(frame);
    case "refused": return panel.onRefused(frame);
  }
}

// ------------------------------------------------------------------------------------------ who sits here

function onRoster(frame) {
  brand = frame.brand;
  staff = frame.staff;
  panel.limit = frame.limit;
  byId("brand").textContent = brand;
  byId("mark").textContent = initials(brand);
  showConnection("");
  const known = staff.find((person) => person.name === (me?.name ?? memory.get("rapport.desk.me")));
  if (known) sitDown(known); else chooseWho();
}

function chooseWho() {
  const list = staff.map((person) => {
    const button = el("button", { type: "button" }, el("span", { class: "face", "aria-hidden": "true" }, initials(person.full_name)), person.full_name);
    button.addEventListener("click", () => sitDown(person));
    return el("li", {}, button);
  });
  byId("roster").replaceChildren(...list);
  byId("roster-empty").hidden = staff.length > 0;
  show("roster-gate");
  byId("roster-title").focus();
}

function sitDown(person) {
  // What was pressed and not answered yet was the other one's, and is nobody else's to send again.
  if (me && me.name !== person.name) {
    for (const theirs of [cards, presses, asks, letters]) theirs.clear();
    officeForm = null;
    panel.leave();
  }
  me = person;
  memory.set("rapport.desk.me", me.name);
  byId("me").textContent = me.full_name;
  byId("me").setAttribute("aria-label", "You are " + me.full_name + ". Change who sits here");
  link.send({ type: "iam", name: me.name });
}

byId("me").addEventListener("click", chooseWho);

function onDesk(frame) {
  seated = true;
  cards.clear();
  for (const card of frame.cards) cards.set(card.id, card);
  conversations.clear();
  // A visitor may have had several conversations; the newest comes first.
  for (const one of frame.conversations) if (!conversations.has(one.channel)) conversations.set(one.channel, one);
  show("board");
  drawCards();
  drawConversations();
  for (const press of presses.values()) link.send(press);
  for (const one of asks.values()) link.send(one.frame);
  panel.listen();
  panel.resend();
  if (wanted) { openConversation(wanted); wanted = ""; }
}

// ------------------------------------------------------------------------------------------ cards

const filters = [...document.querySelectorAll("input[name=filter]")];
const filter = () => filters.find((one) => one.checked).value;
for (const one of filters) {
  one.checked = one.value === memory.get("rapport.desk.filter", "all");
  one.addEventListener("change", () => { memory.set("rapport.desk.filter", filter()); drawCards(); });
}

const actions = {
  press(card, button, values) {
    const frame = { type: "press", id: "press-" + randomHex(12), card: card.id, button, values };
    presses.set(frame.id, frame);
    if (seated) link.send(frame);
    drawCards();
  },
  open: (channel) => openConversation(channel),
  ask,
  askForm: (form) => askForm(form, staff),
};
const isWaiting = (card, button) => [...presses.values()].some((press) => press.card === card.id && press.button === button.id);

function onPressed(id) {
  presses.delete(id);
  drawCards();
}

function onCard({ card, notify }) {
  const before = cards.get(card.id);
  if (before && before.revision > card.revision) return;
  cards.set(card.id, card);
  drawCards();
  if (notify && card.mine && document.hidden) toast(card.title);
}

async function onForm(form) {
  const values = await askForm(form, staff);
  if (values) actions.press({ id: form.card }, form.id, values);
}

// ------------------------------------------------------------------------------------------ letters, and the office

const officeActions = { press: askOffice, ask, open: () => {} };

function sendAsk(owner, more) {
  const frame = { type: "ask", id: "ask-" + randomHex(12), ...more };
  asks.set(frame.id, { owner, frame });
  if (seated) link.send(frame);
  letters.draw();
}

// A press of a letter's or page's button; its answer comes as a page or a form.
function askOffice(owner, button, values) { sendAsk(owner.id, { form: false, name: button, values }); }

async function onOfficeForm(form) {
  closePage();
  officeForm = form;
  const values = await askForm(form, staff.map((person) => ({ ...person, name: person.account })));
  if (!values) return;
  officeForm = { ...form, fields: form.fields.map((field) => ({ ...field, value: values[field.id] })) };
  sendAsk("", { form: true, name: form.id, values: { ...values, context: form.context } });
}

// The same form again, with what is wrong at its fields.
function onFormErrors(errors) {
  if (!officeForm) return toast(Object.values(errors).join(" "));
  onOfficeForm({ ...officeForm, fields: officeForm.fields.map((field) => ({ ...field, problem: errors[field.id] })) });
}

function onLetter(frame) {
  const isNew = letters.onLetter(frame);
  if (isNew && frame.notify) toast("Something for you to read: " + frame.letter.page.title);
}

function drawCards() {
  const all = [...cards.values()].sort(byUrgency);
  const shown = all.filter((card) => filter() === "all" || card.mine);
  const open = shown.filter((card) => !isOver(card));
  const closed = shown.filter(isOver);
  place(byId("cards"), open);
  place(byId("closed"), closed);
  byId("no-cards").hidden = open.length > 0;
  const elsewhere = all.some((card) => !isOver(card));
  byId("no-cards-words").textContent = elsewhere ? "Nothing is waiting for you. Choose “All” to see what others have."
    : "When somebody should hear from a person, a card appears here.";
  byId("closed-fold").hidden = closed.length === 0;
  byId("closed-summary").textContent = closed.length === 1 ? "1 card is closed" : closed.length + " cards are closed";
  const asking = all.filter((card) => card.tone === "asking").length;
  const words = asking === 0 ? "Nobody is waiting" : asking === 1 ? "1 person is waiting" : asking + " people are waiting";
  if (byId("summary").textContent !== words) byId("summary").textContent = words;
  document.title = (asking ? "(" + asking + ") " : "") + "Desk · " + brand;
}

// Draws only what changed and keeps the focus where it was.
function place(container, list) {
  const old = new Map([...container.children].map((node) => [node.dataset.id, node]));
  list.forEach((card, index) => {
    let node = old.get(card.id);
    const stamp = JSON.stringify(card) + card.buttons.filter((button) => isWaiting(card, button)).map((button) => button.id);
    if (!node || node.stamp !== stamp) {
      const fresh = cardElement(card, actions, isWaiting);
      fresh.stamp = stamp;
      if (node) replaceKeepingFocus(node, fresh); else fresh.classList.add("new");
      node = fresh;
    }
    old.delete(card.id);
    if (container.children[index] !== node) moveKeepingFocus(() => container.insertBefore(node, container.children[index] || null));
  });
  for (const node of old.values()) {
    const held = node.contains(document.activeElement);
    node.remove();
    if (held) byId("cards").focus({ preventScroll: true });
  }
}

function replaceKeepingFocus(node, fresh) {
  const focused = node.contains(document.activeElement) ? document.activeElement.closest("[data-key]")?.dataset.key ?? "" : null;
  const details = fresh.querySelector("details");
  if (details && node.querySelector("details")?.open) details.open = true;
  node.replaceWith(fresh);
  if (focused === null) return;
  const same = focused && fresh.querySelector(`[data-key="${CSS.escape(focused)}"]`);
  (same || fresh).focus({ preventScroll: true });
}

function moveKeepingFocus(move) {
  const focused = document.activeElement;
  move();
  if (document.activeElement !== focused && focused.isConnected) focused.focus({ preventScroll: true });
}

// ------------------------------------------------------------------------------------------ conversations

function onConversation(one) {
  const known = conversations.get(one.channel);
  conversations.set(one.channel, { ...one, name: one.name || known?.name || "" });
  drawConversations();
  panel.onRenamed(one.channel, one.name);
}

function openConversation(channel) {
  panel.show(channel, conversations.get(channel)?.name || "");
  drawConversations();
}
document.addEventListener("panel-closed", drawConversations);

function drawConversations() {
  const list = [...conversations.values()].sort((a, b) => b.last.at - a.last.at).slice(0, 50);
  const focused = byId("conversations").contains(document.activeElement) ? document.activeElement.dataset.channel : "";
  byId("conversations").replaceChildren(...list.map((one) => {
    const name = visitorName(one.name, one.channel);
    const who = one.last.who === "visitor" ? "" : (one.last.who === "brand" ? brand : one.last.name) + ": ";
    const button = el("button", { type: "button", "data-channel": one.channel, "aria-current": one.channel === panel.channel ? "true" : null },
      el("span", { class: "top" }, el("b", {}, name), el("span", {}, shortTimeOf(one.last.at))),
      el("span", { class: "words" }, who + (one.last.deleted ? "(deleted)" : one.last.text)));
    button.addEventListener("click", () => openConversation(one.channel));
    return el("li", {}, button);
  }));
  byId("no-conversations").hidden = list.length > 0;
  if (focused) byId("conversations").querySelector(`[data-channel="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
}

// ------------------------------------------------------------------------------------------ news

function toast(words) {
  const close = el("button", { type: "button" }, "Dismiss");
  const node = el("div", { class: "toast" }, el("span", {}, words), close);
  const remove = () => node.remove();
  close.addEventListener("click", remove);
  byId("toasts").append(node);
  while (byId("toasts").children.length > 4) byId("toasts").firstElementChild.remove();
  setTimeout(remove, 10000);
}

window.addEventListener("hashchange", () => {
  const before = token;
  token = readAddress();
  if (wanted && seated) { openConversation(wanted); wanted = ""; }
  if (token !== before) { link.stop(); link.start(); }
});

token = readAddress();
if (token) link.start(); else lock("");
