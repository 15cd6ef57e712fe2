// Makes many varied forms out of the labelled cases, one a line, for scripts/bench-scale.sh.
//
//   node scripts/vary-forms.mjs COUNT
//   node scripts/vary-forms.mjs COUNT --outcomes    the decisions on them instead, for `referral-guide feedback`
//
// The same count always gives the same lines. What is varied: names, dates over a year, team, officer, reference, numbers,
// sentences of the account (some left out, some taken from another case), answers, and which fields are filled.

import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { argv, exit, stderr, stdout } from "node:process";

const CASES = new URL("../tests/cases/", import.meta.url);
const NAMES = "Ava Noah Mia Leo Zara Omar Ivy Kai Ruby Finn Aisha Luca Elsie Jude Nia Theo Orla Sami Beth Reuben Hana Cole Esme Idris".split(" ");
const TEAMS = ["Response A", "Response B", "Response C", "Response D", "Response E", "Neighbourhood North", "Neighbourhood South", "Custody", "Roads"];
const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * A small generator of numbers from 0 up to 1 (mulberry32): the same seed, the same row.
 *
 * @param {number} seed
 */
function numbers(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** @param {number} value */
const two = (value) => String(value).padStart(2, "0");
/** @param {string} text */
const sentences = (text) => text.split(/(?<=[.!?])\s+/u);

const forms = readdirSync(CASES)
  .filter((name) => name.endsWith(".ndjson"))
  .sort()
  .flatMap((name) => readFileSync(new URL(name, CASES), "utf8").trim().split("\n"))
  .map((line) => JSON.parse(line).form)
  .filter((form) => form !== undefined);

/**
 * @param {number} at the number of the form
 * @returns {{ form: Record<string, any>, next: () => number }}
 */
function vary(at) {
  const next = numbers(at + 1);
  /** @template T @param {T[]} list @returns {T} */
  const pick = (list) => /** @type {T} */ (list[Math.floor(next() * list.length)]);
  let text = JSON.stringify(forms[at % forms.length]);
  // Every listed child gets another name, wherever it stands.
  const known = new Set(forms[at % forms.length].children?.map((/** @type {{ name?: string }} */ child) => child.name).filter(Boolean));
  for (const name of known) text = text.replaceAll(new RegExp(`\\b${String(name).replace(/[^\p{L}]/gu, ".")}\\b`, "gu"), pick(NAMES));
  const form = JSON.parse(text);

  const month = Math.floor(next() * 12);
  const day = `2026-${two(month + 1)}-${two(1 + Math.floor(next() * (MONTH_DAYS[month] ?? 28)))}`;
  form.createdAt = `${day}T${two(Math.floor(next() * 24))}:${two(Math.floor(next() * 60))}`;
  form.reference = `22/${String(at).padStart(6, "0")}/26`;
  form.officer = { id: String(1000 + Math.floor(next() * 900)), team: pick(TEAMS) };

  if (form.incident?.narrative) {
    const other = forms[Math.floor(next() * forms.length)].incident?.narrative ?? "";
    const kept = sentences(form.incident.narrative).filter(() => next() > 0.15);
    if (next() < 0.4) kept.splice(Math.floor(next() * (kept.length + 1)), 0, pick(sentences(other)));
    form.incident.narrative = kept.join(" ").replaceAll(/\b\d\b/gu, () => String(1 + Math.floor(next() * 9)));
  }
  for (const child of form.children ?? []) {
    if (next() < 0.15) delete child.impact;
    else if (next() < 0.1) child.impact = "Safe and well.";
    if (next() < 0.2) delete child.voice;
  }
  const answers = Object.values(form.dash?.answers ?? {});
  for (const answer of answers) if (next() < 0.08) answer.answer = pick(["yes", "no", "unknown", "not-asked"]);
  if (next() < 0.05) form.overrides = [{ code: "child-impact.missing", reason: "Child was at school in another county and was not seen." }];
  return { form, next };
}

/**
 * A decision such as social care might send back: graver the graver the concern, with some of every kind.
 *
 * @param {number} at
 */
function outcome(at) {
  const { form, next } = vary(at);
  const concern = form.referral?.concern;
  const help = concern === "significant-harm" ? 0.8 : concern === "child-in-need" ? 0.6 : 0.35;
  const days = Math.floor(next() * 4);
  const received = String(form.createdAt).slice(0, 10);
  if (next() < 0.15) return { reference: form.reference, receivedAt: received };
  const helped = next() < help;
  const grave = ["strategy-discussion", "section-47"];
  const lesser = ["section-17", "early-help"];
  const decision = !helped ? "no-further-action" : next() < 0.4 ? grave[Math.floor(next() * 2)] : lesser[Math.floor(next() * 2)];
  const decided = new Date(Date.parse(`${received}T12:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
  return {
    reference: form.reference,
    receivedAt: received,
    decision,
    decidedAt: decided,
    ...(decision === "no-further-action" && next() < 0.9 ? {} : { concernConfirmed: helped }),
  };
}

const count = Number(argv[2]);
if (!Number.isSafeInteger(count) || count < 0) {
  stderr.write("usage: node scripts/vary-forms.mjs COUNT [--outcomes]\n");
  exit(2);
}
const outcomes = argv.includes("--outcomes");
for (let at = 0; at < count; at += 1) {
  const line = JSON.stringify(outcomes ? outcome(at) : vary(at).form);
  if (!stdout.write(`${line}\n`)) await once(stdout, "drain");
}
