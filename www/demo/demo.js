// The page: builds the form, listens, asks the guide, shows what it says. Nothing is sent; nothing is stored unless the officer ticks it.

import { buildSections, buildSend, cardTitle } from "./build.js";
import { around, button, byId, every, h, idFor, setText, within } from "./dom.js";
import { countDash, listenForAnswers, nextUnanswered } from "./dash.js";
import { addItem, getAt, giveReason, putBack, readForm, removeItem, setAt, writeForm } from "./form-model.js";
import { FORMS } from "./forms.js";
import { targetFor } from "./go-to.js";
import { sayIn, showReport } from "./guidance.js";
import { heldBack, speakStatus } from "./impact.js";
import { forget, keepForTab, kept } from "./keep.js";
import { workOffline } from "./offline.js";
import { guideFor, policyChoices } from "./policies.js";
import { SAMPLES } from "./samples.js";
import { showSent } from "./sent.js";
import { holdStill } from "./still.js";
import { reasonsGiven, showSummary } from "./summary.js";
import { buildThreshold } from "./threshold.js";

/** @typedef {import("./form-model.js").Form} Form */
/** @typedef {import("../src/types.js").Report} Report */
/** What was on the page. @typedef {{ form: Form, visited: string[], submitted: boolean, dirty: boolean, sample: string }} Page */

/** Milliseconds of rest before a check; in the middle of a word it waits for more of it. */
const PAUSE = 400;
const PAUSE_IN_WORD = 1500;
const root = byId("form", "form");
const quietBox = byId("quiet", "input");
const keepBox = byId("keep", "input");

const state = {
  form: /** @type {Form} */ ({ formType: "domestic-abuse" }),
  /** Sections, and texts by their pointer, that the officer has been in. */
  visited: /** @type {Set<string>} */ (new Set()),
  submitted: false,
  voice: /** @type {import("./policies.js").Voice | null} */ (null),
  choice: /** @type {import("./policies.js").Choice | undefined} */ (undefined),
  report: /** @type {Report | null} */ (null),
  checked: /** @type {Form | null} */ (null),
  undo: /** @type {Page | null} */ (null),
  removed: /** @type {{ pointer: string, index: number, item: Form, reasons: Form[], title: string } | null} */ (null),
  dirty: false,
  isKept: false,
  sample: "",
};

// --- the form on the page ---------------------------------------------------------------------------------------

/** @type {import("./build.js").Actions} */
const actions = {
  add(field) {
    keep();
    addItem(state.form, field.repeat, field.prefix);
    const index = getAt(state.form, field.repeat).length - 1;
    state.dirty = true;
    draw();
    targetFor(`${field.repeat}/${index}/${field.items[0]?.at}`)?.focus();
    schedule();
  },
  remove(field, index) {
    keep();
    closeSummary();
    const item = getAt(state.form, field.repeat)[index];
    const reasons = removeItem(state.form, field.repeat, index);
    state.removed = { pointer: field.repeat, index, item, reasons, title: cardTitle(field, item, index) };
    state.dirty = true;
    draw();
    byId("bring-back").focus();
    schedule();
  },
  /** Where something was taken out, it can be put back: what was typed since stays. */
  undoIn(pointer) {
    const { removed } = state;
    if (removed?.pointer !== pointer) return null;
    const bringBack = () => {
      keep();
      const index = putBack(state.form, pointer, removed.index, removed.item, removed.reasons);
      state.removed = null;
      closeSummary();
      draw();
      within(root, `[data-title="${CSS.escape(`${pointer}/${index}`)}"]`).focus();
      schedule();
    };
    return h(
      "p",
      { class: "undo" },
      `${removed.title} removed. `,
      button("Undo", { class: "link govuk-link", id: "bring-back", on: { click: bringBack } }, `and bring back ${removed.title}`),
    );
  },
};

/** Reads the page into the form, with the reasons that were given; the guide then counts those findings as answered. */
function keep() {
  state.form = readForm(root, state.form);
  for (const given of reasonsGiven()) giveReason(state.form, given, given.reason);
}

