/* Made from schemas/ by `make gen`; the source is the Rust types. */

/**
 * Which form it is.
 */
export type FormType = "domestic-abuse" | "child-concern" | "missing-child" | "child-in-custody" | "strategy-discussion";
/**
 * Typed text.
 */
export type Prose = string;
/**
 * A date, or a date and time, as typed.
 */
export type Moment = string;
/**
 * A short text in a list.
 */
export type Line = Prose;
/**
 * Where the child was.
 */
export type Presence = "in-room" | "in-home" | "elsewhere" | "unknown";
/**
 * The child's plan with children's social care.
 */
export type Plan = "none" | "early-help" | "child-in-need" | "child-protection" | "looked-after" | "unknown";
/**
 * An adult's part in the incident.
 */
export type AdultRole = "victim" | "suspect" | "parent" | "other";
/**
 * How far the risk questions were gone through.
 */
export type DashStatus = "completed" | "partial" | "declined" | "not-done";
/**
 * An answer.
 */
export type AnswerValue = "yes" | "no" | "unknown" | "not-asked";
/**
 * The officer's grade of risk.
 */
export type Grade = "standard" | "medium" | "high";
/**
 * The level of concern chosen.
 */
export type Concern = "information" | "early-help" | "child-in-need" | "significant-harm";
/**
 * Where the strategy discussion stands.
 */
export type StrategyStatus = "requested" | "held" | "not-requested" | "declined";
/**
 * Where a return interview stands.
 */
export type ReturnInterview = "completed" | "offered" | "declined" | "not-offered";
/**
 * Bail after charge.
 */
export type Bail = "granted" | "refused";
/**
 * The accommodation asked for.
 */
export type AccommodationKind = "secure" | "non-secure";
/**
 * What came of asking for accommodation.
 */
export type AccommodationOutcome = "transferred" | "none-available" | "refused" | "not-requested";
/**
 * An agency at a strategy discussion.
 */
export type Agency = "police" | "children-social-care" | "health" | "education" | "other";
/**
 * What a strategy discussion came to.
 */
export type StrategyOutcome = "no-enquiry" | "single-agency-enquiry" | "joint-enquiry";
/**
 * Where a record is kept.
 */
export type RecordSystem = "crime" | "non-crime" | "missing" | "custody" | "paper" | "personal-drive" | "other";
/**
 * How pressing a finding is.
 */
export type Severity = "required" | "warning" | "prompt" | "info";
/**
 * Whether the impact on a child is described.
 */
export type ImpactStatus = "missing" | "inadequate" | "described";
/**
 * How far the questions were gone through.
 */
export type DashState = "not-required" | "not-started" | "declined" | "incomplete" | "complete";
/**
 * The likely level, the gravest last.
 */
export type Likely = "below" | "uncertain" | "meets" | "significant-harm";
/**
 * A year, or a span of years in words.
 */
export type Year = number | string;
/**
 * What a cue does to the phrases within its reach.
 */
export type CueKind = "negation" | "doubt" | "hypothetical" | "past" | "long-ago" | "elsewhere" | "hearsay" | "pseudo" | "terminator";
/**
 * On which side of the cue its phrases stand.
 */
export type Direction = "forward" | "backward" | "both";
/**
 * Words for people, each a list of single words.
 */
export type People = PeopleLists;
/**
 * Whom a concept must be about.
 */
export type About = "any" | "child" | "victim" | "suspect" | "adult";
/**
 * How much an indicator says alone.
 */
export type Weight = "doubt" | "context" | "enough" | "red-flag";

/**
 * A referral, as `contract` names its fields.
 */
export interface Referral {
  /**
   * Which form it is.
   */
  formType?: FormType | null;
  /**
   * The force's reference.
   */
  reference?: Prose | null;
  /**
   * "Now", for ages and delays: RFC 3339, offset optional.
   */
  createdAt?: Moment | null;
  /**
   * Who writes.
   */
  officer?: Officer;
  /**
   * What happened.
   */
  incident?: Incident;
  /**
   * The children.
   */
  children?: Child[];
  /**
   * The adults.
   */
  adults?: Adult[];
  /**
   * The risk questions.
   */
  dash?: Dash | null;
  /**
   * The referral to children's social care.
   */
  referral?: Concerns | null;
  /**
   * Missing episodes.
   */
  missing?: Missing | null;
  /**
   * Custody.
   */
  custody?: Custody | null;
  /**
   * The record of a strategy discussion.
   */
  strategyDiscussion?: StrategyDiscussion | null;
  /**
   * Where the case is recorded.
   */
  records?: Record[];
  /**
   * Findings answered with a reason.
   */
  overrides?: Override[];
}
/**
 * Who writes.
 */
