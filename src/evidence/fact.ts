/** Facts with their provenance: what was read, what was set aside and why (spec 0.2, B.1). */
import type { InstantRange } from '../fhir/dates.ts';
import type { Measure } from '../fhir/quantities.ts';
import type { Coding } from '../fhir/types.ts';
import type { FactDefinition, FactSource } from '../knowledge/fact-definition.ts';

/** A boolean, an option code, option codes, a number, a quantity, or the text of a FHIR date. */
export type FactValue = boolean | string | string[] | number | Measure;

export type SourceKind =
  | 'answer'
  | 'clinician-answer'
  | 'observation'
  | 'condition'
  | 'procedure'
  | 'episode'
  | 'encounter'
  | 'patient'
  | 'medication'
  | 'list'
  | 'computed'
  | 'order';

/** One usable statement about a fact. */
export type Candidate = {
  fact: FactDefinition;
  /** `Type/id` of the resource. */
  reference: string;
  source: SourceKind;
  value: FactValue;
  sign: 'positive' | 'negative' | 'none';
  /** The value as the chart says it, for people. */
  recorded: string;
  /** When it was true; undefined = the resource does not say. */
  at: InstantRange | undefined;
  /** When it began and when it was over, where the chart says so: `at` may be the later recording. */
  began?: InstantRange | undefined;
  over?: InstantRange | undefined;
  /** A multiple choice of which every option was asked. */
  complete: boolean;
  /** Only positives of this resource count (unfinished form, preliminary result). */
  positivesOnly: boolean;
  /** The code by which a chart resource was recognised. */
  coding?: Coding | undefined;
  /** The source of the fact that recognised it. */
  via?: FactSource | undefined;
  /** Who answered, when it was not the person. */
  by?: string | undefined;
};

export type SetAsideReason =
  | 'another-patient'
  | 'no-patient'
  | 'status'
  | 'future'
  | 'stale'
  | 'no-date'
  | 'not-sure'
  | 'no-value'
  | 'absent'
  | 'text-only'
  | 'comparator'
  | 'no-unit'
  | 'unit-not-convertible'
  | 'not-plausible'
  | 'unmapped-value'
  | 'older'
  | 'episode-ended'
  | 'other-pregnancy'
  | 'too-short'
  | 'old-onset'
  | 'part-only'
  | 'list-incomplete'
  | 'negative-of-unfinished';

/** Something that was read and not used. */
export type SetAside = {
  reference: string;
  source?: SourceKind | undefined;
  by?: string | undefined;
  reason: SetAsideReason;
  fact?: FactDefinition | undefined;
  recorded?: string | undefined;
  at?: InstantRange | undefined;
};

export type UnknownReason = 'not-asked' | 'not-recorded' | 'not-sure' | 'not-usable' | 'unread';

/** A fact as rules see it. */
export type Fact = {
  definition: FactDefinition;
  /** undefined = unknown. */
  value: FactValue | undefined;
  unknown?: UnknownReason | undefined;
  /** A multiple choice of which every option was asked; true for everything else. */
  complete: boolean;
  used: readonly Candidate[];
  setAside: readonly SetAside[];
};

export type Facts = ReadonlyMap<string, Fact>;
