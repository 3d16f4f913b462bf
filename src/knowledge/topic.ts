/** A compiled topic: Questionnaires and PlanDefinition read once, checked, ready to decide with. */
import type { Bindings } from '../fhir/fhirpath.ts';
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

/** What to tell the patient; a gate may have its own wording. */
export type PatientText = { text: string; byGate: ReadonlyMap<string, string> };

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
  /** Levels whose fired and raised rules are listed with this one. */
  showsRulesOf: string[];
};

export type RaiseKind = 'asked' | 'measured' | 'private' | 'closing';

export type Raise = { when: RaiseKind; level: string; gates: ReadonlySet<string> };

/** A level with its rules; the list of groups is ordered, most urgent first. */
export type LevelGroup = {
  code: string;
  title: string;
  /** What the level means for staff: the first thing to do. */
  meaning: string;
  indicator: Indicator;
  target?: string | undefined;
  raises: Raise[];
  rules: Rule[];
};

export type Topic = {
  id: string;
  url: string;
  version: string;
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
  gestationUnknownText?: string | undefined;
};
