// For those who build forms: the report beside the form, as it comes out of the guide.

import { buildSections } from "./build.js";
import { byId, h, idFor, setText } from "./dom.js";
import { addItem, readForm, removeItem, writeForm } from "./form-model.js";
import { showReport } from "./guidance.js";
import { workOffline } from "./offline.js";
import { guideFor } from "./policies.js";
import { SAMPLES } from "./samples.js";

const PAUSE = 300;
const root = byId("form", "form");
const list = byId("sample", "select");

/** @type {import("./form-model.js").Form} */
let form = {};
/** @type {import("./policies.js").Voice | undefined} */
let voice;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/** @param {() => void} how @param {string} pointer where to go on */
const change = (how, pointer) => {
  form = readForm(root, form);
  how();
  draw();
  document.getElementById(`${idFor(pointer)}-add`)?.focus();
};

/** @type {import("./build.js").Actions} */
const actions = {
  add: (field) => change(() => addItem(form, field.repeat, field.prefix), field.repeat),
  remove: (field, index) => change(() => void removeItem(form, field.repeat, index), field.repeat),
};

function draw() {
  root.replaceChildren(...buildSections(/** @type {import("./forms.js").FormType} */ (form.formType), form, actions));
  writeForm(root, form);
  check();
}

function check() {
  form = readForm(root, form);
  if (!voice) return;
  const checked = structuredClone(form);
  const report = voice.guide.check(checked);
  showReport(root, checked, report, { visited: () => true, language: voice.language });
  setText(byId("report"), JSON.stringify(report, null, 2));
}

/** @param {string} id */
function load(id) {
  form = structuredClone(SAMPLES.find((sample) => sample.id === id)?.form ?? {});
  draw();
}

root.addEventListener("submit", (event) => event.preventDefault());
root.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(check, PAUSE);
});
root.addEventListener("click", ({ target }) => {
  const more = target instanceof Element ? /** @type {HTMLElement | null} */ (target.closest("[data-note-for]")) : null;
  const note = more && document.getElementById(more.getAttribute("aria-controls") ?? "");
  if (!more || !note) return;
  note.hidden = !note.hidden;
  more.setAttribute("aria-expanded", String(!note.hidden));
});
list.append(...SAMPLES.map(({ id, title }) => h("option", { value: id }, title)));
list.addEventListener("change", () => load(list.value));

load(list.value);
guideFor().then(
  (loaded) => {
    voice = loaded;
    check();
    document.documentElement.dataset.guide = "on";
  },
  () => setText(byId("guide-state"), "The guide could not be loaded. The form still works."),
);
workOffline();
