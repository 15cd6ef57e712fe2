/**
 * `<referral-guide for="form-id">`: what the guide finds in a form, as a panel beside or below it. Importing this module defines the element.
 *
 * Styled from outside by the custom properties `--referral-guide-paper`, `-ink`, `-dim`, `-line`, `-link`, `-focus`, `-required`, `-warning`,
 * `-prompt`, `-info` and `-mark`, and by `::part(panel | title | empty | list | finding | tag | message | quote | button | why | source)`.
 * `highlight="off"` leaves the words in the fields unmarked.
 *
 * @example
 * <form id="report">…</form>
 * <referral-guide for="report"></referral-guide>
 */
import { attach, attachmentOf } from "./attach.js";
import { Highlights } from "./highlights.js";
import { sheet } from "./element-style.js";

/**
 * @import { Attachment, AttachOptions } from "./attach.js"
 * @import { MapOptions } from "./form-map.js"
 * @import { Evidence, Finding } from "./types.js"
 */

/** The panel's own words; set `element.labels` for others. */
export const LABELS = {
  title: "Guidance",
  waiting: "This fills in as you write.",
  quiet: "Nothing more on what you have filled in so far.",
  off: "Guidance is off for the moment. The form still works.",
  required: "Needed",
  warning: "Check",
  prompt: "Worth a look",
  info: "Note",
  show: "Show me",
  why: "Why",
  answer: "Give a reason instead",
  reason: "Your reason",
  keep: "Keep this reason",
  answered: "You gave a reason.",
  more: "more",
};

const MOST_QUOTES = 4;

// Where there is no page, as on a server, the class is there and does nothing.
const Base = /** @type {typeof HTMLElement} */ (typeof HTMLElement === "undefined" ? class {} : HTMLElement);

/**
 * The panel.
 */
