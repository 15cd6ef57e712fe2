// What is on each form: one table, read by build.js. A field's `at` is a JSON Pointer, or, inside a list, relative to its item.
// Order and fields follow what forces' own forms ask (children block, DASH, referral), labels are our own.

/**
 * @typedef {object} Field
 * @property {string} at
 * @property {"text" | "textarea" | "number" | "date" | "datetime" | "select" | "radios" | "check" | "list"} kind
 * @property {string} label
 * @property {string} [hint]
 * @property {boolean} [half] takes half the width where there is room
 * @property {boolean} [inline] choices side by side
 * @property {"boolean"} [type] what the chosen value stands for
 * @property {number} [rows]
 * @property {boolean} [impact] has a status line
 * @property {string[][]} [options] value and words of each
 *
 * @typedef {{ repeat: string, noun: string, key: string, prefix?: string, items: Field[] }} Repeat
 * @typedef {{ grid: "dash" }} Grid
 * @typedef {Field | Repeat | Grid} Item
 * @typedef {{ id: string, title: string, intro?: string, slot?: string, items: Item[] }} Section
 * @typedef {import("../src/types.js").FormType} FormType
 */

const yesNo = [
  ["true", "Yes"],
  ["false", "No"],
];

/** @type {Section} */
const about = {
  id: "about",
  title: "This referral",
  items: [
    { at: "/reference", kind: "text", label: "Reference", half: true },
    { at: "/officer/id", kind: "text", label: "Your collar number", half: true },
    { at: "/officer/team", kind: "text", label: "Your team", half: true },
  ],
};

/** @type {Section} */
const incident = {
  id: "incident",
  title: "What happened",
  items: [
    { at: "/incident/occurredAt", kind: "datetime", label: "When did it happen?" },
    { at: "/incident/domesticAbuse", kind: "radios", type: "boolean", inline: true, label: "Is this domestic abuse?", options: yesNo },
    {
      at: "/incident/narrative",
      kind: "textarea",
      rows: 8,
      label: "Your account",
      hint: "What you saw, what you were told and by whom. Say where each child was.",
    },
  ],
};

/** @type {Section} */
const children = {
  id: "children",
  title: "Children",
  intro: "Every child who lives there or was there, even if asleep or out.",
  items: [
    {
      repeat: "/children",
      noun: "child",
      prefix: "c",
      key: "child",
      items: [
        { at: "name", kind: "text", label: "Name" },
        { at: "dateOfBirth", kind: "date", label: "Date of birth", half: true },
        { at: "ageYears", kind: "number", label: "Or age in years", half: true },
        { at: "unborn", kind: "check", label: "Not born yet" },
        { at: "alsoKnownAs", kind: "list", label: "Other names", hint: "With a comma between them." },
        { at: "relationship", kind: "text", label: "Relationship to the adults", hint: "For example: daughter of the victim" },
        {
          at: "presence",
          kind: "radios",
          inline: true,
          label: "Where was the child?",
          options: [
            ["in-room", "In the room"],
            ["in-home", "In the home"],
            ["elsewhere", "Elsewhere"],
            ["unknown", "Not known"],
          ],
        },
        { at: "seen", kind: "radios", type: "boolean", inline: true, half: true, label: "Did you see the child?", options: yesNo },
        { at: "spokenTo", kind: "radios", type: "boolean", inline: true, half: true, label: "Did you speak to the child?", options: yesNo },
        {
          at: "plan",
          kind: "select",
          label: "Known plan",
          options: [
            ["none", "None"],
            ["early-help", "Early help"],
            ["child-in-need", "Child in need"],
            ["child-protection", "Child protection"],
            ["looked-after", "Looked after"],
            ["unknown", "Not known"],
          ],
        },
        { at: "disabled", kind: "radios", type: "boolean", inline: true, half: true, label: "Is the child disabled?", options: yesNo },
        { at: "mobile", kind: "radios", type: "boolean", inline: true, half: true, label: "Does the child crawl or walk?", options: yesNo },
        { at: "school/name", kind: "text", half: true, label: "School or nursery" },
        { at: "school/informed", kind: "radios", type: "boolean", inline: true, half: true, label: "Has the school been told?", options: yesNo },
        {
          at: "impact",
          kind: "textarea",
          rows: 5,
          impact: true,
          label: "What this meant for this child",
          hint: "How the child looked and behaved; body; sleep, eating, school, play. “Not known, because…” is an answer.",
        },
        {
          at: "voice",
          kind: "textarea",
          rows: 3,
          label: "What the child said",
          hint: "In the child’s own words. For a baby: what you saw.",
        },
      ],
    },
  ],
};

/** @type {Section} */
const adults = {
  id: "adults",
  title: "Adults",
  items: [
    {
      repeat: "/adults",
      noun: "adult",
      prefix: "a",
      key: "adult",
      items: [
        { at: "name", kind: "text", label: "Name", half: true },
        {
          at: "role",
          kind: "select",
          half: true,
          label: "Role",
          options: [
            ["victim", "Victim"],
            ["suspect", "Suspect"],
            ["parent", "Parent"],
            ["other", "Other"],
          ],
        },
        { at: "relationship", kind: "text", label: "Relationship to the children" },
      ],
    },
  ],
};