export interface Officer {
  /**
   * Collar number or the like.
   */
  id?: Prose | null;
  /**
   * Team.
   */
  team?: Prose | null;
}
/**
 * What happened.
 */
export interface Incident {
  /**
   * When.
   */
  occurredAt?: Moment | null;
  /**
   * The form says it is domestic abuse.
   */
  domesticAbuse?: boolean | null;
  /**
   * The officer's account.
   */
  narrative?: Prose | null;
}
/**
 * A child.
 */
export interface Child {
  /**
   * Unique in the form.
   */
  id?: Prose;
  /**
   * Name.
   */
  name?: Prose | null;
  /**
   * Other names.
   */
  alsoKnownAs?: Line[];
  /**
   * Date of birth.
   */
  dateOfBirth?: Moment | null;
  /**
   * Age in years, where the date of birth is not known.
   */
  ageYears?: number | null;
  /**
   * Not yet born.
   */
  unborn?: boolean | null;
  /**
   * To the adults.
   */
  relationship?: Prose | null;
  /**
   * Where the child was.
   */
  presence?: Presence | null;
  /**
   * Seen by an officer.
   */
  seen?: boolean | null;
  /**
   * Spoken to by an officer.
   */
  spokenTo?: boolean | null;
  /**
   * The plan with children's social care.
   */
  plan?: Plan | null;
  /**
   * Disabled.
   */
  disabled?: boolean | null;
  /**
   * Moves about unaided.
   */
  mobile?: boolean | null;
  /**
   * School, for Operation Encompass.
   */
  school?: School | null;
  /**
   * What this meant for this child, in the officer's words.
   */
  impact?: Prose | null;
  /**
   * What the child said, or how a child too young to speak presented.
   */
  voice?: Prose | null;
}
/**
 * A school.
 */
export interface School {
  /**
   * Its name.
   */
  name?: Prose | null;
  /**
   * It was told.
   */
  informed?: boolean | null;
}
/**
 * An adult.
 */
export interface Adult {
  /**
   * Unique in the form.
   */
  id?: Prose;
  /**
   * Name.
   */
  name?: Prose | null;
  /**
   * Part in the incident.
   */
  role?: AdultRole | null;
  /**
   * To the children.
   */
  relationship?: Prose | null;
}
/**
 * The risk questions.
 */
export interface Dash {
  /**
   * How far they were gone through.
   */
  status?: DashStatus | null;
  /**
   * The question set, where it is not the policy's own.
   */
  questionSet?: string | null;
  /**
   * By key.
   */
  answers?: {
    [k: string]: Answer | undefined;
  };
  /**
   * The officer's grade.
   */
  grade?: Grade | null;
  /**
   * Why this grade.
   */
  rationale?: Prose | null;
  /**
   * What the officer saw.
   */
  observations?: Prose | null;
}
/**
 * An answer with its detail.
 */
export interface Answer {
  /**
   * The answer.
   */
  answer?: AnswerValue | null;
  /**
   * Its detail.
   */
  detail?: Prose | null;
}
/**
 * The referral to children's social care.
 */
export interface Concerns {
  /**
   * The level chosen.
   */
  concern?: Concern | null;
  /**
   * Why.
   */
  reason?: Prose | null;
  /**
   * What was done.
   */
  actionsTaken?: Prose | null;
  /**
   * The specialist child-abuse investigators know of it.
   */
  specialistNotified?: boolean | null;
  /**
   * Where the strategy discussion stands.
   */
  strategyDiscussion?: StrategyStatus | null;
}
/**
 * Missing episodes.
 */
export interface Missing {
  /**
   * How many in all.
   */
  totalEpisodes?: number | null;
  /**
   * Those with dates.
   */
  episodes?: Episode[];
  /**
   * What else is being done.
   */
  furtherAction?: Prose | null;
}
/**
 * One missing episode.
 */
