// The desk's one dialog: a question before a press, or a form. Only one is open at a time; others wait.
import { el } from "./lines.js";

const byId = (id) => document.getElementById(id);
let queue = Promise.resolve();

// Asks; resolves to whether the answer was yes.
export function ask(question, yes) {
  return enqueue({ title: question, ok: yes, body: [] }).then((answer) => answer !== null);
}

// Shows a form; resolves to its values, or null if it was cancelled.
export function askForm(form, roster) {
  const inputs = form.fields.map((field) => inputFor(field, roster));
  const words = form.text ? [el("p", {}, form.text)] : [];
  const body = words.concat(form.fields.flatMap((field, i) => {
    const id = inputs[i].id;
    const parts = [el("label", { for: id }, field.label + (field.required ? "" : " (optional)")), inputs[i]];
    if (field.hint) {
      parts.push(el("p", { class: "quiet", id: id + "-hint" }, field.hint));
      inputs[i].setAttribute("aria-describedby", id + "-hint");
    }
    if (field.problem) parts.push(el("p", { class: "problem", role: "alert" }, field.problem));
    return parts;
  }));
  return enqueue({ title: form.title, ok: form.submit || "Send", body }).then((answer) => {
    if (answer === null) return null;
    return Object.fromEntries(form.fields.map((field, i) => [field.id, valueOf(field, inputs[i], form.for_office)]));
  });
}

function inputFor(field, roster) {
  const shared = { id: "field-" + field.id, name: field.id, required: field.required };
  const options = field.options.length ? field.options
    : field.kind === "person" ? roster.map((person) => ({ label: person.full_name, value: person.name })) : [];
  const value = field.value || "";
  if (options.length) {
    const empty = field.required ? [] : [el("option", { value: "" }, "–")];
    return el("select", shared, ...empty, ...options.map((option) => el("option", { value: option.value, selected: option.value === value }, option.label)));
  }
  if (field.kind === "time") return el("input", { ...shared, type: "datetime-local", value: value.replace(" ", "T") });
  if (field.kind === "text") return el("textarea", { ...shared, rows: "3" }, value);
  return el("input", { ...shared, type: "text" });
}

// Times go out in UTC, as 2026-11-22T20:00:00.000Z; to the office as they are on the reader's clock, 2026-11-22 21:00.
function valueOf(field, input, forOffice) {
  if (field.kind === "time" && forOffice) return input.value.replace("T", " ");
  if (field.kind === "time" && input.type === "datetime-local") return input.value ? new Date(input.value).toISOString() : "";
  return input.value;
}

function enqueue(content) {
  const shown = queue.then(() => show(content));
  queue = shown.catch(() => null);
  return shown;
}

// A card may have been drawn anew while the question was open: then the same button of the same card is meant.
function stillThere(element) {
  if (!element || element.isConnected) return element;
  const card = element.closest("[data-id]")?.dataset.id;
  const key = element.closest("[data-key]")?.dataset.key;
  if (!card || !key) return null;
  return document.querySelector(`[data-id="${CSS.escape(card)}"] [data-key="${CSS.escape(key)}"]`);
}

function show({ title, ok, body }) {
  const dialog = byId("dialog");
  const returnTo = document.activeElement;
  byId("dialog-title").textContent = title;
  byId("dialog-ok").textContent = ok;
  byId("dialog-body").replaceChildren(...body);
  return new Promise((resolve) => {
    let answer = null;
    byId("dialog-form").onsubmit = () => { answer = true; };
    byId("dialog-cancel").onclick = () => dialog.close();
    dialog.onclose = () => {
      stillThere(returnTo)?.focus();
      resolve(answer);
    };
    dialog.showModal();
  });
}
