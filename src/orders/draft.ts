/** Draft orders as they are looked at: which, what they are called, and what they order. */
import type { DraftConcept, DraftMedication, DraftOrder } from '../cds-hooks/draft-orders.ts';
import type { Coding } from '../fhir/types.ts';

/** What a drug is made of. */
export type Ingredients = {
  codings: Coding[];
  /** False when something in it could not be recognised. */
  complete: boolean;
  /** How it was recognised. */
  by: 'code' | 'name' | 'nothing';
};

export type Draft = {
  order: DraftOrder;
  /** `Type/id`; undefined when the draft has no id and cannot be named in an answer. */
  reference: string | undefined;
  /** What people call it. */
  name: string;
  /** Newly selected at `order-select`; at `order-sign` all are. */
  selected: boolean;
  /** The Medication that the draft contains or refers to. */
  medication: DraftMedication | undefined;
  /** Why it is ordered; a reason that is only referred to counts with what it is called. */
  reasons: DraftConcept[];
  /** undefined when the draft orders no drug. */
  ingredients: Ingredients | undefined;
};

/** Drafts of one call. */
export type Drafts = {
  drafts: Draft[];
  /** Entries that are no order of this patient that could be read. */
  unreadable: number;
};