export interface Episode {
  /**
   * Missing from.
   */
  from?: Moment | null;
  /**
   * Returned.
   */
  to?: Moment | null;
  /**
   * The return interview.
   */
  returnInterview?: ReturnInterview | null;
}
/**
 * A child in custody.
 */
export interface Custody {
  /**
   * Arrested.
   */
  arrestedAt?: Moment | null;
  /**
   * Released.
   */
  releasedAt?: Moment | null;
  /**
   * Charged.
   */
  chargedAt?: Moment | null;
  /**
   * Bail after charge.
   */
  bail?: Bail | null;
  /**
   * The appropriate adult.
   */
  appropriateAdult?: AppropriateAdult | null;
  /**
   * Local authority accommodation.
   */
  accommodation?: Accommodation | null;
  /**
   * A certificate under PACE section 38(7) was made.
   */
  certificate?: boolean | null;
}
/**
 * The appropriate adult.
 */
export interface AppropriateAdult {
  /**
   * Asked to come.
   */
  requestedAt?: Moment | null;
  /**
   * Came.
   */
  arrivedAt?: Moment | null;
}
/**
 * Local authority accommodation.
 */
export interface Accommodation {
  /**
   * Asked for.
   */
  requestedAt?: Moment | null;
  /**
   * Of what kind.
   */
  kind?: AccommodationKind | null;
  /**
   * What came of it.
   */
  outcome?: AccommodationOutcome | null;
  /**
   * Why.
   */
  reason?: Prose | null;
}
/**
 * The record of a strategy discussion.
 */
export interface StrategyDiscussion {
  /**
   * When.
   */
  heldAt?: Moment | null;
  /**
   * Who was there.
   */
  attendees?: Attendee[];
  /**
   * What each agency shared.
   */
  informationShared?: Prose | null;
  /**
   * What was decided.
   */
  decisions?: Decision[];
  /**
   * Who does what by when.
   */
  actions?: Action[];
  /**
   * What it came to.
   */
  outcome?: StrategyOutcome | null;
}
/**
 * Somebody at a strategy discussion.
 */
export interface Attendee {
  /**
   * For which agency.
   */
  agency?: Agency | null;
  /**
   * Name.
   */
  name?: Prose | null;
}
/**
 * A decision.
 */
export interface Decision {
  /**
   * The decision.
   */
  decision?: Prose | null;
  /**
   * Why.
   */
  reason?: Prose | null;
}
/**
 * An action.
 */
export interface Action {
  /**
   * What.
   */
  action?: Prose | null;
  /**
   * Who.
   */
  owner?: Prose | null;
  /**
   * By when.
   */
  due?: Moment | null;
}
/**
 * Where the case is recorded.
 */
export interface Record {
  /**
   * In which system.
   */
  system?: RecordSystem | null;
  /**
   * Its reference.
   */
  reference?: Prose | null;
  /**
   * Its text.
   */
  text?: Prose | null;
}
/**
 * A finding answered with a reason.
 */
export interface Override {
  /**
   * The finding's code.
   */
  code?: Prose;
  /**
   * Where.
   */
  path?: Prose | null;
  /**
   * Why.
   */
  reason?: Prose | null;
}
/**
 * The report on a form.
 */
export interface Report {
  /**
   * Which policy judged.
   */
  policy: PolicyName;
  /**
   * No open finding of severity `required`.
   */
  complete: boolean;
  /**
   * What is open, most pressing first.
   */
  findings: Finding[];
  /**
   * Each child of the form.
   */
  children: ChildReport[];
  /**
   * The risk questions.
   */
  dash: DashReport;
  /**
   * The likely level of need.
   */
  threshold: ThresholdReport;
}
/**
 * Which policy judged.
 */
export interface PolicyName {
  /**
   * Short name.
   */
  id: string;
  /**
   * Version.
   */
  version: string;
}
/**
 * Something to look at.
 */
export interface Finding {
  /**
   * Stable, dotted, kebab-case.
   */
  code: string;
  /**
   * How pressing it is.
   */
  severity: Severity;
  /**
   * JSON Pointer into the form.
   */
  path: string;
  /**
   * Id of the child that it is about.
   */
  childId?: string | null;
  /**
   * One plain sentence to the officer: what to do.
   */
  message: string;
  /**
   * Why it matters.
   */
  why: string;
  /**
   * The guidance it rests on.
   */
  source: string;
  /**
   * The text that it rests on.
   */
  evidence: Evidence[];
  /**
   * Other fields that it concerns, as JSON Pointers: the other end of a contradiction.
   */
  related?: string[];
  /**
   * The officer answered it with a reason.
   */
  overridden: boolean;
}
/**
 * A place in a text that the officer typed.
 */