/** Builds the page from the form. */
function draw() {
  const formType = /** @type {import("./forms.js").FormType} */ (state.form.formType);
  root.replaceChildren(h("div", { class: "sections" }, buildSections(formType, state.form, actions)), buildThreshold(), buildSend());
  writeForm(root, state.form);
  for (const note of every(root, "[data-note]")) {
    const pointer = note.dataset.note ?? "";
    showNote(pointer, Boolean(getAt(state.form, `${pointer}/detail`)) || pointer.endsWith("/q3"));
  }
  setText(byId("form-title"), FORMS[formType].title);
  byId("form-type", "select").value = formType;
  speakStatus(root, !quiet());
  countDash(root);
  if (state.report) show(false);
}

/** @param {string} pointer @param {boolean} open */
function showNote(pointer, open) {
  within(root, `[data-note="${CSS.escape(pointer)}"]`).hidden = !open;
  root.querySelector(`[data-note-for="${CSS.escape(pointer)}"]`)?.setAttribute("aria-expanded", String(open));
}

/** Puts another form on the page. @param {Form} form @param {string[]} [visited] */
function load(form, visited = []) {
  state.form = structuredClone(form);
  state.visited = new Set(visited);
  state.submitted = false;
  state.report = null;
  state.removed = null;
  state.dirty = false;
  closeSummary();
  byId("sent-place").replaceChildren();
  root.hidden = false;
  draw();
  check(false);
}

/** Keeps what is on the page for one press of "Undo". @param {string} text */
function offerUndo(text) {
  const { form, visited, submitted, dirty, sample } = state;
  state.undo = { form: structuredClone(form), visited: [...visited], submitted, dirty, sample };
  setText(byId("undo-text"), text);
  byId("undo-line").hidden = false;
}

/** @param {string} id */
function showSample(id) {
  state.sample = id;
  byId("sample", "select").value = id;
  setText(byId("sample-about"), SAMPLES.find((sample) => sample.id === id)?.about ?? "");
}

// --- asking the guide -------------------------------------------------------------------------------------------

/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
let held = false;
let composing = false;

/** Checks once typing has stopped. Never while a finger or button is down: what it is on must not move. Never within a character that is composed. */
function schedule(wait = midWord() ? PAUSE_IN_WORD : PAUSE) {
  clearTimeout(timer);
  timer = setTimeout(() => (held || composing ? schedule(80) : check(true)), wait);
}

