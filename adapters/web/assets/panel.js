// The conversation that is open at the desk, and answering in it.
import { newMessageId } from "./link.js";
import { Lines, el, growing, typed, visitorName } from "./lines.js";

const byId = (id) => document.getElementById(id);

export class Panel {
  // send(frame); me(): { name, full_name }; brand(): its name; toast(words)
  constructor({ send, me, brand, toast }) {
    this.send = send;
    this.me = me;
    this.brand = brand;
    this.toast = toast;
    this.channel = "";
    this.name = "";
    this.limit = 4000;
    this.drafts = new Map();  // what was typed but not sent, by conversation
    this.unsent = [];         // [{ id, by, channel, text, reply_to, as_brand, at, problem }]
    this.lines = new Lines(byId("lines"), byId("scroll"), (line) => this.describe(line));
    this.text = byId("text");
    this.fit = growing(this.text, () => this.submit());
    this.text.addEventListener("input", () => this.showHelp());
    byId("composer").addEventListener("submit", (event) => { event.preventDefault(); this.submit(); });
    byId("as-brand").addEventListener("change", () => this.showHelp());
    byId("panel-close").addEventListener("click", () => this.close());
    byId("panel").addEventListener("keydown", (event) => { if (event.key === "Escape") this.close(); });
  }

  describe(line) {
    if (line.who === "visitor") return { own: false, name: visitorName(this.name || line.name, line.author) };
    if (line.who === "brand") return { own: false, name: line.name || this.brand(), tag: "the brand", tagClass: "brand" };
    const own = line.author === "staff:" + this.me().name;
    return { own, name: line.name, tag: own ? "" : "from the team" };
  }

  show(channel, name) {
    this.returnTo = document.activeElement;
    if (this.channel !== channel) {
      this.keepDraft();
      this.channel = channel;
      this.lines.clear();
      this.text.value = this.drafts.get(channel) || "";
      byId("as-brand").checked = false;
    }
    this.name = name;
    this.showHelp();
    byId("panel-empty").hidden = true;
    byId("panel-talk").hidden = false;
    this.listen();
    this.fit();
    byId("panel-title").focus({ preventScroll: true });
  }

  close() {
    if (!this.channel) return;
    this.keepDraft();
    this.channel = "";
    this.send({ type: "leave" });
    byId("panel-talk").hidden = true;
    byId("panel-empty").hidden = false;
    if (this.returnTo && this.returnTo.isConnected) this.returnTo.focus();
    document.dispatchEvent(new CustomEvent("panel-closed"));
  }

  // Somebody else sits down.
  leave() {
    this.close();
    this.drafts.clear();
    this.text.value = "";
  }

  keepDraft() { if (this.channel) this.drafts.set(this.channel, this.text.value); }

  // After each new connection too: hears the conversation again and sends what is not confirmed.
  listen() {
    if (this.channel) this.send({ type: "open", channel: this.channel, after: this.lines.lastId });
  }
  // Whoever sits here now sends their own words only: those of somebody else wait until they sit here again.
  resend() { for (const message of this.mine()) if (!message.problem) this.post(message); }
  mine() { return this.unsent.filter((message) => message.by === this.me().name); }

  onTranscript({ channel, lines, whole }) {
    if (channel !== this.channel) return;
    if (whole) this.lines.clear();
    for (const line of lines) this.lines.put(line);
    for (const message of this.mine()) if (message.channel === channel) this.showUnsent(message);
    this.lines.toEnd();
  }

  onLine({ channel, line }) {
    this.unsent = this.unsent.filter((message) => message.id !== line.id);
    if (channel === this.channel) this.lines.put(line);
  }

  onSent({ id, at }) {
    const message = this.unsent.find((one) => one.id === id);
    this.unsent = this.unsent.filter((one) => one.id !== id);
    if (message && message.channel === this.channel) this.lines.put({ ...this.lineOf(message), at });
  }

  onRefused({ id, text }) {
    const message = this.unsent.find((one) => one.id === id);
    if (!message) return;
    message.problem = text;
    this.showUnsent(message);
  }

  onRenamed(channel, name) {
    if (channel !== this.channel || !name) return;
    this.name = name;
    for (const node of byId("lines").querySelectorAll("[data-who=visitor] .from b")) node.textContent = name;
    this.showHelp();
  }

  showHelp() {
    const person = visitorName(this.name, this.channel);
    const left = this.limit - Array.from(this.text.value).length;
    const asBrand = byId("as-brand").checked;
    byId("panel-title").textContent = person;
    byId("text-label").textContent = "Your answer to " + person;
    this.text.placeholder = "Answer " + person;
    byId("as-brand-words").textContent = "Answer as " + this.brand() + ", not as yourself";
    byId("help").textContent = left < 0 ? -left + " characters too many"
      : asBrand ? person + " will see the official account's name, not yours."
      : person + " will see your name: " + this.me().full_name + ", from the team.";
  }

  lineOf(message) {
    const me = this.me();
    return message.as_brand
      ? { id: message.id, who: "brand", author: "brand", name: this.brand(), text: message.text, at: message.at }
      : { id: message.id, who: "staff", author: "staff:" + me.name, name: me.full_name, text: message.text, at: message.at };
  }

  submit() {
    const words = typed(this.text);
    if (!words || !this.channel || Array.from(words).length > this.limit) return this.text.focus();
    const message = { id: newMessageId(), by: this.me().name, channel: this.channel, text: words, reply_to: this.lines.lastVisitorId,
      as_brand: byId("as-brand").checked, at: Date.now(), problem: "" };
    this.unsent.push(message);
    this.showUnsent(message);
    this.post(message);
    this.text.value = "";
    byId("as-brand").checked = false;  // speaking as the brand is chosen anew each time
    this.drafts.delete(this.channel);
    this.fit();
    this.showHelp();
    this.text.focus();
  }

  post({ id, channel, text, reply_to, as_brand }) { this.send({ type: "say", id, channel, text, reply_to, as_brand }); }

  showUnsent(message) {
    if (message.channel !== this.channel) return;
    const actions = [];
    if (message.problem) {
      const remove = el("button", { type: "button" }, "Remove");
      remove.addEventListener("click", () => {
        this.unsent = this.unsent.filter((one) => one !== message);
        this.lines.remove(message.id);
        this.text.focus();
      });
      actions.push(remove);
    }
    this.lines.put(this.lineOf(message), message.problem ? "failed" : "sending", message.problem, actions);
  }
}