export interface Evidence {
  /**
   * JSON Pointer of the text.
   */
  path: string;
  /**
   * First UTF-16 code unit.
   */
  start: number;
  /**
   * One past the last UTF-16 code unit.
   */
  end: number;
  /**
   * What it shows.
   */
  indicator: string;
}
/**
 * A child.
 */
export interface ChildReport {
  /**
   * Its id in the form.
   */
  id: string;
  /**
   * What is written of the impact on it.
   */
  impact: ImpactReport;
}
/**
 * The impact on a child.
 */
export interface ImpactReport {
  /**
   * Whether it is described.
   */
  status: ImpactStatus;
  /**
   * Evidence for each facet.
   */
  facets: {
    [k: string]: Evidence[] | undefined;
  };
  /**
   * At most two open questions that fit the child and what is already written; none once it is described.
   */
  ask: string[];
}
/**
 * The risk questions.
 */
export interface DashReport {
  /**
   * How far they were gone through.
   */
  status: DashState;
  /**
   * Questions answered.
   */
  answered: number;
  /**
   * Questions there are.
   */
  of: number;
  /**
   * Keys of the open ones.
   */
  unanswered: string[];
  /**
   * Questions answered yes. A count of answers, not a measure of risk.
   */
  yes: number;
  /**
   * Answers of no that something speaks against.
   */
  contradictions: ContradictionReport[];
  /**
   * Keys of questions that the form's question set leaves out: not asked, and never a no.
   */
  not_asked?: string[];
}
/**
 * An answer of no that something speaks against.
 */
export interface ContradictionReport {
  /**
   * Key of the question.
   */
  question: string;
  /**
   * What the texts say; empty where the form's own facts do.
   */
  evidence: Evidence[];
  /**
   * The fact of the form that says it.
   */
  fact?: string | null;
}
/**
 * The likely level of need.
 */
export interface ThresholdReport {
  /**
   * The likely level.
   */
  likely: Likely;
  /**
   * `universal`, `early-help`, `section-17` or `section-47`, or what the pack calls these; absent when uncertain.
   */
  route?: string | null;
  /**
   * What the local partnership calls it.
   */
  localLevel?: string | null;
  /**
   * What shows it, gravest first.
   */
  indicators: IndicatorReport[];
}
/**
 * An indicator that the form shows.
 */
export interface IndicatorReport {
  /**
   * Its key in the pack.
   */
  indicator: string;
  /**
   * In plain words.
   */
  name: string;
  /**
   * It shows no level: something that may be grave is said and not explained, so the form is not called below.
   */
  doubt?: boolean;
  /**
   * Its canonical level, 1 to 4.
   */
  level: number;
  /**
   * Ids of the children that it is about.
   */
  childIds: string[];
  /**
   * The document that it rests on.
   */
  source?: string;
  /**
   * What the texts say.
   */
  evidence: Evidence[];
}
/**
 * A whole pack.
 */
export interface Pack {
  /**
   * `policy.toml`.
   */
  policy: Meta;
  /**
   * `sources.toml`: every document cited, once.
   */
  sources?: {
    [k: string]: Source | undefined;
  };
  /**
   * `settings.toml`: the numbers and lists that rules read.
   */
  settings?: Settings;
  /**
   * `words.toml`, and the `[classes]` of every other file.
   */
  words?: Words;
  /**
   * `concepts/*.toml`: things that happened.
   */
  concepts?: {
    [k: string]: Concept | undefined;
  };
  /**
   * `facets/*.toml`: families of phrases, by facet.
   */
  facets?: {
    [k: string]:
      | {
          [k: string]: Family | undefined;
        }
      | undefined;
  };
  /**
   * `empty.toml`: what is not a description of impact.
   */
  empty?: {
    [k: string]: Empty | undefined;
  };
  /**
   * `questions/*.toml`: question sets.
   */
  questions?: {
    [k: string]: QuestionSet | undefined;
  };
  /**
   * `indicators/*.toml`: levels of need.
   */
  indicators?: {
    [k: string]: Indicator | undefined;
  };
  /**
   * `findings.toml`: wording for each code.
   */
  findings?: {
    [k: string]: Wording | undefined;
  };
  /**
   * `asks.toml`: the open questions that fit a facet and an age.
   */
  asks?: {
    [k: string]:
      | {
          [k: string]: string | undefined;
        }
      | undefined;
  };
  /**
   * `locales/*.toml`: the same wording in another language.
   */
  locales?: {
    [k: string]: Locale | undefined;
  };
  /**
   * `readers/*.json`: the learned second readers.
   */
  readers?: {
    [k: string]: Reader | undefined;
  };
}
/**
 * Who made the pack, and which it is.
 */