/** Our own short labels for the 27 questions; the numbering is that of the police checklist. `words`: what a note would say. */
export const QUESTIONS = [
  ["q1", "Injury this time", "What, where, and is it the first?"],
  ["q2", "Very frightened", "In the victim’s words"],
  ["q3", "Says what is feared, and for whom", "What, and for whom"],
  ["q4", "Kept from family, friends or doctor", "By whom, how"],
  ["q5", "Depressed or suicidal thoughts", "What was said"],
  ["q6", "Separated, or tried to, in the past year", "When, and who ended it"],
  ["q7", "Conflict over child contact", "What about"],
  ["q8", "Constant contact, following or stalking", "What"],
  ["q9", "Pregnant, or a baby under 18 months", "Due date or date of birth"],
  ["q10", "Children in the home not the suspect’s own", "Who"],
  ["q11", "Children or dependants ever hurt", "Who, what, when"],
  ["q12", "Ever threatened to hurt or kill children", "The words used"],
  ["q13", "Happening more often", "Since when"],
  ["q14", "Getting worse", "How"],
  ["q15", "Controls everything, or very jealous", "Examples"],
  ["q16", "Weapon or object ever used to hurt", "What"],
  ["q17", "Threat to kill, and believed", "Whom, and the words"],
  ["q18", "Strangled, choked, suffocated or drowned", "How; breathing, voice, passing out"],
  ["q19", "Sexual acts or words that hurt or degrade", "Only what is needed"],
  ["q20", "Someone else threatens or frightens", "Who"],
  ["q21", "Suspect has hurt anyone else", "Who"],
  ["q22", "Suspect has hurt an animal or pet", "What"],
  ["q23", "Money: dependence, debt, lost job", "What"],
  ["q24", "Suspect: drink, drugs or mental health, past year", "Which"],
  ["q25", "Suspect ever threatened or tried suicide", "When, how"],
  ["q26", "Broke bail, an order or contact agreement", "Which"],
  ["q27", "Suspect has police or criminal history", "What for"],
].map(([key = "", label = "", words = ""]) => ({ key, label, words }));

/** Where a group of questions starts. @type {Record<string, string>} */
export const QUESTION_GROUPS = { q1: "Now", q9: "Children and dependants", q13: "History", q24: "The suspect" };

/** @type {Section} */
const dash = {
  id: "dash",
  title: "Risk questions (DASH)",
  intro: "With the keyboard, on a row: Y yes, N no, K not known; the next row follows. Delete clears an answer.",
  slot: "/dash",
  items: [
    {
      at: "/dash/status",
      kind: "radios",
      inline: true,
      label: "Were the questions asked?",
      options: [
        ["completed", "All"],
        ["partial", "Some"],
        ["declined", "Victim declined"],
        ["not-done", "Not asked"],
      ],
    },
    { grid: "dash" },
    {
      at: "/dash/grade",
      kind: "radios",
      inline: true,
      label: "Your grade",
      options: [
        ["standard", "Standard"],
        ["medium", "Medium"],
        ["high", "High"],
      ],
    },
    { at: "/dash/rationale", kind: "textarea", rows: 3, label: "Why this grade" },
    { at: "/dash/observations", kind: "textarea", rows: 3, label: "What you observed", hint: "Most useful where the victim declined or could not talk." },
  ],
};

/** @type {Section} */
const referral = {
  id: "referral",
  title: "Referral",
  items: [
    {
      at: "/referral/concern",
      kind: "radios",
      label: "Level of concern",
      options: [
        ["information", "Information only"],
        ["early-help", "Early help"],
        ["child-in-need", "Child in need (section 17)"],
        ["significant-harm", "Significant harm (section 47)"],
      ],
    },
    { at: "/referral/reason", kind: "textarea", rows: 4, label: "Why you are referring" },
    { at: "/referral/actionsTaken", kind: "textarea", rows: 3, label: "What has been done", hint: "Who is with the children now, who has been told." },
    { at: "/referral/specialistNotified", kind: "radios", type: "boolean", inline: true, label: "Do the child-abuse investigators know?", options: yesNo },
    {
      at: "/referral/strategyDiscussion",
      kind: "radios",
      label: "Strategy discussion",
      options: [
        ["requested", "Requested"],
        ["held", "Held"],
        ["not-requested", "Not requested"],
        ["declined", "Asked for, declined"],
      ],
    },
  ],
};

/** @type {Section} */
const records = {
  id: "records",
  title: "Where else this is recorded",
  items: [
    {
      repeat: "/records",
      noun: "record",
      key: "record",
      items: [
        {
          at: "system",
          kind: "select",
          label: "Where",
          half: true,
          options: [
            ["crime", "Crime record"],
            ["non-crime", "Non-crime incident"],
            ["missing", "Missing persons"],
            ["custody", "Custody record"],
            ["paper", "Paper"],
            ["personal-drive", "Personal drive"],
            ["other", "Other"],
          ],
        },
        { at: "reference", kind: "text", label: "Reference", half: true },
        { at: "text", kind: "textarea", rows: 3, label: "What it says" },
      ],
    },
  ],
};

