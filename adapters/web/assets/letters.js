// Letters: what there is for a staffer to read, each until it is dismissed. And pages that answer their buttons.
import { el, fullTimeOf, shortTimeOf, withLinks } from "./lines.js";
import { buttonElement, quoteElement } from "./card.js";

const byId = (id) => document.getElementById(id);

// actions: { press(owner, button, values), ask(question, yes) }, as cards have them; owner: { id }.
function partElement(owner, part, actions, waiting) {
  const node = el("div", { class: "part" });
  if (part.heading) node.append(el("h4", { dir: "auto" }, part.heading));
  for (const words of part.text.split(/\n+/)) if (words) node.append(el("p", { dir: "auto" }, ...withLinks(words)));
  if (part.fields.length) {
    const fields = el("dl");
    for (const field of part.fields) fields.append(el("dt", {}, field.label), el("dd", { dir: "auto" }, ...withLinks(field.text)));
    node.append(fields);
  }
  for (const quote of part.quotes) node.append(quoteElement(quote, ""));
  if (part.buttons.length) node.append(el("div", { class: "row" }, ...part.buttons.map((button) => buttonElement(owner, button, actions, waiting(button)))));
  return node;
}

export function pageParts(owner, page, actions, waiting = () => false) {
  return page.parts.map((part) => partElement(owner, part, actions, waiting));
}

export class Letters {
  // send(frame); press(owner, button, values): asks the office; ask(question, yes); isWaiting(owner, button).
  constructor({ send, press, ask, isWaiting }) {
    this.send = send;
    this.actions = { press, ask, open: () => {} };
    this.isWaiting = isWaiting;
    this.letters = new Map();   // in the order in which they came
    this.pictures = new Map();  // letter -> data: address
    this.dismissed = new Set(); // not confirmed yet
  }

  clear() {
    this.letters.clear();
    this.pictures.clear();
    this.dismissed.clear();
    this.draw();
  }

  // What lies on the desk, after each new connection; the letters themselves follow.
  onLetters({ ids }) {
    for (const id of this.letters.keys()) if (!ids.includes(id)) this.letters.delete(id);
    for (const id of this.dismissed) if (ids.includes(id)) this.send({ type: "dismiss", letter: id }); else this.dismissed.delete(id);
    this.draw();
  }

  // True if it was not there before.
  onLetter({ letter }) {
    const isNew = !this.letters.has(letter.id);
    this.letters.set(letter.id, letter);
    if (letter.picture && !this.pictures.has(letter.id)) this.send({ type: "picture", letter: letter.id });
    this.draw();
    return isNew && !this.dismissed.has(letter.id);
  }

  onPicture({ letter, png }) {
    this.pictures.set(letter, "data:image/png;base64," + png);
    this.draw();
  }

  onDismissed({ letter }) {
    this.dismissed.delete(letter);
    this.letters.delete(letter);
    this.pictures.delete(letter);
    this.draw();
  }

  dismiss(id) {
    const shown = this.shown().map((letter) => letter.id);
    const next = shown[shown.indexOf(id) + 1] ?? shown[shown.indexOf(id) - 1];
    this.dismissed.add(id);
    this.send({ type: "dismiss", letter: id });
    this.draw();
    const button = next && byId("letters").querySelector(`[data-id="${CSS.escape(next)}"] [data-key="dismiss"]`);
    (button || byId("cards")).focus({ preventScroll: !button });
  }

  shown() { return [...this.letters.values()].filter((letter) => !this.dismissed.has(letter.id)).sort((a, b) => b.at - a.at); }

  draw() {
    const shown = this.shown();
    byId("letters").hidden = shown.length === 0;
    const old = new Map([...byId("letters-list").children].map((node) => [node.dataset.id, node]));
    shown.forEach((letter, index) => {
      const waiting = (button) => this.isWaiting(letter, button);
      const stamp = JSON.stringify([letter, this.pictures.has(letter.id),
        letter.page.parts.flatMap((part) => part.buttons).filter(waiting).map((button) => button.id)]);
      let node = old.get(letter.id);
      if (!node || node.stamp !== stamp) {
        const fresh = this.element(letter, waiting);
        fresh.stamp = stamp;
        const key = node?.contains(document.activeElement) ? document.activeElement.closest("[data-key]")?.dataset.key : null;
        if (node) node.replaceWith(fresh); else fresh.classList.add("new");
        if (key) fresh.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus({ preventScroll: true });
        node = fresh;
      }
      old.delete(letter.id);
      const list = byId("letters-list");
      if (list.children[index] !== node) list.insertBefore(node, list.children[index] || null);
    });
    for (const node of old.values()) node.remove();
  }

  element(letter, waiting) {
    const titleId = "title-" + letter.id;
    const article = el("article", { class: "card letter", "data-id": letter.id, "aria-labelledby": titleId });
    article.append(
      el("header", {}, el("h3", { id: titleId, dir: "auto" }, letter.page.title),
        el("p", { class: "quiet" }, el("time", { datetime: new Date(letter.at).toISOString(), title: fullTimeOf(letter.at) }, shortTimeOf(letter.at)))),
      ...pageParts(letter, letter.page, this.actions, waiting));
    if (letter.picture || letter.picture_text) article.append(this.pictureElement(letter));
    const dismiss = el("button", { type: "button", "data-key": "dismiss", "aria-label": "Dismiss: " + letter.page.title }, "Dismiss");
    dismiss.addEventListener("click", () => this.dismiss(letter.id));
    article.append(el("div", { class: "row end" }, dismiss));
    return article;
  }

  // Until the picture has come, and if there is none, its words stand there.
  pictureElement(letter) {
    const source = this.pictures.get(letter.id);
    const caption = letter.picture_title ? [el("figcaption", { dir: "auto" }, letter.picture_title)] : [];
    const content = source ? el("img", { src: source, alt: letter.picture_text || letter.picture_title || letter.page.title })
      : el("p", { class: "quiet", dir: "auto" }, letter.picture_text);
    return el("figure", { class: "picture" }, ...caption, content);
  }
}

// A page of the office's, in a dialog over the desk. The next page replaces it.
export function showPage(page, actions) {
  const dialog = byId("page");
  const owner = { id: "page-" + page.id };
  byId("page-title").textContent = page.title || "Rapport";
  byId("page-body").replaceChildren(...pageParts(owner, page, actions));
  byId("page-close").onclick = () => dialog.close();
  if (!dialog.open) dialog.showModal();
  byId("page-title").focus();
}
export function closePage() { if (byId("page").open) byId("page").close(); }