/** Whether the caret stands right behind a letter, as while a word is typed. */
function midWord() {
  const at = document.activeElement;
  if (!(at instanceof HTMLTextAreaElement) || at.selectionStart !== at.selectionEnd) return false;
  return /[\p{L}\p{M}\p{N}'’]$/u.test(at.value.slice(Math.max(0, at.selectionStart - 2), at.selectionStart));
}

/** @param {boolean} speak */
function check(speak) {
  clearTimeout(timer);
  keep();
  keepTyped();
  countDash(root);
  if (!state.voice) return;
  state.checked = structuredClone(state.form);
  const report = ask(state.checked);
  if (!report) return guideOff(OFF);
  state.report = report;
  guideOn();
  const { id, version } = report.policy;
  setText(byId("policy"), `Policy: ${id} ${version}`);
  show(speak);
}

const quiet = () => quietBox.checked && !state.submitted;

/** What a child's box says waits until the officer has been in that box, or something stands there. @type {import("./guidance.js").Visited} */
const visited = (section, pointer) => {
  if (quiet()) return false;
  if (state.submitted) return true;
  if (pointer && !state.visited.has(pointer) && !getAt(state.form, pointer)) return false;
  return section === "any" ? state.visited.size > 0 : state.visited.has(section);
};

/** Shows the report without moving what the officer is looking at. @param {boolean} speak */
function show(speak) {
  const letGo = holdStill(root);
  const news = showReport(root, state.checked ?? state.form, state.report, {
    visited,
    takeBack,
    language: state.voice?.language,
    silence: quietBox.checked ? "Quiet: you see this when you press Submit." : undefined,
  });
  letGo();
  if (!speak || quiet()) return;
  // Impact boxes speak for themselves.
  const [first, ...more] = news.filter(({ code }) => !code.startsWith("child-impact."));
  if (first) announce(`${first.message}${more.length ? ` And ${more.length} more.` : ""}`);
}

/** Takes the reason for a finding back. @param {import("../src/types.js").Finding} finding */
function takeBack(finding) {
  keep();
  closeSummary();
  giveReason(state.form, finding, "");
  state.dirty = true;
  check(true);
  targetFor(finding.path)?.focus();
}

/** @param {string} text */
const announce = (text) => setText(byId("announce"), text);

/** The report of a form, or nothing where the guide could not give one. @param {Form} form @returns {Report | null} */
function ask(form) {
  try {
    const report = state.voice?.guide.check(form);
    return !report || report.findings.some(({ code }) => code === "guide.unavailable") ? null : report;
  } catch {
    return null;
  }
}

const OFF = "Guidance is off. The form still works, and what you typed is still here.";
const NO_POLICY = "That policy could not be loaded, so guidance is off. The form still works, and what you typed is still here.";

function guideOn() {
  setText(byId("guide-state"), "");
  byId("again").hidden = true;
  document.documentElement.dataset.guide = "on";
}

/** The guide makes itself anew after a crash, so the next pause in typing tries again. @param {string} why */
function guideOff(why) {
  state.report = null;
  showReport(root, state.form, null, { visited: () => false, silence: "Guidance is off." });
  setText(byId("guide-state"), why);
  byId("again").hidden = false;
  setText(byId("policy"), "");
  document.documentElement.dataset.guide = "off";
}

/** Takes another policy; what is on the page stays, whether or not it loads. @param {import("./policies.js").Choice} [choice] */
async function usePolicy(choice) {
  state.choice = choice;
  state.voice = null;
  try {
    const voice = await guideFor(choice);
    if (state.choice !== choice) return;
    state.voice = voice;
    check(false);
  } catch {
    if (state.choice === choice) guideOff(choice ? NO_POLICY : OFF);
  }
}

async function offerPolicies() {
  const choices = await policyChoices();
  if (choices.length < 2) return;
  const select = byId("policy-choice", "select");
  select.append(...choices.map(({ label }, at) => h("option", { value: at }, label)));
  select.addEventListener("change", () => usePolicy(choices[Number(select.value)]));
  byId("policy-field").hidden = false;
}

// --- keeping what was typed, where the officer asked for it ---------------------------------------------------------

/** Keeps the page for this tab, if the box is ticked. */
function keepTyped() {
  if (!keepBox.checked || !state.dirty) return;
  state.isKept = keepForTab({ form: state.form, visited: [...state.visited] });
  if (!state.isKept) setText(byId("keep-hint"), "This browser does not allow it: nothing is kept.");
}

// --- sending ----------------------------------------------------------------------------------------------------

/** @param {Event} event */
function submit(event) {
  event.preventDefault();
  keep();
  state.submitted = true;
  check(false);
  const { report } = state;
  const open = report ? report.findings.filter((one) => !one.overridden && !heldBack(report, one)) : [];
  const needed = open.filter(({ severity }) => severity === "required");
  const warned = open.filter(({ severity }) => severity === "warning");
  if (!needed.length && !warned.length) return send();
  document.title = `Open: ${showSummary(byId("summary-place"), needed, warned, send)}`;
  sayIn(byId("summary-place"), state.voice?.language);
}

function closeSummary() {
  byId("summary-place").replaceChildren();
  document.title = "Referral Guide: try it";
}

function send() {
  keep();
  let complete = true;
  if (state.voice) {
    const report = ask(structuredClone(state.form));
    if (report) complete = report.complete;
    else guideOff(OFF);
  }
  closeSummary();
  forget();
  state.dirty = false;
  root.hidden = true;
  document.title = "Sent: Referral Guide";
  showSent(byId("sent-place"), state.form, complete, () => {
    byId("sent-place").replaceChildren();
    root.hidden = false;
    state.dirty = true;
    closeSummary();
    check(false);
    byId("main").focus();
  });
}

// --- listening --------------------------------------------------------------------------------------------------

function changed() {
  state.dirty = true;
  schedule();
}

root.addEventListener("submit", submit);
root.addEventListener("keydown", (event) => {
  held = false;
  // Enter in a line of text is a slip on a long form, not a wish to send it.
  if (event.key === "Enter" && event.target instanceof HTMLInputElement) event.preventDefault();
});
listenForAnswers(root, {
  cleared(pointer) {
    setAt(state.form, pointer, undefined);
    countDash(root);
    changed();
  },
});
root.addEventListener("input", ({ target }) => {
  const control = around(target, "[data-path]");
  const pointer = control?.dataset.path;
  if (!control || !pointer) return;
  changed();
  countDash(root);
  const title = pointer.endsWith("/name") && control.closest("[data-card]")?.querySelector("[data-title]");
  if (!title) return;
  const name = /** @type {HTMLInputElement} */ (control).value.trim();
  setText(title, `${(title.textContent ?? "").split(":")[0]}${name ? `: ${name}` : ""}`);
});
root.addEventListener("compositionstart", () => (composing = true));
root.addEventListener("compositionend", () => {
  composing = false;
  changed();
});
root.addEventListener("focusin", ({ target }) => {
  // A section speaks once the officer has been in it; the section around a card is part of the visit.
  const before = state.visited.size;
  for (let at = around(target, "[data-section]"); at; at = around(at.parentElement, "[data-section]")) state.visited.add(at.dataset.section ?? "");
  const path = around(target, "[data-path]")?.dataset.path;
  if (path) state.visited.add(path);
  if (state.visited.size > before) schedule();
});
root.addEventListener("focusout", ({ target }) => {
  composing = false;
  if (around(target, "[data-path]")) schedule(held ? 80 : 0);
});
root.addEventListener("click", ({ target }) => {
  const more = around(target, "[data-note-for]");
  if (more) {
    const pointer = more.dataset.noteFor ?? "";
    const open = more.getAttribute("aria-expanded") !== "true";
    showNote(pointer, open);
    if (open) byId(`${idFor(pointer)}-detail`).focus();
  }
  if (around(target, "#dash-next")) nextUnanswered(root);
});
document.addEventListener("pointerdown", () => (held = true), true);
for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, () => setTimeout(() => (held = false), 60), true);

