import { attach } from "../../src/attach.js"; // "referral-guide/attach" from npm
import "../../src/element.js"; // "referral-guide/element"
import { loadGuide } from "../../src/index.js"; // "referral-guide"

attach(document.querySelector("#vr"), {
  guide: await loadGuide(),
  base: { formType: "domestic-abuse" },
  map: {
    inc_date: "/incident/occurredAt",
    inc_time: "/incident/occurredAt",
    da_flag: "/incident/domesticAbuse",
    circs: "/incident/narrative",
    "kid-{n}-forename": "/children/{n}/name",
    "kid-{n}-age": "/children/{n}/ageYears",
    "kid-{n}-where": { to: "/children/{n}/presence", values: { R: "in-room", H: "in-home", A: "elsewhere" } },
    "kid-{n}-impact": "/children/{n}/impact",
    "kid-{n}-said": "/children/{n}/voice",
    "dash_{q}": { to: "/dash/answers/q{q}/answer", values: { 0: "not-asked", 1: "yes", 2: "no" } },
    lvl: { to: "/referral/concern", values: { L1: "information", L2: "early-help", L3: "child-in-need", L4: "significant-harm" } },
  },
});
