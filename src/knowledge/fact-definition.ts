/** What a Questionnaire item says about one fact (spec 0.2 and B). */
import type { ComparableQuantity } from '../fhir/quantities.ts';
import type { Coding } from '../fhir/types.ts';
import type { Condition } from './condition.ts';
import type { Derivation } from './derivation.ts';

export type FactClass = 'symptom' | 'context' | 'measured' | 'observer' | 'private' | 'record';

/** `choices` is a multiple choice. */
export type FactKind = 'boolean' | 'choice' | 'choices' | 'number' | 'quantity' | 'date';

export type Meaning = 'positive' | 'negative' | 'not-sure';

export type FactOption = {
  coding: Coding;
  /** What expressions see: true / false for Y / N, else the code; undefined when not sure. */
  value: string | boolean | undefined;
  display: string;
  meaning: Meaning;
  /** Dating items only. */
  pregnancyMeaning?: string | undefined;
  gestationRange?: { min: number; max: number } | undefined;
};

/** How long a statement holds, in milliseconds; a missing limb holds for ever. */
export type FactWindow = {
  yes?: number | undefined;
  no?: number | undefined;
  value?: number | undefined;
  noInHospital?: number | undefined;
  /** Of numbers this close to the newest, the worse one counts. */
  worseWithin?: number | undefined;
};

/** Normal values of a number, in the fact's unit. */
export type NormalRange = {
  from?: number | undefined;
  to?: number | undefined;
  above?: number | undefined;
  below?: number | undefined;
};

export type SourceResource =
  | 'Observation'
  | 'Condition'
  | 'Procedure'
  | 'EpisodeOfCare'
  | 'Encounter'
  | 'Patient'
  | 'QuestionnaireResponse'
  | 'MedicationRequest'
  | 'MedicationStatement'
  | 'List';

export type FactSource = {
  resource: SourceResource;
  codes: Coding[];
  prefixes: Coding[];
  /** Panels whose components hold the fact: asked for, never read as the fact itself. */
  panels: Coding[];
  /** The option that a match states; undefined = yes, or the Observation's own value. */
  value?: string | undefined;
  /** Code key of an Observation's coded value -> option. */
  map: ReadonlyMap<string, string>;
  item?: string | undefined;
  /** Any clinical status, and Encounters and episodes that are over. */
  history: boolean;
  /** Only Conditions that are over count, at the time when they ended. */
  resolved: boolean;
  /** How long a statement of this source holds, in milliseconds, instead of the fact's window. */
  holds?: number | undefined;
  /** It must have been so for at least this long, in milliseconds. */
  heldFor?: number | undefined;
  /** A Condition counts only with an onset this recent, in milliseconds. */
  onsetWithin?: number | undefined;
  /** The part of a compound question that this source speaks of: a negative counts only beside those of all parts. */
  part?: string | undefined;
};

/** Where a draft order carries a fact (docs/knowledge-format.md). */
export type OrderPart =
  | 'ingredient'
  | 'form'
  | 'reason'
  | 'category'
  | 'service'
  | 'daily-dose'
  | 'single-dose'
  | 'not-recognised';

/** A part of an order, and the canonical of the ValueSet that it is looked up in. */
export type OrderSource = { part: OrderPart; valueSet?: string | undefined };

export type PregnancyRole =
  | 'status'
  | 'test'
  | 'test-level'
  | 'known'
  | 'how-far'
  | 'lmp'
  | 'lmp-certain'
  | 'missed'
  | 'end'
  | 'end-date'
  | 'edd-scan'
  | 'edd-lmp'
  | 'recorded'
  | 'located'
  | 'fetal-heart'
  | 'care'
  | 'cycle-irregular'
  | 'persisting'
  | 'recorded-age';

export type FactDefinition = {
  name: string;
  question: string;
  label: string;
  kind: FactKind;
  class: FactClass;
  unit?: string | undefined;
  options: FactOption[];
  /** Code key -> meaning: codes that say present or absent of any fact of the Questionnaire. */
  standardAnswers: ReadonlyMap<string, Meaning>;
  sources: FactSource[];
  /** Not empty: the fact speaks of a draft order. */
  orderSources: OrderSource[];
  window: FactWindow;
  normal?: NormalRange | undefined;
  plausible?: { low?: number | undefined; high?: number | undefined } | undefined;
  /** True, false, or the bound from which `>=` discriminates (spec 0.3-4). */
  discriminating: boolean | number;
  confidential: boolean;
  conflict: 'default' | 'own-answer-only' | 'newest';
  endsEpisode: boolean;
  /** Only statements since the first day of this pregnancy count. */
  thisPregnancy: boolean;
  /** Computed from other statements. */
  derivation?: Derivation | undefined;
  /** g/mol: converts between amount and mass of substance. */
  molarMass?: number | undefined;
  role?: PregnancyRole | undefined;
  valueWhenUnknown?: boolean | number | ComparableQuantity | undefined;
  /** Only the chart answers it. */
  readOnly: boolean;
  questionnaire: string;
};

/** Expressions of an item; compiled after the plan's variables, which they may read. */
export type ItemExpressions = {
  closingWhen: string[];
  closedBy?: string | undefined;
  setBy?: string | undefined;
};

/** A closing item (spec 0.6). */
export type ClosingItem = { fact: FactDefinition; when: Condition[]; closedBy?: Condition | undefined };