quietBox.addEventListener("change", () => {
  speakStatus(root, !quiet());
  if (state.report) show(false);
});
byId("again").addEventListener("click", () => {
  byId("main").focus();
  usePolicy(state.choice);
});

keepBox.addEventListener("change", () => {
  if (!keepBox.checked) forget();
  state.isKept = false;
  keep();
  keepTyped();
});
addEventListener("pagehide", () => {
  keep();
  keepTyped();
});

const sampleList = byId("sample", "select");
for (const [label, good] of /** @type {const} */ ([
  ["Something is open", false],
  ["Written well", true],
])) {
  const some = SAMPLES.filter((sample) => Boolean(sample.good) === good);
  sampleList.append(h("optgroup", { label }, ...some.map(({ id, title }) => h("option", { value: id }, title))));
}
sampleList.addEventListener("change", () => {
  keep();
  // Looking through examples must not push out what the officer typed before.
  if (state.dirty || !state.undo) offerUndo("Example loaded in place of what was here.");
  const sample = SAMPLES.find(({ id }) => id === sampleList.value);
  if (!sample) return;
  showSample(sample.id);
  load(sample.form, sample.visited);
});

const formList = byId("form-type", "select");
formList.append(...Object.entries(FORMS).map(([value, { title }]) => h("option", { value }, title)));
formList.addEventListener("change", () => {
  keep();
  state.form.formType = formList.value;
  closeSummary();
  state.submitted = false;
  draw();
  check(false);
});
byId("undo").addEventListener("click", () => {
  const { undo } = state;
  if (!undo) return;
  keep();
  offerUndo("Brought back.");
  load(undo.form, undo.visited);
  state.submitted = undo.submitted;
  state.dirty = undo.dirty;
  showSample(undo.sample);
  if (state.submitted) check(false);
  announce("Brought back.");
  byId("form-title").tabIndex = -1;
  byId("form-title").focus();
});
addEventListener("beforeunload", (event) => {
  // Leaving would lose it, unless the officer had it kept.
  if (state.dirty && !state.isKept) event.preventDefault();
});

// --- start: the form first, the guide when it comes ---------------------------------------------------------------

const before = kept();
if (before) {
  // One's own text is none of the examples.
  showSample("");
  load(before.form, before.visited);
  keepBox.checked = true;
  state.dirty = true;
  state.isKept = true;
} else {
  const first = SAMPLES[0];
  showSample(first?.id ?? "");
  load(first?.form ?? state.form, first?.visited);
}
usePolicy();
offerPolicies();
workOffline();
