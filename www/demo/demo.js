// The page: builds the form, listens, asks the guide, shows what it says. Nothing is sent; nothing is stored unless the officer ticks it.

import { buildSections, cardTitle } from "./build.js";
import { button, h, idFor, setText } from "./dom.js";
import { addItem, freshId, getAt, readForm, removeItem, setAt, writeForm } from "./form-model.js";
import { FORMS, QUESTIONS } from "./forms.js";
import { goTo, targetFor } from "./go-to.js";
import { buildThreshold, showReport } from "./guidance.js";
import { heldBack } from "./impact.js";
import { forget, keepForTab, kept } from "./keep.js";
import { workOffline } from "./offline.js";
import { guideFor, policyChoices } from "./policies.js";
import { SAMPLES } from "./samples.js";
import { reasonsGiven, showSummary } from "./summary.js";

/** Milliseconds of rest before a check; in the middle of a word it waits for more of it. */
const PAUSE = 400;
const PAUSE_IN_WORD = 1500;
const $ = (id) => document.getElementById(id);
const root = $("form");

const state = {
  form: { formType: "domestic-abuse" },
  /** Sections, and texts by their pointer, that the officer has been in. */
  visited: new Set(),
  submitted: false,
  guide: null,
  report: null,
  checked: null,
  undo: null,
  removed: null,
  dirty: false,
  sample: null,
};

// --- the form on the page ---------------------------------------------------------------------------------------

