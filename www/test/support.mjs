// What several tests need: a form, the shape of a report, the places it points at.

import assert from "node:assert/strict";
import { resolvePointer } from "../src/pointer.js";

/** A domestic abuse referral with much still open. A new copy each time. */
export const form = () => ({
  formType: "domestic-abuse",
  createdAt: "2026-11-20T23:40",
  incident: {
    occurredAt: "2026-11-20T21:40",
    domesticAbuse: true,
    narrative:
      "Kelly said Dean came in drunk, pushed her on to the sofa and put both hands round her throat until she couldn't breathe. Ava saw it from the doorway.",
  },
  children: [
    { id: "c1", name: "Ava", ageYears: 7, presence: "in-room", seen: true, spokenTo: true, impact: "In bed upstairs. Safe and well, no concerns." },
    {
      id: "c2",
      name: "Noah",
      ageYears: 4,
      presence: "in-home",
      seen: true,
      spokenTo: true,
      impact: "Noah was crying and shaking and would not let go of his mum.",
      voice: "",
    },
  ],
  adults: [
    { id: "a1", name: "Kelly", role: "victim", relationship: "mother" },
    { id: "a2", name: "Dean", role: "suspect", relationship: "father" },
  ],
  dash: { status: "partial", answers: { q1: { answer: "yes" }, q18: { answer: "no" } } },
  referral: { concern: "child-in-need" },
});

const SEVERITIES = ["required", "warning", "prompt", "info"];
const FACETS = ["exposure", "functioning", "physical", "presentation", "safety", "voice"];

/**
 * Every place of a text that a report points at.
 *
 * @param {any} report
 * @returns {{ path: string, start: number, end: number, indicator: string }[]}
 */
export function evidenceOf(report) {
  return [
    ...report.findings.flatMap((/** @type {any} */ finding) => finding.evidence),
    ...report.children.flatMap((/** @type {any} */ child) => Object.values(child.impact.facets).flat()),
    ...report.dash.contradictions.flatMap((/** @type {any} */ found) => found.evidence),
    ...report.threshold.indicators.flatMap((/** @type {any} */ found) => found.evidence),
  ];
}

/**
 * The words at a place.
 *
 * @param {any} of the form
 * @param {{ path: string, start: number, end: number }} place
 */
export function quote(of, { path, start, end }) {
  const text = resolvePointer(of, path);
  assert.equal(typeof text, "string", `${path} is a text`);
  return String(text).slice(start, end);
}

/**
 * Is this a report, as the contract says?
 *
 * @param {any} report
 */
export function assertReport(report) {
  assert.deepEqual(Object.keys(report), ["policy", "complete", "findings", "children", "dash", "threshold"]);
  assert.equal(typeof report.policy.id, "string");
  assert.equal(typeof report.policy.version, "string");
  for (const finding of report.findings) {
    assert.match(finding.code, /^[a-z-]+(\.[a-z-]+)+$/);
    assert.ok(SEVERITIES.includes(finding.severity), finding.severity);
    assert.match(finding.path, /^$|^\//);
    assert.ok(finding.message.length > 0, `${finding.code} says something`);
    for (const key of ["why", "source"]) assert.equal(typeof finding[key], "string", `${finding.code} ${key}`);
    assert.equal(typeof finding.overridden, "boolean");
    assert.ok(Array.isArray(finding.evidence));
    if ("childId" in finding) assert.equal(typeof finding.childId, "string");
  }
  assert.ok(Array.isArray(report.children));
  for (const { id, impact } of report.children) {
    assert.equal(typeof id, "string");
    assert.ok(["missing", "inadequate", "described"].includes(impact.status), impact.status);
    assert.deepEqual(Object.keys(impact.facets).sort(), FACETS);
    assert.ok(impact.ask.length <= 2);
  }
  assert.ok(["not-required", "not-started", "declined", "incomplete", "complete"].includes(report.dash.status), report.dash.status);
  for (const key of ["answered", "of", "yes"]) assert.ok(Number.isInteger(report.dash[key]), key);
  assert.ok(["below", "uncertain", "meets", "significant-harm"].includes(report.threshold.likely), report.threshold.likely);
  assert.equal("route" in report.threshold, report.threshold.likely !== "uncertain");
  for (const { path, start, end, indicator } of evidenceOf(report)) {
    assert.match(path, /^\//);
    assert.ok(Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start < end, `${path} ${start} to ${end}`);
    assert.equal(typeof indicator, "string");
  }
  const open = report.findings.some((/** @type {any} */ { severity, overridden }) => severity === "required" && !overridden);
  if (report.complete) assert.equal(open, false, "complete means that nothing required is open");
}

/** @param {any} report */
export const codes = (report) => report.findings.map((/** @type {any} */ { code }) => code);