export interface Meta {
  /**
   * Short name, as reports give it.
   */
  id: string;
  /**
   * Version, as `2026.11.0`.
   */
  version: string;
  /**
   * Name for people.
   */
  name?: string;
  /**
   * Language of the wording, as a BCP 47 tag.
   */
  language?: string;
  /**
   * Who answers for it.
   */
  owner?: string;
  /**
   * The pack that this one adds to.
   */
  extends?: string | null;
  /**
   * The day by which somebody should read it again.
   */
  "review-by"?: string | null;
}
/**
 * A document.
 */
export interface Source {
  /**
   * Its title.
   */
  title: string;
  /**
   * Who published it.
   */
  publisher?: string;
  /**
   * When.
   */
  year?: Year;
  /**
   * Where.
   */
  link?: string | null;
  /**
   * How far it was read: `seen`, `summary` or `general-knowledge`.
   */
  status?: string | null;
  /**
   * Anything a reader should know.
   */
  note?: string | null;
  /**
   * The day by which somebody should look whether it still stands.
   */
  "review-by"?: string | null;
}
/**
 * Numbers and lists. Each has its source in `settings.toml`'s comments and `[sources]`.
 */
export interface Settings {
  /**
   * The question set in use.
   */
  questions?: string;
  /**
   * More episodes than this need a further assessment.
   */
  "missing-episodes"?: number;
  /**
   * Hours within which a return interview is offered.
   */
  "return-interview-hours"?: number;
  /**
   * Hours to ask for an appropriate adult.
   */
  "appropriate-adult-request-hours"?: number;
  /**
   * Hours from the request to the appropriate adult's arrival.
   */
  "appropriate-adult-arrival-hours"?: number;
  /**
   * Hours from arrest to the appropriate adult's arrival.
   */
  "appropriate-adult-total-hours"?: number;
  /**
   * Youngest age at which secure accommodation may be asked for.
   */
  "secure-accommodation-age"?: number;
  /**
   * Under this age a person is a child.
   */
  "child-until"?: number;
  /**
   * From this age a child is expected to be heard in words.
   */
  "speaks-from"?: number;
  /**
   * Texts at least this alike are the same text, from 0 to 1.
   */
  "copied-likeness"?: number;
  /**
   * Fewest words for two impact texts to be compared.
   */
  "copied-words"?: number;
  /**
   * Fewest words for two records to be compared.
   */
  "record-words"?: number;
  /**
   * Fewest words on the child and the incident for a verdict of `below`.
   */
  "below-words"?: number;
  /**
   * Most contradictions shown at once.
   */
  "contradictions-shown"?: number;
  /**
   * Concepts that show domestic abuse in a narrative.
   */
  "domestic-abuse"?: string[];
  /**
   * Concepts that, with missing episodes, may be exploitation.
   */
  exploitation?: string[];
  /**
   * Concepts that say the possible exploitation was acted on.
   */
  "exploitation-acted-on"?: string[];
  /**
   * Concepts that say why a child was not heard.
   */
  "not-heard"?: string[];
  /**
   * Phrases in a relationship that show the couple has parted ("ex").
   */
  "relationship-ex"?: string[];
  /**
   * Phrases in a child's relationship that show the child is not the suspect's.
   */
  "relationship-not-suspects"?: string[];
  /**
   * Agencies that a strategy discussion needs.
   */
  "core-agencies"?: string[];
  /**
   * Systems outside the force's own.
   */
  "outside-systems"?: string[];
  /**
   * Decisions too vague to act on (phrases).
   */
  "vague-decisions"?: string[];
  /**
   * Names of the levels 1 to 4 here.
   */
  "local-levels"?: string[];
  /**
   * What the levels 1 to 4 lead to, where it is not `universal`, `early-help`, `section-17` and `section-47`.
   */
  routes?: string[];
  /**
   * Who can help below the threshold (plain sentences).
   */
  "other-help"?: string[];
  /**
   * Months for which a past event still counts as "the past year".
   */
  "year-months"?: number;
  /**
   * The source of each setting above.
   */
  sources?: {
    [k: string]: string | undefined;
  };
}
/**
 * Words of the language.
 */
