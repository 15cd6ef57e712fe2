// @ts-nocheck: runs in the page; bytes.mjs does not exist as a file.
// Puts what the tests of attach and of the panel use where they reach it. `bytes.mjs` is made by the test: nothing may be fetched here.

import { attach, attachmentOf } from "../../../src/attach.js";
import "../../../src/element.js";
import { loadGuideSync } from "../../../src/index.js";
import { bytes } from "./bytes.mjs";

const guide = loadGuideSync({ wasm: bytes });
const form = document.querySelector("#form");
const said = [];
for (const what of ["report", "finding", "blocked"]) form.addEventListener(`referral-guide:${what}`, ({ detail }) => said.push({ what, detail }));

const MAP = {
  circs: "/incident/narrative",
  more: "/incident/narrative",
  notes: "/referral/reason",
  da: "/incident/domesticAbuse",
  "child[{i}].name": "/children/{i}/name",
  "child[{i}].impact": "/children/{i}/impact",
};

window.start = (options = {}) => attach(form, { guide, base: { formType: "domestic-abuse" }, map: MAP, debounce: 50, ...options });
window.attachment = () => attachmentOf(form);
window.said = said;
document.documentElement.dataset.ready = "";
