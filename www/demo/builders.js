// For those who build forms: the report beside the form, as it comes out of the guide.

import { buildSections } from "./build.js";
import { h, setText } from "./dom.js";
import { addItem, freshId, getAt, readForm, removeItem, writeForm } from "./form-model.js";
import { showReport } from "./guidance.js";
import { workOffline } from "./offline.js";
import { guideFor } from "./policies.js";
import { SAMPLES } from "./samples.js";

const PAUSE = 300;
const $ = (id) => document.getElementById(id);
const root = $("form");

let form = {};
let guide;
let timer = 0;

const change = (how) => {
  form = readForm(root, form);
  how();
  draw();
};

const actions = {
  add: (field) => change(() => addItem(form, field.repeat, field.prefix ? { id: freshId(getAt(form, field.repeat), field.prefix) } : {})),
  remove: (field, index) => change(() => removeItem(form, field.repeat, index)),
};

function draw() {
  root.replaceChildren(...buildSections(form.formType, form, actions));
  writeForm(root, form);
  check();
}

function check() {
  form = readForm(root, form);
  if (!guide) return;
  const checked = structuredClone(form);
  const report = guide.check(checked);
  showReport(root, checked, report, () => true);
  setText($("report"), JSON.stringify(report, null, 2));
}

function load(id) {
  form = structuredClone(SAMPLES.find((sample) => sample.id === id).form);
  draw();
}

root.addEventListener("submit", (event) => event.preventDefault());
root.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(check, PAUSE);
});
$("sample").append(...SAMPLES.map(({ id, title }) => h("option", { value: id }, title)));
$("sample").addEventListener("change", () => load($("sample").value));

load(SAMPLES[0].id);
guideFor().then(
  (loaded) => {
    guide = loaded;
    check();
    document.documentElement.dataset.guide = "on";
  },
  () => setText($("guide-state"), "The guide could not be loaded."),
);
workOffline();