/** @type {Section} */
const missing = {
  id: "missing",
  title: "Missing episodes",
  slot: "/missing",
  items: [
    { at: "/missing/totalEpisodes", kind: "number", label: "Episodes in all" },
    {
      repeat: "/missing/episodes",
      noun: "episode",
      key: "episode",
      items: [
        { at: "from", kind: "datetime", label: "Missing from", half: true },
        { at: "to", kind: "datetime", label: "Back", half: true },
        {
          at: "returnInterview",
          kind: "select",
          label: "Return home interview",
          options: [
            ["completed", "Completed"],
            ["offered", "Offered"],
            ["declined", "Declined"],
            ["not-offered", "Not offered"],
          ],
        },
      ],
    },
    { at: "/missing/furtherAction", kind: "textarea", rows: 4, label: "Further assessment or action to reduce harm" },
  ],
};

/** @type {Section} */
const custody = {
  id: "custody",
  title: "Custody",
  slot: "/custody",
  items: [
    { at: "/custody/arrestedAt", kind: "datetime", label: "Arrested", half: true },
    { at: "/custody/chargedAt", kind: "datetime", label: "Charged", half: true },
    { at: "/custody/releasedAt", kind: "datetime", label: "Released", half: true },
    {
      at: "/custody/bail",
      kind: "radios",
      inline: true,
      label: "Bail",
      options: [
        ["granted", "Granted"],
        ["refused", "Refused"],
      ],
    },
    { at: "/custody/appropriateAdult/requestedAt", kind: "datetime", label: "Appropriate adult asked for", half: true },
    { at: "/custody/appropriateAdult/arrivedAt", kind: "datetime", label: "Appropriate adult arrived", half: true },
    { at: "/custody/accommodation/requestedAt", kind: "datetime", label: "Local authority accommodation asked for" },
    {
      at: "/custody/accommodation/kind",
      kind: "radios",
      inline: true,
      label: "What kind was asked for",
      options: [
        ["non-secure", "Non-secure"],
        ["secure", "Secure"],
      ],
    },
    {
      at: "/custody/accommodation/outcome",
      kind: "select",
      label: "Outcome",
      options: [
        ["transferred", "Transferred"],
        ["none-available", "None available"],
        ["refused", "Refused"],
        ["not-requested", "Not requested"],
      ],
    },
    { at: "/custody/accommodation/reason", kind: "textarea", rows: 3, label: "Reason" },
    { at: "/custody/certificate", kind: "radios", type: "boolean", inline: true, label: "Detention certificate completed", options: yesNo },
  ],
};

/** @type {Section} */
const strategy = {
  id: "strategy",
  title: "Strategy discussion",
  slot: "/strategyDiscussion",
  items: [
    { at: "/strategyDiscussion/heldAt", kind: "datetime", label: "Held" },
    {
      repeat: "/strategyDiscussion/attendees",
      noun: "person present",
      key: "attendee",
      items: [
        {
          at: "agency",
          kind: "select",
          half: true,
          label: "Agency",
          options: [
            ["police", "Police"],
            ["children-social-care", "Children’s social care"],
            ["health", "Health"],
            ["education", "Education"],
            ["other", "Other"],
          ],
        },
        { at: "name", kind: "text", half: true, label: "Name" },
      ],
    },
    { at: "/strategyDiscussion/informationShared", kind: "textarea", rows: 5, label: "Information shared" },
    {
      repeat: "/strategyDiscussion/decisions",
      noun: "decision",
      key: "decision",
      items: [
        { at: "decision", kind: "textarea", rows: 2, label: "Decision" },
        { at: "reason", kind: "textarea", rows: 2, label: "Reason" },
      ],
    },
    {
      repeat: "/strategyDiscussion/actions",
      noun: "action",
      key: "action",
      items: [
        { at: "action", kind: "text", label: "Action" },
        { at: "owner", kind: "text", half: true, label: "Who" },
        { at: "due", kind: "date", half: true, label: "By when" },
      ],
    },
    {
      at: "/strategyDiscussion/outcome",
      kind: "radios",
      label: "Outcome",
      options: [
        ["no-enquiry", "No enquiry"],
        ["single-agency-enquiry", "Single-agency enquiry"],
        ["joint-enquiry", "Joint enquiry"],
      ],
    },
  ],
};

/** Each form type of the contract: its title and its sections in order. @type {Record<FormType, { title: string, sections: Section[] }>} */
export const FORMS = {
  "domestic-abuse": { title: "Domestic abuse referral", sections: [about, incident, children, adults, dash, referral] },
  "child-concern": { title: "Child concern", sections: [about, incident, children, adults, referral, records] },
  "missing-child": { title: "Missing child", sections: [about, incident, children, missing, referral, records] },
  "child-in-custody": { title: "Child in custody", sections: [about, incident, children, custody, referral] },
  "strategy-discussion": { title: "Strategy discussion", sections: [about, incident, children, strategy, referral] },
};
