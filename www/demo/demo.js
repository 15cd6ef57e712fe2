// The page: builds the form, listens, asks the guide, shows what it says. Nothing is stored, nothing is sent.

import { buildSections, cardTitle } from "./build.js";
import { button, h, idFor, setText } from "./dom.js";
import { addItem, freshId, getAt, readForm, removeItem, setAt, writeForm } from "./form-model.js";
import { FORMS, QUESTIONS } from "./forms.js";
import { buildThreshold, goTo, showReport, targetFor } from "./guidance.js";
import { SAMPLES } from "./samples.js";

const PAUSE = 400;
const $ = (id) => document.getElementById(id);
const root = $("form");

const state = {
  form: { formType: "domestic-abuse" },
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
      button("Undo", { class: "link", id: "bring-back", on: { click: bringBack } }, `and bring back ${removed.title}`),
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
      h("button", { type: "submit", class: "button", id: "submit" }, "Submit"),
      h("p", { class: "hint" }, "You can always send. If something is open, you see it first."),
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
function schedule(wait = PAUSE) {
  clearTimeout(timer);
  timer = setTimeout(() => (held ? schedule(80) : check(true)), wait);
}

function check(speak) {
  clearTimeout(timer);
  keep();
  countDash();
  if (!state.guide) return;
  try {
    state.checked = structuredClone(state.form);
    state.report = state.guide.check(state.checked);
  } catch {
    guideOff();
    return;
  }
  const { id, version } = state.report.policy ?? {};
  setText($("policy"), id ? `Policy: ${id} ${version ?? ""}` : "");
  show(speak);
}

const quiet = () => $("quiet").checked && !state.submitted;

const visited = (section) => {
  if (quiet()) return false;
  if (state.submitted) return true;
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

function guideOff() {
  state.guide = null;
  state.report = null;
  showReport(root, state.form, null, () => false);
  setText($("guide-state"), "Guidance is off. The form still works.");
  $("guide-state").dataset.off = "true";
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
  const open = state.report?.findings.filter(({ overridden }) => !overridden) ?? [];
  const needed = open.filter(({ severity }) => severity === "required");
  const warned = open.filter(({ severity }) => severity === "warning");
  if (!needed.length && !warned.length) send();
  else summary(needed, warned);
}

const reasons = () =>
  [...document.querySelectorAll("[data-reason-code]")].map((box) => ({ code: box.dataset.reasonCode, path: box.dataset.reasonPath, reason: box.value.trim() }));

/** Puts the reasons given into the form; the guide then counts those findings as answered. */
function keepReasons() {
  for (const { code, path, reason } of reasons()) {
    const others = (state.form.overrides ?? []).filter((one) => one.code !== code || one.path !== path);
    state.form.overrides = reason ? [...others, { code, path, reason }] : others;
  }
}

/** What is open, once Submit was pressed. Sending stays one press away. */
function summary(needed, warned) {
  const link = (finding) =>
    h(
      "a",
      {
        href: `#${targetFor(finding.path)?.id || "main"}`,
        "data-open-code": finding.code,
        "data-open-for": finding.path,
        "data-severity": finding.severity,
        on: {
          click: (event) => {
            event.preventDefault();
            goTo(finding.path);
          },
        },
      },
      finding.message,
    );
  const heading = needed.length
    ? `Before you send: ${needed.length === 1 ? "one thing is" : `${needed.length} things are`} missing`
    : "Before you send: please check";
  const place = $("summary-place");
  place.replaceChildren(
    h(
      "div",
      { id: "summary", class: "summary", tabindex: "-1", role: "group", "aria-labelledby": "summary-title" },
      h("h2", { id: "summary-title" }, heading),
      needed.length > 0 &&
        h(
          "ul",
          { class: "summary__list" },
          needed.map((finding, at) =>
            h(
              "li",
              {},
              link(finding),
              h("label", { for: `reason-${at}`, class: "summary__label" }, "Or say why it stays open", h("span", { class: "sr-only" }, `: ${finding.message}`)),
              h("textarea", { id: `reason-${at}`, class: "input", rows: "1", "data-reason-code": finding.code, "data-reason-path": finding.path }),
            ),
          ),
        ),
      warned.length > 0 && needed.length > 0 && h("h3", {}, "Also worth checking"),
      warned.length > 0 &&
        h(
          "ul",
          { class: "summary__list" },
          warned.map((finding) => h("li", {}, link(finding))),
        ),
      h("p", {}, "Urgent? Send it now. What is open can be added later."),
      h("button", { type: "button", class: "button", id: "send", on: { click: () => send() } }, "Send it now"),
    ),
  );
  document.title = `Open: ${heading}`;
  $("summary").focus();
  $("summary").scrollIntoView({ block: "start" });
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
    try {
      complete = state.guide.check(structuredClone(state.form)).complete;
    } catch {
      guideOff();
    }
  }
  closeSummary();
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
        class: "button button--second",
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
  // Nothing is stored, so leaving would lose it.
  if (state.dirty) event.preventDefault();
});

// --- start: the form first, the guide when it comes ---------------------------------------------------------------

state.sample = SAMPLES[0].id;
load(SAMPLES[0].form, SAMPLES[0].visited);
try {
  const { loadGuide } = await import("../src/index.js");
  state.guide = await loadGuide();
  document.documentElement.dataset.guide = "on";
  check(false);
} catch {
  guideOff();
  document.documentElement.dataset.guide = "off";
}
