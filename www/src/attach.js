/**
 * The guide on a form that is there already: reads it by a map of its field names, and says what it finds by events, by the field's own
 * description and, where asked, by its validity. It never changes a value, and the form is sent whenever the officer sends it.
 *
 * @example
 * import { loadGuide } from "referral-guide";
 * import { attach } from "referral-guide/attach";
 * const attachment = attach(document.forms.report, {
 *   guide: await loadGuide(),
 *   base: { formType: "child-concern" },
 *   map: { circs: "/incident/narrative", "kid-{n}-name": "/children/{n}/name", "kid-{n}-impact": "/children/{n}/impact" },
 * });
 */
import { askForReason } from "./blocked.js";
import { controlsOf, goTo } from "./controls.js";
import { fieldReader } from "./form-map.js";
import { resolvePointer } from "./pointer.js";

/**
 * @import { Control } from "./controls.js"
 * @import { MapOptions, Reading } from "./form-map.js"
 * @import { Evidence, Finding, Override, Report, Severity } from "./types.js"
 */

/**
 * @typedef {object} AttachOptions
 * @property {{ check(form: Record<string, unknown>): Report }} guide From `loadGuide`.
 * @property {Severity} [severity] The least that is shown. Default: "info", everything.
 * @property {number} [debounce] Milliseconds of rest before the form is read; three times that in the middle of a word. Default: 500.
 * @property {"touched" | "all"} [show] "touched" speaks only of fields the officer has been in; "all" of every field. Default: "touched".
 * @property {boolean} [describe] Tie the messages to their fields for screen readers. Default: true.
 * @property {boolean} [validity] Put open `required` findings into the fields' own validity, for `:invalid` and `checkValidity()`. A submit button
 *   still submits. A script's `requestSubmit()` asks for validity, and is answered. Default: false.
 * @property {boolean} [blockOnRequired] Ask for a reason before a form with open `required` findings is sent. Default: false.
 * @property {string} [overridesName] Name under which reasons given go along with the form, as JSON. Default: "referralGuideOverrides".
 * @property {Partial<typeof import("./blocked.js").WORDS>} [words] Words of the question for a reason.
 * @property {(attachment: Attachment) => void} [onreport] Called after each reading, as the event `referral-guide:report` is.
 */

/** @type {WeakMap<HTMLElement, Attachment>} */
const attachments = new WeakMap();

/** @type {readonly Severity[]} */
const SEVERITIES = ["required", "warning", "prompt", "info"];

/** What is attached to a form, if anything is. @param {HTMLElement} form @returns {Attachment | undefined} */
export const attachmentOf = (form) => attachments.get(form);

/**
 * Attaches a guide to a form, or to any element with fields in it. An earlier attachment to it is detached.
 *
 * The form then fires `referral-guide:attached`, `referral-guide:report` after each reading (`detail` is the attachment),
 * `referral-guide:finding` for each finding newly shown (`detail: { finding, element }`) and `referral-guide:detached`. With `blockOnRequired`
 * it fires `referral-guide:blocked` (`detail: { findings, override(reason), submit() }`); a host that calls `preventDefault()` on it asks for the reason itself.
 *
 * @param {HTMLElement} form
 * @param {AttachOptions & MapOptions} options
 * @returns {Attachment}
 * @throws {TypeError} where the map leads nowhere.
 */
export function attach(form, options) {
  const read = /** @type {(fields: Iterable<Control>) => Reading<Control>} */ (fieldReader(options));
  attachments.get(form)?.detach();
  const attachment = new Attachment(form, options, read);
  attachments.set(form, attachment);
  say(form, "attached", attachment);
  attachment.check();
  return attachment;
}

/** @param {EventTarget} target @param {string} what @param {unknown} detail @param {boolean} [cancelable] */
function say(target, what, detail, cancelable = false) {
  return target.dispatchEvent(new CustomEvent(`referral-guide:${what}`, { bubbles: true, composed: true, cancelable, detail }));
}

/** @param {Finding} finding */
const isOpen = (finding) => finding.severity === "required" && !finding.overridden;

/**
 * A guide at work on a form. Made by {@link attach}.
 */
export class Attachment {
  /** @type {HTMLElement} */
  form;
  /** The last report; null before the first reading or where the guide failed. @type {Report | null} */
  report = null;
  /** The findings that are shown now. @type {Finding[]} */
  findings = [];
  /** Those of them that were not shown before the last reading. @type {Finding[]} */
  news = [];
  #options;
  #read;
  /** @type {Reading<Control>} */
  #reading;
  /** @type {Set<string>} */
  #shown = new Set();
  /** @type {WeakSet<Element>} */
  #touched = new WeakSet();
  #all;
  /** @type {{ code: string, lasting: string, reason: string }[]} */
  #reasons = [];
  /** @type {WeakMap<Element, string>} */
  #keys = new WeakMap();
  #nextKey = 1;
  #composing = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #stop = new AbortController();
  #watcher;
  #marks;

