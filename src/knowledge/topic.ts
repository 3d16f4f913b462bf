/** A compiled topic: Questionnaires and PlanDefinition read once, checked, ready to decide with. */
import type { Bindings } from '../fhir/fhirpath.ts';
import type { Translations } from '../fhir/translations.ts';
import type { ActivityDefinition, CodeableConcept, Coding, Questionnaire } from '../fhir/types.ts';
import type { Atom, Condition, Variable } from './condition.ts';
import type { ClosingItem, FactDefinition } from './fact-definition.ts';
import type { OrderTerms } from './order-terms.ts';

export type Gate = 'PREG' | 'POSS' | 'ENDED' | 'LATEPOST' | 'OUT';

export type Indicator = 'info' | 'warning' | 'critical';

export type Citation = { label: string; display: string; url?: string | undefined; citation?: string | undefined };

/** One of the ways in which a rule fires. */
export type Alternative = {
  id: string;
  condition: Condition;
  literals: Condition[];
  /** Names that discriminate in this alternative only. */
  discriminating: string[];
};

/** Words as the plan has them, and in other languages: `wordsIn(translations, 'es')`. */
export type Words = { text: string; translations: Translations };

/** What to tell the patient; a gate may have its own wording. */
export type PatientText = Words & { byGate: ReadonlyMap<string, Words> };

/** What a rule proposes: a resource to draft, a form to fill, or an instruction in words. */
export type RuleAction = {
  id: string;
  title: string;
  conditions: Condition[];
  /** The draft order is to be taken away. */
  removes: boolean;
  activity?: ActivityDefinition | undefined;
  questionnaire?: Questionnaire | undefined;
  /** Told when the action is proposed. */
  patientTexts: PatientText[];
};

export type Rule = {
  id: string;
  level: string;
  title: string;
  why: string;
  topic: CodeableConcept[];
  priority: string;
  citations: Citation[];
  alternatives: Alternative[];
  actions: RuleAction[];
  patientTexts: PatientText[];
  runsIn: ReadonlySet<Gate>;
  suppressedWhen?: Condition | undefined;
  twinOf?: string | undefined;
  alsoShow: string[];
  gestationUnknownText?: string | undefined;
  evaluatedLast: boolean;
  /** Reads confidential facts: evaluated apart, said on the private card only (spec 0.3-9). */
  private: boolean;
  /** Milliseconds within which the rule asks for action, where they are not those of its level. */
  limit?: number | undefined;
  /** Levels whose fired and raised rules are listed with this one. */
  showsRulesOf: string[];
};

/** `strict`: asked, discriminating or not, at sites with a strict policy for what is incomplete (spec 0.3 end). */
export type RaiseKind = 'asked' | 'measured' | 'private' | 'closing' | 'strict';

export type Raise = { when: RaiseKind; level: string; gates: ReadonlySet<string> };

/** A level with its rules; the list of groups is ordered, most urgent first. */
export type LevelGroup = {
  code: string;
  title: string;
  /** What the level means for staff: the first thing to do. */
  meaning: string;
  indicator: Indicator;
  target?: string | undefined;
  /** The same in milliseconds. */
  limit?: number | undefined;
  raises: Raise[];
  rules: Rule[];
  /** How hooks say this level, where they say it in another way; the first that holds. */
  atHook: AtHook[];
  /** Services that may not be booked while this is the highest level. */
  wrongServices: Coding[];
  /** How long an override keeps the same finding from being shown in full again, in milliseconds; absent = never. */
  silencedFor?: number | undefined;
  /** What the level means for the patient. */
  patientTexts: PatientText[];
};

/** When a hook says a level in its own words. `always` comes last. */
export type HookCondition = 'unresolved' | 'late' | 'reopened' | 'wrong-service' | 'always';

export type AtHook = { hook: string; when: HookCondition; indicator: Indicator; words: string };

/** A line that some hooks print: a check, a banner, or words for the patient. */
export type HookNote = {
  hooks: string[];
  title?: string | undefined;
  text: string;
  /** Told to the patient instead of printed for staff. */
  forPatient?: PatientText | undefined;
  /** Printed unless this is false; unknown is not false. */
  when?: Condition | undefined;
  /** Only in encounters of these classes; empty = any. */
  encounterClasses: string[];
};

/** The words of the private card, which stand where others may read them. */
export type PrivateCard = {
  /** Hooks at which it says which private questions are open. */
  hooks: string[];
  /** Follows the urgency in the summary; neutral. */
  summary: string;
  /** The summary when nothing is found and questions are open. */
  ask: string;
  /** The first thing to do. */
  instruction: string;
};

/** Where it is said that a level rose, and how far apart two contacts are. */
export type LevelHistory = { hooks: string[]; gap: number };

/** A choice that the plan leaves to the site; the first option is the default. */
export type SiteSetting = { name: string; options: string[] };

/** Levels whose open rules raise one, and the levels that these raise to: without them unknown would be silence. */
export function alwaysOn({ groups }: Pick<Topic, 'groups'>): LevelGroup[] {
  const raised = new Set(groups.flatMap(({ raises }) => raises.map(({ level }) => level)));
  return groups.filter(({ code, raises }) => raises.length > 0 || raised.has(code));
}

export type Topic = {
  id: string;
  url: string;
  version: string;
  /** The last day on which it holds: the end of `effectivePeriod`, a FHIR date. */
  effectiveUntil?: string | undefined;
  title: string;
  description: string;
  publisher: string;
  coding?: Coding | undefined;
  hooks: string[];
  questionnaires: Questionnaire[];
  /** Facts of the person; those of draft orders stand apart. */
  facts: FactDefinition[];
  orderFacts: FactDefinition[];
  /** What the parts of orders are looked up in. */
  orderTerms: OrderTerms;
  factByName: ReadonlyMap<string, FactDefinition>;
  closing: ClosingItem[];
  setBy: { fact: FactDefinition; condition: Condition; reads: string[] }[];
  atoms: Atom[];
  variables: Variable[];
  /** What every name is bound to when nothing is known. */
  unknown: Readonly<Bindings>;
  /** Plan variables and alternatives together. */
  variableCount: number;
  variableByName: ReadonlyMap<string, Variable>;
  /** The levels of triage. */
  groups: LevelGroup[];
  /** The levels of what is said about draft orders. */
  orderGroups: LevelGroup[];
  /** What an order card begins with in a gate. */
  orderPrefixes: ReadonlyMap<string, string>;
  /** All level groups as the plan has them. */
  allGroups: LevelGroup[];
  gateNotes: ReadonlyMap<string, string>;
  hookNotes: HookNote[];
  privateCard: PrivateCard;
  levelHistory: LevelHistory;
  siteSettings: SiteSetting[];
  gestationUnknownText?: string | undefined;
};