export interface Words {
  /**
   * `{name}` in a phrase.
   */
  classes?: {
    [k: string]: string[] | undefined;
  };
  /**
   * Cues of negation, doubt and so on.
   */
  cues?: {
    [k: string]: CueFamily | undefined;
  };
  /**
   * Words for people.
   */
  people?: People;
  /**
   * Where a sentence does not end.
   */
  sentence?: SentenceWords;
  /**
   * Words for one, two, three and so on, in order.
   */
  numbers?: string[];
}
/**
 * A family of cues.
 */
export interface CueFamily {
  /**
   * What they do.
   */
  kind: CueKind;
  /**
   * Where the phrases they act on stand.
   */
  direction?: Direction;
  /**
   * How many words they reach.
   */
  reach?: number;
  /**
   * The cues.
   */
  phrases: string[];
  /**
   * Why, for whoever edits the list.
   */
  why?: string | null;
}
export interface PeopleLists {
  child_words?: string[];
  children_words?: string[];
  sibling_words?: string[];
  mother_words?: string[];
  father_words?: string[];
  victim_words?: string[];
  suspect_words?: string[];
  adult_words?: string[];
  professional_words?: string[];
  male_words?: string[];
  female_words?: string[];
  male_pronouns?: string[];
  female_pronouns?: string[];
  neutral_pronouns?: string[];
  first_pronouns?: string[];
  /**
   * Words with which, behind a comma, a clause of its own begins.
   */
  subject_pronouns?: string[];
  /**
   * Names that are also ordinary words.
   */
  word_names?: string[];
  /**
   * Words that show that a capitalised first word is not a name ("Will be").
   */
  not_after_name?: string[];
  /**
   * Words that follow or go before an age: "Kai, 6 yrs", "Kai aged 6".
   */
  age_words?: string[];
  /**
   * Words that say whose somebody is: "his" brother.
   */
  possessive_pronouns?: string[];
  /**
   * Words that make of a partner another one: the "new" partner.
   */
  other_words?: string[];
  /**
   * Words that make of a partner one from before: a "former" husband.
   */
  former_words?: string[];
  /**
   * Words behind which a name is brought in: a lad "called" Dean.
   */
  naming_words?: string[];
  /**
   * Words behind which whoever comes next is the one who acts: "and" her brother hit him.
   */
  opening_words?: string[];
  /**
   * Words that say more of the one before: her brother, "who" is on tag.
   */
  relative_words?: string[];
  /**
   * Words behind which the one who acts stands: strangled "by" him.
   */
  agent_words?: string[];
}
/**
 * Sentence ends.
 */
export interface SentenceWords {
  /**
   * Words after which a full stop ends no sentence.
   */
  abbreviations?: string[];
  /**
   * Ordinary words, spelt as meant, that are one slip away from a word of the phrases.
   */
  ordinary?: string[];
}
/**
 * Something that happened.
 */
export interface Concept {
  /**
   * What an officer or a social worker would call it.
   */
  name: string;
  /**
   * Key of the document it rests on.
   */
  source?: string | null;
  /**
   * Whom it must be about.
   */
  about?: About;
  /**
   * Phrases that show it.
   */
  phrases: string[];
  /**
   * Phrases that look like it and are something else.
   */
  except?: string[];
  /**
   * Sentences in which it must be found, as stated.
   */
  match?: string[];
  /**
   * Sentences in which it must not.
   */
  ignore?: string[];
  /**
   * Why it is there.
   */
  why?: string | null;
}
/**
 * Phrases that show a facet.
 */