  /**
   * @param {HTMLElement} form
   * @param {AttachOptions & MapOptions} options
   * @param {(fields: Iterable<Control>) => Reading<Control>} read
   */
  constructor(form, options, read) {
    this.form = form;
    this.#options = options;
    this.#read = read;
    this.#all = options.show === "all";
    this.#marks = new Marks(form, options.describe !== false, options.validity === true);
    this.#reading = this.#readForm();
    const { signal } = this.#stop;
    const on = (/** @type {string} */ type, /** @type {(event: any) => void} */ listener) => form.addEventListener(type, listener, { signal, capture: true });
    on("input", (event) => this.#typed(event));
    on("change", (event) => this.#left(event));
    on("focusout", (event) => this.#left(event));
    on("compositionstart", () => {
      this.#composing = true;
      clearTimeout(this.#timer);
    });
    on("compositionend", (event) => {
      this.#composing = false;
      this.#typed(event);
    });
    on("reset", () => {
      this.#touched = new WeakSet();
      this.#all = options.show === "all";
      this.#reasons = [];
      this.#schedule(0);
    });
    // The browser asks the fields between this click and the submit: with nothing said of ours, it goes ahead.
    on("click", (event) => {
      const button = event.target instanceof Element ? event.target.closest("button, input") : null;
      if (options.validity !== true || !(button instanceof HTMLButtonElement || button instanceof HTMLInputElement)) return;
      if (button.form !== form || (button.type !== "submit" && button.type !== "image")) return;
      this.#marks.pauseValidity();
      setTimeout(() => this.#marks.resumeValidity(), 0);
    });
    on("submit", (event) => this.#sending(event));
    on("formdata", (event) => {
      const overrides = this.overrides;
      if (overrides.length > 0) event.formData.append(options.overridesName ?? "referralGuideOverrides", JSON.stringify(overrides));
    });
    // Children that are added, taken away or numbered anew.
    this.#watcher = new MutationObserver((records) => {
      const theirs = records.some(({ target }) => !(target instanceof Element && target.closest("referral-guide, [data-referral-guide]")));
      if (theirs) this.#schedule(this.#debounce);
    });
    this.#watcher.observe(form, { subtree: true, childList: true, attributes: true, attributeFilter: ["name", "disabled"] });
  }

  get #debounce() {
    return this.#options.debounce ?? 500;
  }

  /** The reasons given, as the contract has them; put them into the form where it is sent by other means than its own submit. @returns {Override[]} */
  get overrides() {
    return this.#reasons.flatMap(({ code, lasting, reason }) => {
      const path = this.#reading.current(lasting);
      return path === undefined ? [] : [{ code, path, reason }];
    });
  }

  /** Has the officer been in any field that the guide reads? */
  get hasBegun() {
    return this.#all || this.#reading.fieldsWithin("").some(({ element }) => this.#touched.has(element));
  }

  /** The form as it was last read. @returns {Record<string, unknown>} */
  get referral() {
    return this.#reading.referral;
  }

  /** The field that a pointer stands for, or the first one below it. @param {string} pointer @returns {HTMLElement | undefined} */
  element(pointer) {
    return (this.#reading.fields(pointer)[0] ?? this.#reading.fieldsWithin(pointer)[0])?.element;
  }

  /** The words of a piece of evidence, and the field that holds them. @param {Evidence} evidence */
  quote(evidence) {
    const text = resolvePointer(this.referral, evidence.path);
    const part = this.#reading.locate(evidence);
    if (typeof text !== "string" || !part) return undefined;
    const { field, start, end } = part;
    return { element: field.element, start, end, quote: field.value.slice(start, end) };
  }

  /** Goes to a finding's field or, given evidence, to its words. @param {Finding} finding @param {Evidence} [evidence] */
  goTo(finding, evidence) {
    const words = evidence && this.quote(evidence);
    const element = words?.element ?? this.element(evidence?.path ?? finding.path);
    if (element) goTo(element, words);
  }

  /**
   * Answers a finding with a reason, and reads the form again. An empty reason takes an earlier one back.
   *
   * @param {Finding} finding
   * @param {string} reason
   */
  override(finding, reason) {
    this.#answer(finding, reason);
    this.check();
  }

  /** From here on speaks of every field, seen or not. */
  showAll() {
    this.#all = true;
    this.check();
  }

  /** Reads the form now. Call it after a script has filled in a field. */
  check() {
    clearTimeout(this.#timer);
    if (this.#stop.signal.aborted) return;
    this.#reading = this.#readForm();
    const overrides = this.overrides;
    if (overrides.length > 0) {
      const own = this.#reading.referral.overrides;
      this.#reading.referral.overrides = [...(Array.isArray(own) ? own : []), ...overrides];
    }
    try {
      this.report = this.#options.guide.check(this.#reading.referral);
    } catch {
      this.report = null;
    }
    const least = SEVERITIES.indexOf(this.#options.severity ?? "info");
    this.findings = (this.report?.findings ?? []).filter((finding) => SEVERITIES.indexOf(finding.severity) <= least && this.#isDue(finding));
    const before = this.#shown;
    const keyOf = (/** @type {Finding} */ { code, path }) => `${code} ${this.#reading.lasting(path)}`;
    this.#shown = new Set(this.findings.map(keyOf));
    this.news = this.findings.filter((finding) => !before.has(keyOf(finding)));
    this.#marks.show(this.findings, (pointer) => this.#reading.fields(pointer).filter(({ element }) => this.#all || this.#touched.has(element)));
    say(this.form, "report", this);
    this.#options.onreport?.(this);
    for (const finding of this.news) {
      const element = this.element(finding.path);
      say(element ?? this.form, "finding", { finding, element });
    }
  }

  /** Takes the guide off the form and leaves everything as it was. */
  detach() {
    if (this.#stop.signal.aborted) return;
    clearTimeout(this.#timer);
    this.#stop.abort();
    this.#watcher.disconnect();
    this.#marks.remove();
    if (attachments.get(this.form) === this) attachments.delete(this.form);
    say(this.form, "detached", this);
  }

  #readForm() {
    return this.#read(
      controlsOf(this.form, this.#options.groups ?? [], (item) => {
        const key = this.#keys.get(item) ?? `item-${this.#nextKey++}`;
        this.#keys.set(item, key);
        return key;
      }),
    );
  }

  /** A finding is due once the officer has been in what it is about, or in the words it rests on. @param {Finding} finding */
  #isDue({ code, path, evidence, related = [] }) {
    if (this.#all || code === "guide.unavailable") return true;
    const own = this.#reading.fields(path);
    const about = own.length > 0 ? own : this.#reading.fieldsWithin(path);
    const rests = [...evidence.map(({ path }) => path), ...related].flatMap((at) => this.#reading.fields(at));
    const touched = [...about, ...rests].some(({ element }) => this.#touched.has(element));
    // What no field stands for, such as an empty list of children, is about the whole form.
    return touched || (about.length === 0 && this.#reading.fieldsWithin("").some(({ element }) => this.#touched.has(element)));
  }

  /** The mapped field of an event. @param {Event} event @returns {HTMLElement | undefined} */
  #fieldOf(event) {
    const { target } = event;
    const isField = (/** @type {Control} */ { element }) =>
      element === target || (element.isContentEditable && target instanceof Node && element.contains(target));
    // A field that was added just now has not been read yet.
    if (this.#reading.pointersOf(isField).length === 0) this.#reading = this.#readForm();
    const [pointer] = this.#reading.pointersOf(isField);
    return pointer === undefined ? undefined : this.#reading.fields(pointer).length > 0 ? /** @type {HTMLElement} */ (target) : undefined;
  }

  /** @param {InputEvent | CompositionEvent} event */
  #typed(event) {
    const field = this.#fieldOf(event);
    if (!field) return;
    this.#touched.add(field);
    if (this.#composing || /** @type {InputEvent} */ (event).isComposing) return clearTimeout(this.#timer);
    this.#schedule(isMidWord(field) ? 3 * this.#debounce : this.#debounce);
  }

  /** @param {Event} event */
  #left(event) {
    const field = this.#fieldOf(event);
    if (!field) return;
    this.#touched.add(field);
    this.#composing = false;
    // A row's number may be given after the event.
    this.#schedule(0);
  }

  /** @param {number} wait */
  #schedule(wait) {
    clearTimeout(this.#timer);
    if (!this.#composing) this.#timer = setTimeout(() => this.check(), wait);
  }

  /** @param {Finding} finding @param {string} reason */
  #answer({ code, path }, reason) {
    const lasting = this.#reading.lasting(path);
    this.#reasons = this.#reasons.filter((one) => one.code !== code || one.lasting !== lasting);
    if (reason.trim() !== "") this.#reasons.push({ code, lasting, reason: reason.trim() });
  }

  /** @param {SubmitEvent} event */
  #sending(event) {
    if (event.target !== this.form) return;
    this.#all = true;
    this.check();
    const open = (this.report?.findings ?? []).filter(isOpen);
    if (this.#options.blockOnRequired !== true || open.length === 0) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    // Not at once: while a form is being submitted, it cannot be submitted.
    const submit = () => {
      setTimeout(() => {
        this.#marks.pauseValidity();
        HTMLFormElement.prototype.requestSubmit.call(this.form, event.submitter);
        this.#marks.resumeValidity();
      }, 0);
    };
    const override = (/** @type {string} */ reason) => {
      for (const finding of open) this.#answer(finding, reason);
      this.check();
    };
    if (!say(this.form, "blocked", { findings: open, override, submit }, true)) return;
    askForReason(this.form, open, this.#options.words ?? {}, (reason) => {
      override(reason);
      submit();
    });
  }
}

/** Is the caret behind a letter? @param {HTMLElement} element */
function isMidWord(element) {
  if (!(element instanceof HTMLTextAreaElement || (element instanceof HTMLInputElement && element.type === "text"))) return false;
  const at = element.selectionEnd ?? element.value.length;
  return /[\p{L}\p{M}\p{N}'’]$/u.test(element.value.slice(Math.max(0, at - 2), at));
}

/** What is written on the fields themselves, and taken off again. */
class Marks {
  #form;
  #describe;
  #validity;
  #notes = document.createElement("div");
  /** @type {Map<HTMLElement, { note: HTMLElement, invalid: string | null | undefined, message: string }>} */
  #marked = new Map();

  /** @param {HTMLElement} form @param {boolean} describe @param {boolean} validity */
  constructor(form, describe, validity) {
    this.#form = form;
    this.#describe = describe;
    this.#validity = validity;
    this.#notes.hidden = true;
    this.#notes.setAttribute("data-referral-guide", "");
  }

  /** @param {Finding[]} findings @param {(pointer: string) => Control[]} fieldsAt */
  show(findings, fieldsAt) {
    /** @type {Map<HTMLElement, { messages: string[], required: string[] }>} */
    const wanted = new Map();
    for (const finding of findings) {
      if (finding.overridden) continue;
      for (const { element } of fieldsAt(finding.path)) {
        const of = wanted.get(element) ?? { messages: [], required: [] };
        wanted.set(element, of);
        of.messages.push(finding.message);
        if (isOpen(finding)) of.required.push(finding.message);
      }
    }
    for (const element of [...this.#marked.keys()]) if (!wanted.has(element)) this.#clear(element);
    for (const [element, { messages, required }] of wanted) this.#mark(element, messages.join(" "), required.join(" "));
  }

  remove() {
    for (const element of [...this.#marked.keys()]) this.#clear(element);
    this.#notes.remove();
  }

  pauseValidity() {
    for (const [element, { message }] of this.#marked) if (message) setValidity(element, message, "");
  }

  resumeValidity() {
    for (const [element, { message }] of this.#marked) if (message) setValidity(element, "", message);
  }

  /** @param {HTMLElement} element @param {string} text @param {string} required */
  #mark(element, text, required) {
    let mark = this.#marked.get(element);
    if (!mark) {
      mark = { note: document.createElement("span"), invalid: undefined, message: "" };
      mark.note.id = `referral-guide-note-${nextNote++}`;
      this.#marked.set(element, mark);
      if (this.#describe) {
        if (!this.#notes.isConnected) this.#form.append(this.#notes);
        this.#notes.append(mark.note);
        element.setAttribute("aria-describedby", [...tokens(element), mark.note.id].join(" "));
      }
    }
    if (mark.note.textContent !== text) mark.note.textContent = text;
    if (this.#describe && required && mark.invalid === undefined) {
      mark.invalid = element.getAttribute("aria-invalid");
      element.setAttribute("aria-invalid", "true");
    } else if (!required) restoreInvalid(element, mark);
    if (this.#validity && mark.message !== required) {
      setValidity(element, mark.message, required);
      mark.message = required;
    }
  }

  /** @param {HTMLElement} element */
  #clear(element) {
    const mark = this.#marked.get(element);
    if (!mark) return;
    this.#marked.delete(element);
    mark.note.remove();
    const left = tokens(element).filter((id) => id !== mark.note.id);
    if (left.length > 0) element.setAttribute("aria-describedby", left.join(" "));
    else element.removeAttribute("aria-describedby");
    restoreInvalid(element, mark);
    if (mark.message) setValidity(element, mark.message, "");
  }
}

let nextNote = 1;

/** @param {Element} element */
const tokens = (element) => (element.getAttribute("aria-describedby") ?? "").split(/\s+/).filter(Boolean);

/** @param {Element} element @param {{ invalid: string | null | undefined }} mark */
function restoreInvalid(element, mark) {
  if (mark.invalid === undefined) return;
  if (mark.invalid === null) element.removeAttribute("aria-invalid");
  else element.setAttribute("aria-invalid", mark.invalid);
  mark.invalid = undefined;
}

/** A message of the host's own stays. @param {HTMLElement} element @param {string} old @param {string} message */
function setValidity(element, old, message) {
  const field = /** @type {Partial<HTMLInputElement>} */ (element);
  if (!field.setCustomValidity || (field.validity?.customError && field.validationMessage !== old)) return;
  field.setCustomValidity(message);
}
