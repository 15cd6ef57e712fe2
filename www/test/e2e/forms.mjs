// Each of the five forms as it is met: empty, half-finished, complete.

import { SAMPLES } from "../../demo/samples.js";

/** @typedef {import("../../demo/form-model.js").Form} Form */
/** @typedef {"empty" | "half-finished" | "complete"} State */

/** @param {string} id @returns {Form} */
const sample = (id) => structuredClone(SAMPLES.find((one) => one.id === id)?.form ?? {});

/** @param {string} id @param {(form: Form) => void} finish @returns {Form} */
function finished(id, finish) {
  const form = sample(id);
  finish(form);
  return form;
}

const needsHarm = { concern: "significant-harm", specialistNotified: true, strategyDiscussion: "requested" };

/** @type {Record<import("../../demo/forms.js").FormType, Record<Exclude<State, "empty">, Form>>} */
const WRITTEN = {
  "domestic-abuse": { "half-finished": sample("half-finished"), complete: sample("well-described") },
  "child-concern": {
    "half-finished": sample("nobody-listed"),
    complete: finished("nobody-listed", (form) => {
      form.children = [
        {
          id: "c1",
          name: "Adam",
          ageYears: 5,
          relationship: "son",
          presence: "in-room",
          seen: true,
          spokenTo: true,
          plan: "none",
          impact: "Adam was shivering in a thin T-shirt and ate three biscuits at once. He kept patting the baby and watched the door. Nan is staying tonight.",
          voice: 'Adam said: "Mum is poorly again. I make the bottles."',
        },
        {
          id: "c2",
          name: "Lily",
          ageYears: 0,
          relationship: "daughter",
          presence: "in-room",
          seen: true,
          spokenTo: false,
          plan: "none",
          impact: "Lily, 8 months, had screamed herself hoarse, her nappy was soaked through and her skin red. She took a whole bottle from nan and slept.",
          voice: "Too young to speak. She went stiff when put down and settled only on nan's shoulder.",
        },
      ];
      form.referral = {
        ...needsHarm,
        reason: "Two young children with a mother too drunk to care for them, no food and no heating.",
        actionsTaken: "Nan staying. Duty social worker phoned 23:40.",
      };
    }),
  },
  "missing-child": {
    "half-finished": sample("missing"),
    complete: finished("missing", (form) => {
      form.missing.episodes[1].returnInterview = "offered";
      form.missing.furtherAction = "Exploitation strategy meeting asked for; missing coordinator told; placement to ring at once next time.";
      Object.assign(form.referral, needsHarm, { actionsTaken: "Missing coordinator and duty social worker told at 22:10." });
    }),
  },
  "child-in-custody": {
    "half-finished": sample("custody"),
    complete: finished("custody", (form) => {
      form.custody.appropriateAdult.requestedAt = "2026-11-20T16:20";
      form.custody.appropriateAdult.arrivedAt = "2026-11-20T17:10";
      form.custody.accommodation = {
        requestedAt: "2026-11-20T21:30",
        kind: "non-secure",
        outcome: "none-available",
        reason: "Duty social worker J. Cole: no bed in the county, asked twice.",
      };
      form.custody.certificate = true;
      form.referral.actionsTaken = "Aunt told; inhaler with the custody nurse.";
    }),
  },
  "strategy-discussion": {
    "half-finished": sample("strategy"),
    complete: finished("strategy", (form) => {
      const record = form.strategyDiscussion;
      record.attendees.push({ agency: "health", name: "Dr Osei" });
      record.decisions[0].reason = "Bruise to the forehead, account not yet tested.";
      record.actions[0] = { action: "Book medical", owner: "DS Warren", due: "2026-11-20" };
      record.outcome = "joint-enquiry";
      form.dash = { status: "not-done", answers: {}, observations: "Held by specialists; asked at the scene on 18 November." };
    }),
  },
};

export const FORM_TYPES = /** @type {import("../../demo/forms.js").FormType[]} */ (Object.keys(WRITTEN));
export const STATES = /** @type {State[]} */ (["empty", "half-finished", "complete"]);

/** @param {import("../../demo/forms.js").FormType} formType @param {State} state @returns {Form} */
export const formIn = (formType, state) => (state === "empty" ? { formType } : structuredClone(WRITTEN[formType][state]));
