// Ten referrals to try, good and bad. Everyone here is invented.

/**
 * @typedef {object} Sample
 * @property {string} id
 * @property {string} title
 * @property {boolean} [good] nothing required is open
 * @property {string} about what to look for
 * @property {string[]} [visited] where the officer had already been when the draft was put down; guidance there is shown at once
 * @property {import("./form-model.js").Form} form
 */

/** The same answer to every question, but for some. @param {string} answer @param {Record<string, string | string[]>} [but] */
const all = (answer, but = {}) => {
  /** @type {Record<string, { answer?: string, detail?: string }>} */
  const answers = {};
  for (let number = 1; number <= 27; number += 1) answers[`q${number}`] = { answer };
  for (const [key, value] of Object.entries(but)) answers[key] = typeof value === "string" ? { answer: value } : { answer: value[0], detail: value[1] };
  return answers;
};

const at = { createdAt: "2026-11-20T23:40" };
const kelly = { id: "a1", name: "Kelly Marsh", role: "victim", relationship: "mother of both" };
const dean = { id: "a2", name: "Dean Foley", role: "suspect", relationship: "father of Noah" };

/** @type {Sample[]} */
export const SAMPLES = [
  {
    id: "half-finished",
    title: "Half-finished: two children, much still open",
    about: "Ava’s box says where she was, not how she was. Question 18 says no, the account says hands round her throat.",
    visited: ["incident", "children", "child:c1", "dash"],
    form: {
      formType: "domestic-abuse",
      reference: "22/104512/26",
      ...at,
      incident: {
        occurredAt: "2026-11-20T21:40",
        domesticAbuse: true,
        narrative:
          "Called by neighbour to shouting. Kelly met us at the door, red marks round her neck. She said Dean had come in drunk, pushed her on to the sofa and put both hands round her throat until she couldn't breathe. Ava was stood in the doorway and saw it. Noah was upstairs in his cot. Dean arrested for assault, Kelly refused ambulance.",
      },
      children: [
        {
          id: "c1",
          name: "Ava",
          ageYears: 7,
          relationship: "daughter of the victim",
          presence: "in-room",
          seen: true,
          spokenTo: true,
          plan: "unknown",
          impact: "Ava was present in the doorway. Safe and well, no concerns.",
        },
        { id: "c2", name: "Noah", dateOfBirth: "2025-10-02", relationship: "son of both", presence: "in-home", seen: true, spokenTo: false },
      ],
      adults: [kelly, dean],
      dash: {
        status: "partial",
        answers: {
          q1: { answer: "yes", detail: "red marks to neck" },
          q2: { answer: "yes", detail: "shaking, said he'd come back" },
          q3: { answer: "yes", detail: "that he will kill her" },
          q4: { answer: "no" },
          q5: { answer: "unknown" },
          q6: { answer: "no" },
          q7: { answer: "no" },
          q8: { answer: "no" },
          q9: { answer: "yes", detail: "Noah 13 months" },
          q10: { answer: "yes", detail: "Ava" },
          q11: { answer: "no" },
          q12: { answer: "no" },
          q13: { answer: "yes" },
          q14: { answer: "yes" },
          q15: { answer: "yes", detail: "checks her phone" },
          q16: { answer: "no" },
          q17: { answer: "no" },
          q18: { answer: "no" },
        },
      },
      referral: {},
    },
  },
  {
    id: "well-described",
    title: "Well written: both children described",
    good: true,
    about: "Each child has their own words: how they looked, what they said, what changed at home and school.",
    form: {
      formType: "domestic-abuse",
      reference: "22/104513/26",
      ...at,
      incident: {
        occurredAt: "2026-11-20T19:15",
        domesticAbuse: true,
        narrative:
          "Priya's ex-partner Marcus came to the house uninvited and kicked the front door until the panel broke. He shouted through the letterbox that he would burn the house down with them in it. Priya locked herself and the children, Isla and Theo, in the bathroom. He left before we came. Arrest attempts ongoing.",
      },
      children: [
        {
          id: "c1",
          name: "Isla",
          dateOfBirth: "2017-05-11",
          relationship: "daughter of both",
          presence: "in-home",
          seen: true,
          spokenTo: true,
          plan: "none",
          impact:
            "Isla was crying and shaking when we came and would not let go of her mum's sleeve. She had wet herself. Mum says she has slept in mum's bed since the last time in September and has missed school on Mondays after contact. Gran is staying tonight and the locks are being changed.",
          voice: 'Isla said: "I thought he was going to get us. I don\'t want him to know where my school is."',
        },
        {
          id: "c2",
          name: "Theo",
          dateOfBirth: "2025-08-30",
          relationship: "son of both",
          presence: "in-home",
          seen: true,
          spokenTo: false,
          plan: "none",
          impact:
            "Theo, 14 months, was stiff and silent in his mum's arms, startled at the radio and would not take his bottle. No marks seen, clean and warm.",
          voice: "Too young to speak. He turned his face away from us and clung to his mum; settled after ten minutes with gran.",
        },
      ],
      adults: [
        { id: "a1", name: "Priya Nair", role: "victim", relationship: "mother of both" },
        { id: "a2", name: "Marcus Hale", role: "suspect", relationship: "father of both" },
      ],
      dash: {
        status: "completed",
        answers: all("no", {
          q2: ["yes", "says he will not stop"],
          q3: ["yes", "that he will set fire to the house with the children inside"],
          q6: ["yes", "left him in June"],
          q7: ["yes", "Monday contact, handover at the house"],
          q8: ["yes", "20 messages a day"],
          q9: ["yes", "Theo 14 months"],
          q12: ["yes", "burn the house down with them in it"],
          q13: ["yes", "since September"],
          q14: ["yes", "first time he broke the door"],
          q15: ["yes", "tells her who she may see"],
          q17: ["yes", "burn the house down with them in it"],
          q24: ["yes", "cocaine"],
          q27: ["yes", "assault on an ex-partner, 2023"],
        }),
        grade: "high",
        rationale: "Threat to kill her and the children, believed; recent separation; stalking; getting worse since September.",
      },
      referral: {
        concern: "significant-harm",
        reason:
          "Threat to burn the house down with the children in it, after separation and getting worse. Both children frightened tonight; Isla's sleep and school already suffer.",
        actionsTaken: "Gran staying. Locks changed tonight. Emergency duty team phoned 20:50, spoke to the duty social worker. Marker put on the address.",
        specialistNotified: true,
        strategyDiscussion: "requested",
      },
    },
  },
  {
    id: "boilerplate",
    title: "Filler only: “safe and well, asleep”",
    about: "Both children have the same words, and those say only that they slept. The account speaks of three.",
    form: {
      formType: "domestic-abuse",
      reference: "22/104514/26",
      ...at,
      incident: {
        occurredAt: "2026-11-20T22:05",
        domesticAbuse: true,
        narrative:
          "Report of domestic. On arrival AP stated that her partner had slapped her across the face during an argument about money. Three children in the address. Male left prior to arrival. AP does not support prosecution.",
      },
      children: [
        {
          id: "c1",
          name: "Jayden",
          ageYears: 11,
          relationship: "son",
          presence: "in-home",
          seen: true,
          spokenTo: false,
          impact: "Asleep upstairs. Safe and well. No concerns.",
        },
        {
          id: "c2",
          name: "Ruby",
          ageYears: 6,
          relationship: "daughter",
          presence: "in-home",
          seen: true,
          spokenTo: false,
          impact: "Asleep upstairs. Safe and well. No concerns.",
        },
      ],
      adults: [{ id: "a1", name: "Stacey Dunn", role: "victim", relationship: "mother" }],
      dash: { status: "declined", answers: {} },
      referral: { concern: "information", reason: "For information.", strategyDiscussion: "not-requested" },
    },
  },
  {
    id: "contradictions",
    title: "All “no”, but the text says otherwise",
    about: "Answers and account disagree ten times. Each is shown at both ends; nobody knows yet which is right.",
    form: {
      formType: "domestic-abuse",
      reference: "22/104515/26",
      ...at,
      incident: {
        occurredAt: "2026-11-20T20:30",
        domesticAbuse: true,
        narrative:
          "Leah said her boyfriend Craig threw a plate at her which cut her eyebrow, then grabbed her by the neck and choked her. He kicked the dog. He told her he would kill her if she left. She is 20 weeks pregnant. Craig was drunk. He is on bail for an assault on his ex.",
      },
      children: [
        {
          id: "c1",
          name: "Mia",
          ageYears: 9,
          relationship: "daughter of the victim, not the suspect's",
          presence: "in-room",
          seen: true,
          spokenTo: true,
          plan: "child-in-need",
          impact: "Mia had a red mark on her arm where the plate hit her. She was pale and quiet and kept checking the window.",
          voice: "Mia said \"he always hurts mum when he's had a drink\" and asked if she could sleep at her friend's.",
        },
        {
          id: "c2",
          name: "Unborn baby",
          unborn: true,
          relationship: "child of both",
          presence: "in-room",
          impact: "Leah was choked and knocked against the table at 20 weeks. She has had pains since; taken to hospital to have the baby checked.",
        },
      ],
      adults: [
        { id: "a1", name: "Leah Booth", role: "victim", relationship: "mother of both" },
        { id: "a2", name: "Craig Pike", role: "suspect", relationship: "father of the unborn baby" },
      ],
      dash: {
        status: "completed",
        answers: all("no", { q1: ["yes", "cut eyebrow"], q2: "yes", q5: "unknown" }),
        grade: "standard",
        rationale: "No serious injury.",
      },
      referral: {
        concern: "child-in-need",
        reason: "Mia saw the assault.",
        actionsTaken: "Craig arrested.",
        specialistNotified: false,
        strategyDiscussion: "not-requested",
      },
    },
  },
  {
    id: "no-effect",
    title: "Reasoned “no effect”, low level",
    good: true,
    about: "Nothing happened to the child, and the officer says how that was seen. It may be below the threshold; it can be sent.",
    form: {
      formType: "domestic-abuse",
      reference: "22/104516/26",
      ...at,
      incident: {
        occurredAt: "2026-11-20T17:20",
        domesticAbuse: true,
        narrative:
          "Loud argument between Tom and his ex-partner Gemma on the doorstep about who pays for a school trip. No threats, nothing damaged, nobody hurt. Tom left when asked. First call to this address.",
      },
      children: [
        {
          id: "c1",
          name: "Finley",
          ageYears: 10,
          relationship: "son of both",
          presence: "in-home",
          seen: true,
          spokenTo: true,
          plan: "none",
          impact:
            "Finley was in the back room on his games console with headphones on, relaxed and chatty, and showed me his game. Nothing about him worried me.",
          voice: "He told me he had heard nothing, that mum and dad sometimes argue about money, and that he feels safe at both homes.",
        },
      ],
      adults: [
        { id: "a1", name: "Gemma Holt", role: "victim", relationship: "mother" },
        { id: "a2", name: "Tom Holt", role: "suspect", relationship: "father" },
      ],
      dash: {
        status: "completed",
        answers: all("no", { q3: ["no", "nothing"], q6: ["yes", "separated in spring, both agreed"], q7: ["no"] }),
        grade: "standard",
        rationale: "First call, an argument, no fear, no history.",
      },
      referral: {
        concern: "child-in-need",
        reason: "Child in the house at a domestic.",
        actionsTaken: "Advice given to both.",
        specialistNotified: false,
        strategyDiscussion: "not-requested",
      },
    },
  },
  {
    id: "terse",
    title: "Short police notes that say enough",
    good: true,
    about: "Few words, and enough: “hid behind nan” says more than “safe and well”.",
    form: {
      formType: "domestic-abuse",
      reference: "22/104517/26",
      ...at,
      incident: {
        occurredAt: "2026-11-20T01:10",
        domesticAbuse: true,
        narrative:
          "IP punched x2 to face by BF in kitchen, swollen lip. LO 4yrs on stairs, saw. BF arr s39, I/X. IP had 3 prev DA in 6/12. CSC EDT informed 0150.",
      },
      children: [
        {
          id: "c1",
          name: "Kian",
          ageYears: 4,
          relationship: "IP's son",
          presence: "in-room",
          seen: true,
          spokenTo: true,
          plan: "early-help",
          impact:
            "Sat on stairs sobbing, hid behind nan, wouldn't come out. Flinched at BWV light. Nan taking him tonight. Nursery say he's been hitting others.",
          voice: '"Mummy\'s mouth is bleeding. Make him go."',
        },
      ],
      adults: [
        { id: "a1", name: "Chloe Reid", role: "victim", relationship: "mother" },
        { id: "a2", name: "Liam Ford", role: "suspect", relationship: "mother's boyfriend" },
      ],
      dash: {
        status: "completed",
        answers: all("no", {
          q1: ["yes", "swollen lip"],
          q2: "yes",
          q3: ["yes", "more injury"],
          q10: ["yes", "Kian"],
          q13: ["yes", "3 in 6 months"],
          q14: "yes",
          q24: ["yes", "drink"],
          q19: "unknown",
        }),
        grade: "medium",
        rationale: "Fourth call in six months, getting worse, injured in front of child.",
      },
      referral: {
        concern: "child-in-need",
        reason: "Fourth incident in 6/12, Kian saw it, distressed, behaviour at nursery changed.",
        actionsTaken: "EDT informed. Nan has Kian.",
        specialistNotified: false,
        strategyDiscussion: "not-requested",
      },
    },
  },
  {
    id: "nobody-listed",
    title: "Child concern: children in the story, none on the form",
    about: "The account speaks of two children. The list is empty.",
    form: {
      formType: "child-concern",
      reference: "22/104518/26",
      ...at,
      incident: {
        occurredAt: "2026-11-20T23:05",
        domesticAbuse: false,
        narrative:
          "Called to a flat by a neighbour: a baby crying for an hour. Mum was drunk and could not stand. Her son, about five, let us in and was giving the baby crisps. Fridge empty, no heating on. Nan came and is staying the night.",
      },
      adults: [{ id: "a1", name: "Farah Aziz", role: "parent", relationship: "mother" }],
      referral: { concern: "information" },
    },
  },
  {
    id: "missing",
    title: "Missing child: fifth time this month",
    about: "The form calls it a child in need; the cash, the phone and the older man read as exploitation.",
    form: {
      formType: "missing-child",
      reference: "MP/2291/26",
      ...at,
      incident: {
        occurredAt: "2026-11-19T22:00",
        domesticAbuse: false,
        narrative:
          "Tyler, 15, went from his placement again and came back with a new phone and cash. An older male in a grey car dropped him round the corner.",
      },
      children: [
        {
          id: "c1",
          name: "Tyler",
          ageYears: 15,
          relationship: "in care of the local authority",
          presence: "elsewhere",
          seen: true,
          spokenTo: true,
          plan: "looked-after",
          impact: "Tyler was tired and hungry, had a bruise on his cheek and would not say how. He kept turning the phone over.",
          voice: 'He said "it\'s just mates" and then "I owe them, I can\'t not go".',
        },
      ],
      missing: {
        totalEpisodes: 5,
        episodes: [
          { from: "2026-11-16T20:00", to: "2026-11-17T04:00", returnInterview: "offered" },
          { from: "2026-11-19T22:00", to: "2026-11-20T21:30", returnInterview: "not-offered" },
        ],
      },
      referral: { concern: "child-in-need", reason: "Repeat missing, possible exploitation.", specialistNotified: false, strategyDiscussion: "not-requested" },
    },
  },
  {
    id: "custody",
    title: "Child in custody overnight, bail refused",
    about: "Nobody asked the local authority for a bed, and the appropriate adult came late.",
    form: {
      formType: "child-in-custody",
      reference: "CU/8834/26",
      ...at,
      incident: {
        occurredAt: "2026-11-20T15:30",
        domesticAbuse: false,
        narrative: "Reece, 14, arrested for robbery and charged. Bail refused. Kept at the station for court in the morning.",
      },
      children: [
        {
          id: "c1",
          name: "Reece",
          ageYears: 14,
          relationship: "lives with his aunt",
          presence: "elsewhere",
          seen: true,
          spokenTo: true,
          plan: "early-help",
          impact: "Reece cried in the cell and has not eaten. He has asthma; inhaler brought by his aunt.",
          voice: "He asked when he could go home and said he was scared of the noise.",
        },
      ],
      custody: {
        arrestedAt: "2026-11-20T16:00",
        chargedAt: "2026-11-20T21:10",
        bail: "refused",
        appropriateAdult: { requestedAt: "2026-11-20T19:30", arrivedAt: "2026-11-20T20:40" },
        accommodation: { outcome: "not-requested" },
      },
      referral: { concern: "child-in-need", reason: "Kept in custody overnight.", strategyDiscussion: "not-requested" },
    },
  },
  {
    id: "strategy",
    title: "Strategy discussion, actions left open",
    about: "Health was not there, one action has no owner, and no outcome is written.",
    form: {
      formType: "strategy-discussion",
      reference: "SD/310/26",
      ...at,
      incident: {
        occurredAt: "2026-11-18T18:00",
        domesticAbuse: true,
        narrative: "Mother's partner pushed her downstairs while she held Lola, 2. Lola has a bruise to her forehead.",
      },
      children: [
        {
          id: "c1",
          name: "Lola",
          ageYears: 2,
          relationship: "daughter of the victim",
          presence: "in-room",
          seen: true,
          spokenTo: false,
          plan: "child-protection",
          impact: "Lola has a bruise to the forehead the size of a coin. She screamed when a man came into the room and would only be held by her mum.",
          voice: 'Few words: she pointed at the stairs and said "bang".',
        },
      ],
      strategyDiscussion: {
        heldAt: "2026-11-20T10:00",
        attendees: [
          { agency: "police", name: "DS Warren" },
          { agency: "children-social-care", name: "J. Patel" },
        ],
        informationShared: "Two earlier calls in October. On a child protection plan since May for neglect. Partner has a conviction for assault on a child.",
        decisions: [{ decision: "Medical examination today" }],
        actions: [{ action: "Book medical" }, { action: "Visit mother", owner: "J. Patel", due: "2026-11-21" }],
      },
      referral: {
        concern: "significant-harm",
        reason: "Bruise to a two-year-old, partner known for assault on a child.",
        specialistNotified: true,
        strategyDiscussion: "held",
      },
    },
  },
];