export interface Family {
  /**
   * Why these show it.
   */
  why?: string;
  /**
   * The phrases.
   */
  phrases: string[];
  /**
   * Phrases that look like them and are something else.
   */
  except?: string[];
  /**
   * Ages for which the family makes sense; empty for all.
   */
  ages?: string[];
  /**
   * Key of the document it rests on.
   */
  source?: string | null;
  /**
   * Sentences in which it must be found.
   */
  match?: string[];
  /**
   * Sentences in which it must not.
   */
  ignore?: string[];
}
/**
 * Phrases that are not a description of impact.
 */
export interface Empty {
  /**
   * `presence`, `boilerplate`, `procedure`, `conclusion`, `context`, `hearsay` or `speculation`.
   */
  kind: string;
  /**
   * Why it is not impact.
   */
  why?: string;
  /**
   * One open question that would mend it.
   */
  ask?: string;
  /**
   * The phrases.
   */
  phrases: string[];
  /**
   * Phrases that look like them and are something else.
   */
  except?: string[];
  /**
   * Key of the document it rests on.
   */
  source?: string | null;
  /**
   * Sentences in which it must be found.
   */
  match?: string[];
  /**
   * Sentences in which it must not.
   */
  ignore?: string[];
}
/**
 * A set of questions.
 */
export interface QuestionSet {
  /**
   * Which it is.
   */
  meta?: QuestionMeta;
  /**
   * How answers sit with the grade.
   */
  grade_check?: GradeCheck[];
  /**
   * The questions, by key. In a file they stand at its top.
   */
  questions?: {
    [k: string]: Question | undefined;
  };
}
/**
 * About a question set.
 */
export interface QuestionMeta {
  /**
   * Short name.
   */
  id?: string;
  /**
   * Name for people.
   */
  name?: string;
  /**
   * `false` while too little of the set is confirmed for it to be used.
   */
  ready?: boolean | null;
  /**
   * Source of the set.
   */
  source?: string;
  /**
   * The set whose questions these are in another numbering; its grade checks hold here too.
   */
  "maps-to"?: string;
  /**
   * Questions of that set which this one does not ask: open, and never a no.
   */
  "not-asked"?: string[];
  /**
   * Makes the set one of follow-up questions, opened by a yes to any of these.
   */
  "opened-by"?: string[];
  /**
   * Concepts in the narrative that open it too, unless all of those are answered no.
   */
  "shown-by"?: string[];
  /**
   * What follow-up questions are about, as a message names it.
   */
  topic?: string;
}
/**
 * When a grade sits badly with the answers.
 */
export interface GradeCheck {
  /**
   * Short name.
   */
  id: string;
  /**
   * All of these answered yes.
   */
  yes?: string[];
  /**
   * And any of these, when there are some.
   */
  any?: string[];
  /**
   * At least so many yes answers, when given.
   */
  at_least_yes?: number | null;
  /**
   * At least so many unanswered, when given.
   */
  at_least_unanswered?: number | null;
  /**
   * Only without a rationale.
   */
  without_rationale?: boolean;
  /**
   * The grades that it questions.
   */
  grade: string[];
  /**
   * What to say.
   */
  text: string;
  /**
   * Key of the document it rests on.
   */
  source?: string;
}
/**
 * A question.
 */
export interface Question {
  /**
   * Short label of our own.
   */
  label?: string;
  /**
   * What it covers.
   */
  covers?: string;
  /**
   * The question of the set that it maps to.
   */
  maps_to?: string | null;
  /**
   * `now`, `ever` or `year`.
   */
  timeframe?: string;
  /**
   * A yes wants its detail.
   */
  needs_detail?: boolean;
  /**
   * `high`, `medium` or `none`.
   */
  marker?: string;
  /**
   * Concepts that show a yes.
   */
  shown_by?: string[];
  /**
   * Concepts that show a yes in a child's own words: there "he pushed me" is done to the child.
   */
  shown_by_child?: string[];
  /**
   * An open question for when it is unanswered.
   */
  ask?: string;
  /**
   * It is about children.
   */
  children?: boolean;
  /**
   * It is about people other than the couple, so what "his brother" does counts.
   */
  others?: boolean;
  /**
   * It is about what the suspect does, so that what is done to the suspect does not count.
   */
  suspect_acts?: boolean;
  /**
   * It is about somebody other than the victim, so that harm done to the victim does not count.
   */
  not_victim?: boolean;
  /**
   * Facts of the form that show a yes.
   */
  facts?: string[];
}
/**
 * A sign of a level of need.
 */