const actions = {
  add(field) {
    keep();
    const list = getAt(state.form, field.repeat);
    const item = field.prefix ? { id: freshId(list, field.prefix) } : {};
    addItem(state.form, field.repeat, item);
    const index = getAt(state.form, field.repeat).length - 1;
    state.dirty = true;
    draw();
    targetFor(`${field.repeat}/${index}/${field.items[0].at}`)?.focus();
    schedule();
  },
  remove(field, index) {
    keep();
    keepReasons();
    closeSummary();
    const item = getAt(state.form, field.repeat)[index];
    state.removed = { pointer: field.repeat, index, item, title: cardTitle(field, item, index) };
    removeItem(state.form, field.repeat, index);
    state.dirty = true;
    draw();
    $("bring-back")?.focus();
    schedule();
  },
  /** Where something was taken out, it can be put back: what was typed since stays. */
  undoIn(pointer) {
    const { removed } = state;
    if (removed?.pointer !== pointer) return null;
    const bringBack = () => {
      keep();
      const list = getAt(state.form, pointer);
      const index = Math.min(removed.index, list.length);
      list.splice(index, 0, removed.item);
      for (const override of state.form.overrides ?? []) override.path = movedDown(override.path, pointer, index);
      state.removed = null;
      closeSummary();
      draw();
      document.querySelector(`[data-title="${CSS.escape(`${pointer}/${index}`)}"]`)?.focus();
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

/** The path of a reason after an item came back at `index`. */
function movedDown(path, pointer, index) {
  if (!path.startsWith(`${pointer}/`)) return path;
  const [at, ...rest] = path.slice(pointer.length + 1).split("/");
  return Number(at) >= index ? [pointer, Number(at) + 1, ...rest].join("/") : path;
}

/** Reads the page into the form. */
function keep() {
  state.form = readForm(root, state.form);
  return state.form;
}

/** Builds the page from the form. */
function draw() {
  const { formType } = state.form;
  root.replaceChildren(
    h("div", { class: "sections" }, buildSections(formType, state.form, actions)),
    buildThreshold(),
    h(
      "div",
      { class: "send" },
      h("div", { class: "guide", "data-slot": "" }),
      h("button", { type: "submit", class: "govuk-button", id: "submit" }, "Submit"),
      h("p", { class: "govuk-hint" }, "You can always send. If something is open, you see it first."),
    ),
  );
  writeForm(root, state.form);
  for (const note of root.querySelectorAll("[data-note]")) {
    const open = note.querySelector("input").value !== "" || note.dataset.note.endsWith("/q3");
    showNote(note.dataset.note, open);
  }
  setText($("form-title"), FORMS[formType].title);
  $("form-type").value = formType;
  countDash();
  if (state.report) show(false);
}

function showNote(pointer, open) {
  const note = root.querySelector(`[data-note="${CSS.escape(pointer)}"]`);
  note.hidden = !open;
  root.querySelector(`[data-note-for="${CSS.escape(pointer)}"]`)?.setAttribute("aria-expanded", String(open));
}

/** Puts another form on the page. */
function load(form, visited = []) {
  state.form = structuredClone(form);
  state.visited = new Set(visited);
  state.submitted = false;
  state.report = null;
  state.removed = null;
  state.dirty = false;
  closeSummary();
  $("sent-place").replaceChildren();
  root.hidden = false;
  draw();
  check(false);
}

function offerUndo(text) {
  state.undo = { form: structuredClone(state.form), visited: [...state.visited], submitted: state.submitted, dirty: state.dirty, sample: state.sample };
  setText($("undo-text"), text);
  $("undo-line").hidden = false;
}

// --- asking the guide -------------------------------------------------------------------------------------------

let timer = 0;
let held = false;

/** Checks once typing has stopped. Never while a finger or button is down: what it is on must not move. */
function schedule(wait = midWord() ? PAUSE_IN_WORD : PAUSE) {
  clearTimeout(timer);
  timer = setTimeout(() => (held ? schedule(80) : check(true)), wait);
}

/** Whether the caret stands right behind a letter, as while a word is typed. */
function midWord() {
  const at = document.activeElement;
  if (!at?.matches?.("textarea[data-path]") || at.selectionStart !== at.selectionEnd) return false;
  return /[\p{L}\p{N}]$/u.test(at.value.slice(Math.max(0, at.selectionStart - 2), at.selectionStart));
}

function check(speak) {
  clearTimeout(timer);
  keep();
  keepTyped();
  countDash();
  if (!state.guide) return;
  state.checked = structuredClone(state.form);
  const report = ask(state.checked);
  if (!report) return guideOff();
  state.report = report;
  guideOn();
  const { id, version } = state.report.policy ?? {};
  setText($("policy"), id ? `Policy: ${id} ${version ?? ""}` : "");
  show(speak);
}

const quiet = () => $("quiet").checked && !state.submitted;

/** What a child's box says waits until the officer has been in that box, or something stands there. */
const visited = (section, pointer) => {
  if (quiet()) return false;
  if (state.submitted) return true;
  if (pointer && !state.visited.has(pointer) && !getAt(state.form, pointer)) return false;
  return section === "any" ? state.visited.size > 0 : state.visited.has(section);
};

/** Shows the report without moving what the officer is looking at. */
function show(speak) {
  const anchor = anchorElement();
  const before = anchor?.getBoundingClientRect().top;
  const letGo = holdHeights();
  const news = showReport(root, state.checked ?? state.form, state.report, visited);
  letGo();
  if (anchor?.isConnected) {
    const moved = anchor.getBoundingClientRect().top - before;
    if (Math.abs(moved) >= 1) window.scrollBy({ top: moved, behavior: "instant" });
  }
  if (!speak || quiet()) return;
  // Impact boxes speak for themselves.
  const told = news.filter(({ code }) => !code.startsWith("child-impact."));
  if (told.length) announce(`${told[0].message}${told.length > 1 ? ` And ${told.length - 1} more.` : ""}`);
}

/** Where the officer is at work, guidance that goes leaves its place empty until they move on: nothing jumps up. */
function holdHeights() {
  const here = document.activeElement?.closest?.("[data-section]");
  const places = [...root.querySelectorAll(".guide, .impact")];
  const mine = new Map(places.filter((place) => here?.contains(place)).map((place) => [place, place.offsetHeight]));
  return () => {
    for (const place of places) {
      const before = mine.get(place);
      const wanted = before ? `${before}px` : "";
      if (place.style.minHeight !== wanted) place.style.minHeight = wanted;
    }
  };
}

function anchorElement() {
  const active = document.activeElement;
  const inView = (element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return bottom > 0 && top < innerHeight;
  };
  if (active && active !== document.body && root.contains(active) && inView(active)) return active;
  const there = document.elementFromPoint(Math.min(innerWidth / 2, 200), innerHeight / 3);
  return there && root.contains(there) && !there.closest(".guide") && inView(there) ? there : null;
}

function announce(text) {
  setText($("announce"), text);
}

/** The report of a form, or nothing where the guide could not give one. */
function ask(form) {
  try {
    const report = state.guide.check(form);
    return report.findings.some(({ code }) => code === "guide.unavailable") ? null : report;
  } catch {
    return null;
  }
}

function guideOn() {
  setText($("guide-state"), "");
  delete $("guide-state").dataset.off;
  document.documentElement.dataset.guide = "on";
}

/** The guide makes itself anew after a crash, so the next pause in typing tries again. */
function guideOff() {
  state.report = null;
  showReport(root, state.form, null, () => false);
  setText($("guide-state"), "Guidance is off. The form still works, and what you typed is still here.");
  $("guide-state").dataset.off = "true";
  document.documentElement.dataset.guide = "off";
}

/** Takes another policy; what is on the page stays, whether or not it loads. */
async function usePolicy(choice) {
  const wanted = (state.choice = choice);
  state.guide = null;
  try {
    const guide = await guideFor(choice);
    if (state.choice !== wanted) return;
    state.guide = guide;
    check(false);
  } catch {
    if (state.choice === wanted) guideOff();
  }
}

async function offerPolicies() {
  const choices = await policyChoices();
  if (choices.length < 2) return;
  $("policy-choice").append(...choices.map(({ label }, at) => h("option", { value: at }, label)));
  $("policy-choice").addEventListener("change", (event) => usePolicy(choices[Number(event.target.value)]));
  $("policy-field").hidden = false;
}

// --- keeping what was typed, where the officer asked for it ---------------------------------------------------------

/** Keeps the page for this tab, if the box is ticked. */
function keepTyped() {
  if (!$("keep").checked || !state.dirty) return;
  state.isKept = keepForTab({ form: state.form, visited: [...state.visited] });
  if (!state.isKept) setText($("keep-hint"), "This browser does not allow it: nothing is kept.");
}

// --- the risk questions -----------------------------------------------------------------------------------------

const answerOf = (key) => root.querySelector(`input[name="${CSS.escape(idFor(`/dash/answers/${key}`))}"]:checked`);

function countDash() {
  const count = $("dash-count");
  if (!count) return;
  const answered = QUESTIONS.filter(({ key }) => answerOf(key)).length;
  setText(count, `${answered} of ${QUESTIONS.length} answered`);
  $("dash-next").hidden = answered === QUESTIONS.length;
}

function nextUnanswered(after = -1) {
  const order = [...QUESTIONS.keys()];
  const at = [...order.slice(after + 1), ...order.slice(0, after + 1)].find((index) => !answerOf(QUESTIONS[index].key));
  if (at !== undefined) goTo(`/dash/answers/${QUESTIONS[at].key}`);
}

function dashKeys(event) {
  const row = event.target.closest?.("[data-row]");
  if (!row || event.target.type !== "radio" || event.ctrlKey || event.metaKey || event.altKey) return;
  const value = { y: "yes", n: "no", k: "unknown" }[event.key.toLowerCase()];
  if (value) {
    event.preventDefault();
    row.querySelector(`input[type="radio"][value="${value}"]`).click();
    const at = QUESTIONS.findIndex(({ key }) => row.dataset.row.endsWith(`/${key}`));
    const next = QUESTIONS[at + 1];
    if (next) goTo(`/dash/answers/${next.key}`);
  } else if (event.key === "Delete" || event.key === "Backspace") {
    event.preventDefault();
    for (const radio of row.querySelectorAll('input[type="radio"]')) radio.checked = false;
    setAt(state.form, `${row.dataset.row}/answer`, undefined);
    changed();
  }
}

// --- sending ----------------------------------------------------------------------------------------------------

function submit(event) {
  event.preventDefault();
  keep();
  keepReasons();
  state.submitted = true;
  check(false);
  const open = state.report?.findings.filter((one) => !one.overridden && !heldBack(state.report, one)) ?? [];
  const needed = open.filter(({ severity }) => severity === "required");
  const warned = open.filter(({ severity }) => severity === "warning");
  if (!needed.length && !warned.length) send();
  else document.title = `Open: ${showSummary($("summary-place"), needed, warned, send)}`;
}

/** Puts the reasons given into the form; the guide then counts those findings as answered. */
function keepReasons() {
  for (const { code, path, reason } of reasonsGiven()) {
    const others = (state.form.overrides ?? []).filter((one) => one.code !== code || one.path !== path);
    state.form.overrides = reason ? [...others, { code, path, reason }] : others;
  }
}

function closeSummary() {
  $("summary-place").replaceChildren();
  document.title = "Referral Guide: try it";
}

function send() {
  keep();
  keepReasons();
  let complete = true;
  if (state.guide) {
    const report = ask(structuredClone(state.form));
    if (report) complete = report.complete;
    else guideOff();
  }
  closeSummary();
  forget();
  state.dirty = false;
  root.hidden = true;
  $("sent-place").replaceChildren(
    h(
      "section",
      { id: "sent", class: "sent", tabindex: "-1", "aria-labelledby": "sent-title", "data-complete": String(complete) },
      h("h2", { id: "sent-title" }, "Sent"),
      h(
        "p",
        {},
        complete ? "A real form would now go to the safeguarding team." : "A real form would now go to the safeguarding team, with what is still open marked.",
      ),
      h("p", {}, "This is a demo: nothing left this page."),
      h(
        "details",
        { class: "why" },
        h("summary", {}, "What a form would hand over"),
        h("pre", { id: "sent-json", tabindex: "0", "aria-label": "The form as JSON" }, JSON.stringify(state.form, null, 2)),
      ),
      button("Back to the form", {
        class: "govuk-button govuk-button--secondary",
        id: "back",
        on: {
          click: () => {
            $("sent-place").replaceChildren();
            root.hidden = false;
            state.dirty = true;
            check(false);
            $("main").focus();
          },
        },
      }),
    ),
  );
  $("sent").focus();
}

// --- listening --------------------------------------------------------------------------------------------------

function changed(wait) {
  state.dirty = true;
  schedule(wait);
}

root.addEventListener("submit", submit);
root.addEventListener("keydown", (event) => {
  held = false;
  // Enter in a line of text is a slip on a long form, not a wish to send it.
  if (event.key === "Enter" && event.target.matches("input")) event.preventDefault();
});
root.addEventListener("keydown", dashKeys);
root.addEventListener("input", (event) => {
  const pointer = event.target.dataset.path;
  if (!pointer) return;
  changed();
  if (event.target.type === "radio") countDash();
  const card = pointer.endsWith("/name") && event.target.closest("[data-card]")?.querySelector("[data-title]");
  if (card) setText(card, `${card.textContent.split(":")[0]}${event.target.value.trim() ? `: ${event.target.value.trim()}` : ""}`);
});
root.addEventListener("focusin", (event) => {
  // A section speaks once the officer has been in it; the section around a card is part of the visit.
  let fresh = false;
  for (let at = event.target.closest("[data-section]"); at; at = at.parentElement.closest("[data-section]")) {
    if (state.visited.has(at.dataset.section)) continue;
    state.visited.add(at.dataset.section);
    fresh = true;
  }
  const { path } = event.target.dataset;
  if (path && !state.visited.has(path)) {
    state.visited.add(path);
    fresh = true;
  }
  if (fresh) schedule();
});
root.addEventListener("focusout", (event) => {
  if (event.target.dataset.path) schedule(held ? 80 : 0);
});
root.addEventListener("click", (event) => {
  const more = event.target.closest("[data-note-for]");
  if (more) {
    const open = more.getAttribute("aria-expanded") !== "true";
    showNote(more.dataset.noteFor, open);
    if (open) $(`${idFor(more.dataset.noteFor)}-detail`).focus();
  }
  if (event.target.closest("#dash-next")) {
    const row = document.activeElement?.closest?.("[data-row]");
    nextUnanswered(row ? QUESTIONS.findIndex(({ key }) => row.dataset.row.endsWith(`/${key}`)) : -1);
  }
});
document.addEventListener("pointerdown", () => (held = true), true);
for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, () => setTimeout(() => (held = false), 60), true);

$("quiet").addEventListener("change", () => {
  for (const status of root.querySelectorAll(".impact__status")) status.setAttribute("aria-live", quiet() ? "off" : "polite");
  if (state.report) show(false);
});

$("keep").addEventListener("change", () => {
  if (!$("keep").checked) forget();
  state.isKept = false;
  keep();
  keepTyped();
});
addEventListener("pagehide", () => {
  keep();
  keepTyped();
});

$("sample").append(...SAMPLES.map(({ id, title }) => h("option", { value: id }, title)));
$("sample").addEventListener("change", () => {
  keep();
  // Looking through examples must not push out what the officer typed before.
  if (state.dirty || !state.undo) offerUndo("Example loaded in place of what was here.");
  const sample = SAMPLES.find(({ id }) => id === $("sample").value);
  state.sample = sample.id;
  load(sample.form, sample.visited);
});
$("form-type").append(...Object.entries(FORMS).map(([value, { title }]) => h("option", { value }, title)));
$("form-type").addEventListener("change", () => {
  keep();
  state.form.formType = $("form-type").value;
  closeSummary();
  state.submitted = false;
  draw();
  check(false);
});
$("undo").addEventListener("click", () => {
  const { undo } = state;
  if (!undo) return;
  keep();
  offerUndo("Brought back.");
  load(undo.form, undo.visited);
  state.submitted = undo.submitted;
  state.dirty = undo.dirty;
  state.sample = undo.sample;
  if (undo.sample) $("sample").value = undo.sample;
  if (state.submitted) check(false);
  announce("Brought back.");
  $("form-title").tabIndex = -1;
  $("form-title").focus();
});
addEventListener("beforeunload", (event) => {
  // Leaving would lose it, unless the officer had it kept.
  if (state.dirty && !state.isKept) event.preventDefault();
});

// --- start: the form first, the guide when it comes ---------------------------------------------------------------

const before = kept();
if (before) {
  load(before.form, before.visited);
  $("keep").checked = true;
  state.dirty = true;
} else {
  state.sample = SAMPLES[0].id;
  load(SAMPLES[0].form, SAMPLES[0].visited);
}
usePolicy();
offerPolicies();
workOffline();
