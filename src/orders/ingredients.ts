/** What a drug is made of: by code, and only when no code is known, by name (spec D "Matching"). */
import type { DraftConcept, DraftMedication } from '../cds-hooks/draft-orders.ts';
import { codeKey } from '../fhir/codings.ts';
import type { Coding } from '../fhir/types.ts';
import { placeOf, TEXT_LIMIT } from '../fhir/words.ts';
import type { OrderTerms, Translation } from '../knowledge/order-terms.ts';
import type { Ingredients } from './draft.ts';
import { codingIn, without } from './match.ts';
import { saidBy } from './texts.ts';

/** What a reference of a draft means, as far as it is at hand. */
export type FindReferenced = (reference: string | undefined) => DraftMedication | undefined;

/** Medications that contain each other end here. */
const DEPTH = 3;

/** Joins the parts of a combination in a name. */
const JOINTS = /\s\/\s|(?<=\p{L}{4})\/(?=\p{L}{4})|\+|&|\s(?:and|with)\s/iu;
/** A part of a name that could be a drug: a word of four letters or more. */
const WORD = /\p{L}{4,}/u;

const NOTHING: Ingredients = { codings: [], complete: false, by: 'nothing' };

/** Ingredients of a drug that is named by a concept, a Medication, or both: every claim counts. */
export function ingredientsOf(
  concept: DraftConcept | undefined,
  medication: DraftMedication | undefined,
  terms: OrderTerms,
  find: FindReferenced,
  depth = DEPTH,
): Ingredients {
  const listed = depth > 0 ? (medication?.ingredient ?? []) : [];
  const parts = listed.map(({ itemCodeableConcept, itemReference }) =>
    ingredientsOf(itemCodeableConcept, find(itemReference?.reference), terms, find, depth - 1),
  );
  const products = [concept, medication?.code].map((product) => byCode(product, terms)).filter(isKnown);
  const composed: Ingredients[] = parts.length > 0 ? [joined(parts, parts.every(isComplete))] : [];
  const coded = [...products, ...composed.filter(isKnown)];
  // A product whose code is known needs no list of parts, and a whole list no code.
  if (coded.length > 0) return joined(coded, coded.some(isComplete));
  return byName([concept, medication?.code], terms) ?? NOTHING;
}

const isKnown = ({ codings }: Ingredients): boolean => codings.length > 0;
const isComplete = ({ complete }: Ingredients): boolean => complete;

function joined(all: Ingredients[], complete: boolean): Ingredients {
  const by = all.some((found) => found.by === 'code') ? 'code' : (all[0]?.by ?? 'nothing');
  return { codings: all.flatMap(({ codings }) => codings), complete, by };
}

function byCode(concept: DraftConcept | undefined, terms: OrderTerms): Ingredients {
  const found = saidBy([concept]).codings.flatMap((coding) => translated(coding, terms) ?? []);
  return found.length === 0 ? NOTHING : { ...together(found), by: 'code' };
}

/** A listed translation beside the code itself, which a class may name; a code of a class needs none. */
function translated(coding: Coding, terms: OrderTerms): Translation | undefined {
  const listed = terms.translations.get(codeKey(coding));
  if (listed) return { codings: [coding, ...listed.codings], complete: listed.complete };
  const isClassed = [...terms.sets.values()].some((set) => codingIn(set, [coding]) !== undefined);
  return isClassed || terms.provided.has(coding.system ?? '') ? { codings: [coding], complete: true } : undefined;
}

/** One whole account of a drug is enough: a product code beside a code for its group. */
const together = (found: Translation[]): Translation => ({
  codings: found.flatMap(({ codings }) => codings),
  complete: found.some(({ complete }) => complete),
});

/** The last resort: every name that stands in the text. A part of a combination that has none is not recognised. */
function byName(concepts: (DraftConcept | undefined)[], terms: OrderTerms): Ingredients | undefined {
  const texts = concepts.flatMap((concept) => [
    ...(concept?.text === undefined ? [] : [concept.text]),
    ...(concept?.coding ?? []).flatMap(({ display }) => display ?? []),
  ]);
  const read = texts.map((text) => inText(text, terms)).filter(({ codings }) => codings.length > 0);
  if (read.length === 0) return undefined;
  return { ...together(read), complete: read.every(({ complete }) => complete), by: 'name' };
}

function inText(text: string, terms: OrderTerms): Translation {
  const parts = text
    .slice(0, TEXT_LIMIT)
    .split(JOINTS)
    .filter((part) => WORD.test(part))
    .map((part) => namesIn(saidBy([{ text: part }]).texts[0] ?? [], terms));
  return {
    codings: parts.flatMap(({ codings }) => codings),
    complete: parts.every(({ codings, complete }) => codings.length > 0 && complete),
  };
}

function namesIn(words: string[], { names }: OrderTerms): Translation {
  let left = words;
  const found: Translation[] = [];
  for (const { words: name, translation } of names) {
    if (placeOf(left, name) < 0) continue;
    found.push(translation);
    left = without(left, name);
  }
  return { codings: found.flatMap(({ codings }) => codings), complete: found.every(({ complete }) => complete) };
}