export interface Indicator {
  /**
   * Plain words.
   */
  name: string;
  /**
   * 1 universal, 2 early help, 3 child in need, 4 significant harm.
   */
  level: number;
  /**
   * How much it takes.
   */
  use: Weight;
  /**
   * Area of the threshold document.
   */
  category?: string;
  /**
   * Key of the document it rests on.
   */
  source?: string;
  /**
   * When it is shown.
   */
  when?: string;
  /**
   * Facts and concepts that make it weightier.
   */
  raises?: string[];
  /**
   * Facts and concepts that make it lighter; never for a red flag.
   */
  lowers?: string[];
  /**
   * Anything an editor should know.
   */
  note?: string | null;
  /**
   * The day by which somebody should read it again.
   */
  "review-by"?: string | null;
}
/**
 * What a finding says.
 */
export interface Wording {
  /**
   * `required`, `warning`, `prompt` or `info`.
   */
  severity: string;
  /**
   * One plain sentence: what to do.
   */
  message: string;
  /**
   * Why it matters.
   */
  why: string;
  /**
   * Key of the document it rests on.
   */
  source: string;
  /**
   * Other messages under the same code, by name.
   */
  variants?: {
    [k: string]: string | undefined;
  };
}
/**
 * The wording of a pack in another language.
 */
export interface Locale {
  /**
   * By code.
   */
  findings?: {
    [k: string]: LocalWording | undefined;
  };
  /**
   * By facet and age.
   */
  asks?: {
    [k: string]:
      | {
          [k: string]: string | undefined;
        }
      | undefined;
  };
  /**
   * The open question of a family of empty phrases, by key.
   */
  empty?: {
    [k: string]: string | undefined;
  };
  /**
   * Question labels, by set and key.
   */
  questions?: {
    [k: string]:
      | {
          [k: string]: string | undefined;
        }
      | undefined;
  };
  /**
   * Titles of sources, by key.
   */
  sources?: {
    [k: string]: string | undefined;
  };
  /**
   * Names of the levels 1 to 4.
   */
  levels?: string[];
  /**
   * Who can help below the threshold.
   */
  help?: string[];
}
/**
 * A finding's wording in another language.
 */
export interface LocalWording {
  /**
   * One plain sentence: what to do.
   */
  message: string;
  /**
   * Why it matters.
   */
  why: string;
  /**
   * Other messages under the same code.
   */
  variants?: {
    [k: string]: string | undefined;
  };
}
/**
 * A learned second reader: a linear model over word and letter features.
 */
export interface Reader {
  /**
   * What it was trained on and how, for whoever checks it.
   */
  about?: string;
  /**
   * Number of hash bits of a feature.
   */
  bits: number;
  /**
   * It does not see what the rules found, so that it judges without them.
   */
  "words-only"?: boolean;
  /**
   * Its outputs, in order.
   */
  outputs: ReaderOutput[];
  /**
   * How an output is weighed against what the rules found; without one it stands alone.
   */
  blends?: Blend[];
  /**
   * Which features have weights: for each the gap to the one before, in letters with 26 digits, of which the last is small ("c" is 2,
   * "Bc" is 28). Empty where all have.
   */
  features?: string;
  /**
   * Their weights: a letter for each output of each feature in turn, "." for none, "A" for 1, "B" for 2, "a" for -1 and so on.
   */
  weights: string;
}
/**
 * One output of a reader.
 */
export interface ReaderOutput {
  /**
   * Its name.
   */
  name: string;
  /**
   * Constant.
   */
  bias: number;
  /**
   * What one unit of weight is worth.
   */
  scale: number;
  /**
   * At or above this it is confident of a yes.
   */
  yes: number;
  /**
   * At or below this it is confident of a no.
   */
  no: number;
}
/**
 * How a reader and the rules are weighed against each other: a second, very small linear model, so that
 * neither overrules the other by fiat.
 */
export interface Blend {
  /**
   * The output that it is for.
   */
  output: string;
  /**
   * Constant.
   */
  bias: number;
  /**
   * Weight of the reader's output.
   */
  reader: number;
  /**
   * Weight of the rules having found it.
   */
  rules: number;
  /**
   * Weight of the reader's output where the rules found it.
   */
  both?: number;
  /**
   * Weights of other outputs, each for the sentence where it is highest.
   */
  peaks?: [unknown, unknown][];
}
