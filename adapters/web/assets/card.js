// One card as an element: what staff see of one alert, with its buttons and menus.
import { el, shortTimeOf, fullTimeOf, withLinks } from "./lines.js";

const weight = { asking: 0, claimed: 1, waiting: 2, done: 3, closed: 4 };
const over = new Set(["done", "closed"]);

export function isOver(card) { return over.has(card.tone); }
// Asking cards first, and in each group the newest.
export function byUrgency(a, b) { return weight[a.tone] - weight[b.tone] || b.order - a.order; }

// actions: { press(card, button, values), open(channel), ask(question, yes) -> Promise<boolean>,
//            askForm(form) -> Promise<values or null> }
// waiting(card, button): whether that press is on its way.
export function cardElement(card, actions, waiting) {
  const titleId = "title-" + card.id;
  const article = el("article", { class: "card", "data-id": card.id, "data-tone": card.tone, "data-revision": card.revision,
    "aria-labelledby": titleId, tabindex: "-1" });
  const header = el("header", {}, el("h3", { id: titleId, dir: "auto" }, card.title));
  if (card.status) header.append(el("p", { class: "status" }, card.status));
  article.append(header);
  for (const quote of card.quotes) article.append(quoteElement(quote, card.channel));
  if (card.fields.length) {
    const fields = el("dl");
    for (const field of card.fields) fields.append(el("dt", {}, field.label), el("dd", { dir: "auto" }, ...withLinks(field.text)));
    article.append(fields);
  }
  const row = el("div", { class: "row" });
  if (card.channel && !card.buttons.some((button) => isConversation(button.url, card.channel))) {
    const open = el("button", { type: "button", "data-key": "open" }, "Conversation");
    open.addEventListener("click", () => actions.open(card.channel));
    row.append(open);
  }
  const buttons = card.buttons.map((button) => buttonElement(card, button, actions, waiting(card, button)));
  row.prepend(...buttons);
  if (row.children.length) article.append(row);
  if (card.history.length) article.append(historyElement(card.history));
  return article;
}

// Whether an address is that of a conversation at this desk, under whatever name the desk is reached.
function isConversation(address, channel) {
  if (!address || !channel) return false;
  try {
    const url = new URL(address);
    return url.pathname === "/desk" && url.hash === "#conversation=" + channel;
  } catch {
    return false;
  }
}

function quoteElement(quote, channel) {
  const figure = el("figure");
  const caption = el("figcaption", {}, el("b", {}, quote.author));
  if (quote.at) caption.append(" · ", el("time", { title: fullTimeOf(quote.at), datetime: new Date(quote.at).toISOString() }, shortTimeOf(quote.at)));
  if (/^https?:\/\//.test(quote.link) && !isConversation(quote.link, channel)) {
    caption.append(" · ", el("a", { href: quote.link, target: "_blank", rel: "noopener noreferrer" }, "where it was said"));
  }
  figure.append(caption, el("blockquote", { dir: "auto" }, quote.text));
  return figure;
}

function historyElement(history) {
  const list = el("ol");
  for (const line of history) list.append(el("li", {}, el("time", { title: fullTimeOf(line.at) }, shortTimeOf(line.at)), " ", line.text));
  const words = history.length === 1 ? "1 thing happened so far" : history.length + " things happened so far";
  return el("details", { "data-key": "history" }, el("summary", { "data-key": "history-summary" }, words), list);
}

function buttonElement(card, button, actions, isWaiting) {
  if (button.url) {
    // This desk's own conversations open beside the card; everything else in a new tab.
    if (isConversation(button.url, card.channel)) {
      const open = el("button", { type: "button", class: button.style, "data-key": button.id }, button.label);
      open.addEventListener("click", () => actions.open(card.channel));
      return open;
    }
    if (!/^https?:\/\//.test(button.url)) return "";
    return el("a", { class: "linkish", href: button.url, target: "_blank", rel: "noopener noreferrer", "data-key": button.id }, button.label);
  }
  if (button.options.length) return menuElement(card, button, actions, isWaiting);
  const node = el("button", { type: "button", class: button.style, "data-key": button.id, "aria-disabled": isWaiting ? "true" : null }, button.label);
  node.addEventListener("click", () => press(card, button, {}, actions, node));
  return node;
}

async function press(card, button, values, actions, node) {
  if (node.getAttribute("aria-disabled") === "true") return;
  if (button.confirm && !(await actions.ask(button.confirm, button.label))) return;
  actions.press(card, button.id, values);
}

// With a word for whoever gets it, if there is one to say.
async function handOver(card, button, option, actions, node) {
  if (node.getAttribute("aria-disabled") === "true") return;
  const brief = { id: "brief", label: "What should they know?", kind: "text", hint: "", required: false, options: [] };
  const values = await actions.askForm({ title: "Hand over to " + option.label, submit: button.label, fields: [brief] });
  if (values) press(card, button, { choice: option.value, ...values }, actions, node);
}

// A button that opens a list of choices: Escape and a click elsewhere close it, arrows move in it.
function menuElement(card, button, actions, isWaiting) {
  const listId = "menu-" + card.id + "-" + button.id;
  const opener = el("button", { type: "button", class: button.style, "data-key": button.id, "aria-expanded": "false",
    "aria-controls": listId, "aria-disabled": isWaiting ? "true" : null }, button.label);
  const list = el("div", { class: "options", id: listId, role: "group", "aria-label": button.label, hidden: true });
  const root = el("div", { class: "menu" }, opener, list);
  const show = (open) => {
    list.hidden = !open;
    opener.setAttribute("aria-expanded", String(open));
    if (open) list.firstElementChild?.focus();
  };
  for (const option of button.options) {
    const choice = el("button", { type: "button", "data-value": option.value }, option.label);
    choice.addEventListener("click", () => {
      show(false);
      opener.focus();
      if (button.id === "hand_over") handOver(card, button, option, actions, opener);
      else press(card, button, { choice: option.value }, actions, opener);
    });
    list.append(choice);
  }
  opener.addEventListener("click", () => { if (opener.getAttribute("aria-disabled") !== "true") show(list.hidden); });
  root.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "Escape") { event.stopPropagation(); show(false); opener.focus(); }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const choices = [...list.children];
    choices[(choices.indexOf(document.activeElement) + step + choices.length) % choices.length].focus();
  });
  root.addEventListener("focusout", (event) => { if (!root.contains(event.relatedTarget)) show(false); });
  return root;
}