export class ReferralGuideElement extends Base {
  static observedAttributes = ["for", "highlight"];
  /** The panel's words. */
  labels = { ...LABELS };
  /** @type {Attachment | null} */
  #attachment = null;
  /** @type {HTMLElement | null} */
  #form = null;
  #stop = new AbortController();
  #highlights = new Highlights();
  #parts;

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [sheet()];
    const title = el("h2", "title");
    const empty = el("p", "empty");
    const list = el("ul", "list");
    const spoken = el("p", "");
    spoken.className = "spoken";
    spoken.setAttribute("role", "status");
    const panel = el("section", "panel");
    title.id = "title";
    panel.setAttribute("aria-labelledby", "title");
    panel.append(title, empty, list);
    root.append(panel, spoken);
    this.#parts = { title, empty, list, spoken };
  }

  connectedCallback() {
    this.#connect();
  }

  disconnectedCallback() {
    this.#stop.abort();
    this.#highlights.clear();
  }

  attributeChangedCallback() {
    if (this.isConnected) this.#connect();
  }

  /** What is attached to the panel's form; null where nothing is yet. */
  get attachment() {
    return this.#attachment;
  }

  /**
   * Shows what is found in a form. With options, attaches the guide to it first.
   *
   * @param {HTMLElement} form
   * @param {AttachOptions & MapOptions} [options]
   */
  attachTo(form, options) {
    this.#form = form;
    if (options) attach(form, options);
    if (this.isConnected) this.#connect();
  }

  #connect() {
    this.#stop.abort();
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    const id = this.getAttribute("for");
    const root = /** @type {Document | ShadowRoot} */ (this.getRootNode());
    const form = this.#form ?? (id ? root.getElementById(id) : this.closest("form"));
    const take = () => {
      this.#attachment = form ? (attachmentOf(form) ?? null) : null;
      this.#show();
    };
    // The form may stand below this element, and the guide may come later than both.
    if (!form) document.addEventListener("referral-guide:attached", () => this.#connect(), { signal });
    for (const what of ["attached", "report", "detached"]) form?.addEventListener(`referral-guide:${what}`, take, { signal });
    take();
  }

  #show() {
    const { title, empty, list, spoken } = this.#parts;
    const labels = this.labels;
    const attachment = this.#attachment;
    const findings = attachment?.findings ?? [];
    setText(title, labels.title);
    const touched = attachment?.hasBegun ?? false;
    setText(empty, !attachment || attachment.report ? (touched ? labels.quiet : labels.waiting) : labels.off);
    empty.hidden = findings.length > 0;
    list.hidden = findings.length === 0;
    this.#reconcile(list, attachment, findings);
    const news = (attachment?.news ?? []).filter(({ overridden }) => !overridden);
    const said = news.slice(0, 2).map((finding) => `${labels[finding.severity]}: ${finding.message}`);
    if (news.length > 2) said.push(`${news.length - 2} ${labels.more}.`);
    if (said.length > 0) setText(spoken, said.join(" "));
    if (this.getAttribute("highlight") === "off" || !attachment) this.#highlights.clear();
    else this.#highlights.show(attachment, findings);
  }

  /** Touches only what changed, so that an opened "Why" stays open and a reason half written stays. @param {HTMLElement} list @param {Attachment | null} attachment @param {Finding[]} findings */
  #reconcile(list, attachment, findings) {
    const old = this.#items;
    this.#items = new Map();
    let at = 0;
    for (const finding of findings) {
      if (!attachment) break;
      const words = quotesOf(attachment, finding);
      const key = `${finding.code} ${finding.path}`;
      const sign = JSON.stringify([finding.severity, finding.message, finding.overridden, words.map(({ quote }) => quote)]);
      const before = old.get(key);
      // What it points at may have moved though the words are the same.
      const state = before?.sign === sign ? before : { sign, item: el("li", "finding"), finding, words };
      state.finding = finding;
      state.words = words;
      if (state !== before) this.#fill(state, attachment, before?.item);
      this.#items.set(key, state);
      if (list.children[at] !== state.item) list.insertBefore(state.item, list.children[at] ?? null);
      at += 1;
    }
    while (list.children.length > at) list.lastElementChild?.remove();
  }
  /** @type {Map<string, Item>} */
  #items = new Map();

  /**
   * @typedef {{ sign: string, item: HTMLElement, finding: Finding, words: { evidence: Evidence, quote: string }[] }} Item
   * @param {Item} state
   * @param {Attachment} attachment
   * @param {HTMLElement} [before]
   */
  #fill(state, attachment, before) {
    const { item, finding, words } = state;
    const labels = this.labels;
    item.dataset.severity = finding.severity;
    item.dataset.code = finding.code;
    item.dataset.path = finding.path;
    const message = el("p", "message");
    message.append(el("strong", "tag", labels[finding.severity]), " ", finding.message);
    item.append(message);
    if (finding.overridden) item.append(el("p", "answered", labels.answered));
    if (words.length > 0) {
      const quotes = document.createElement("ul");
      quotes.className = "quotes";
      words.forEach(({ quote }, index) => {
        const line = el("li", "quote");
        line.append(
          el("q", "", inOneLine(quote)),
          " ",
          this.#button(`${labels.show}`, inOneLine(quote), () => attachment.goTo(state.finding, state.words[index]?.evidence)),
        );
        quotes.append(line);
      });
      item.append(quotes);
    } else if (attachment.element(finding.path)) {
      item.append(this.#button(labels.show, finding.message, () => attachment.goTo(state.finding)));
    }
    if (finding.why || finding.source) item.append(details("why", labels.why, finding.message, el("p", "", finding.why), el("p", "source", finding.source)));
    if (finding.severity === "required" && !finding.overridden) item.append(this.#answer(state, attachment));
    const open = new Set([...(before?.querySelectorAll("details[open]") ?? [])].map(({ className }) => className));
    for (const one of item.querySelectorAll("details")) one.open = open.has(one.className);
    const half = before?.querySelector("textarea")?.value;
    const area = item.querySelector("textarea");
    if (area && half) area.value = half;
  }

  /** @param {Item} state @param {Attachment} attachment */
  #answer(state, attachment) {
    const area = document.createElement("textarea");
    area.rows = 2;
    area.setAttribute("part", "reason");
    const label = document.createElement("label");
    label.append(this.labels.reason, area);
    const keep = this.#button(this.labels.keep, state.finding.message, () => {
      if (area.value.trim() === "") area.focus();
      else attachment.override(state.finding, area.value);
    });
    return details("answer", this.labels.answer, state.finding.message, label, keep);
  }

  /** @param {string} text @param {string} about for those who hear the button by itself @param {() => void} act */
  #button(text, about, act) {
    const button = /** @type {HTMLButtonElement} */ (el("button", "button", text));
    button.type = "button";
    const hidden = el("span", "", `: ${about}`);
    hidden.className = "spoken";
    button.append(hidden);
    button.addEventListener("click", act);
    return button;
  }
}

/** @param {Attachment} attachment @param {Finding} finding */
function quotesOf(attachment, finding) {
  const seen = new Set();
  return finding.evidence
    .flatMap((evidence) => {
      const quote = attachment.quote(evidence)?.quote ?? "";
      const key = `${evidence.path} ${evidence.start} ${evidence.end}`;
      if (quote.trim() === "" || seen.has(key)) return [];
      seen.add(key);
      return [{ evidence, quote }];
    })
    .slice(0, MOST_QUOTES);
}

/** A quote is a line, however long the text. @param {string} text */
const inOneLine = (text) => {
  const line = text.slice(0, 400).replace(/\s+/g, " ").trim();
  return text.length > 400 ? `${line}…` : line;
};

/** @param {string} name @param {string} summary @param {string} about @param {...Node} children */
function details(name, summary, about, ...children) {
  const element = document.createElement("details");
  element.className = name;
  element.setAttribute("part", name);
  const line = el("summary", "", summary);
  const hidden = el("span", "", `: ${about}`);
  hidden.className = "spoken";
  line.append(hidden);
  element.append(line, ...children);
  return element;
}

/** @param {string} tag @param {string} part @param {string} [text] */
function el(tag, part, text = "") {
  const element = document.createElement(tag);
  if (part) element.setAttribute("part", part);
  if (text) element.textContent = text;
  return element;
}

/** @param {HTMLElement} element @param {string} text */
function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

if (typeof customElements !== "undefined" && !customElements.get("referral-guide")) customElements.define("referral-guide", ReferralGuideElement);
