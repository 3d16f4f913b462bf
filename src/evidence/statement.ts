/** From a recorded value to a statement about a fact: value, sign and text, or the reason why it cannot be used. */
import { codeKey, conceptText, sameCode, yesOrNo } from '../fhir/codings.ts';
import { type Measure, measure } from '../fhir/quantities.ts';
import type { CodeableConcept, Coding, Quantity } from '../fhir/types.ts';
import type { FactDefinition, FactOption, FactSource, NormalRange } from '../knowledge/fact-definition.ts';
import type { Candidate, FactValue, SetAsideReason } from './fact.ts';
import type { SourceMatch } from './source-index.ts';

/** A match of a source with this value states no of a yes/no fact: the code means that it is absent or over. */
const DENIES = 'N';

/** The part of a candidate that follows from its value. */
export type Statement = Pick<Candidate, 'value' | 'sign' | 'recorded' | 'complete'>;

/** A value as FHIR records it, in any of the places that hold one. */
export type RecordedValue = {
  coding?: Coding | undefined;
  codings?: Coding[] | undefined;
  boolean?: boolean | undefined;
  number?: number | undefined;
  quantity?: Quantity | undefined;
  date?: string | undefined;
  /** Free text: shown, never interpreted. */
  text?: string | undefined;
};

/** Reads a recorded value as the fact's kind says. */
export function readStatement(
  fact: FactDefinition,
  value: RecordedValue,
  source?: FactSource,
): Statement | SetAsideReason {
  const read = ofKind(fact, value, source);
  return read === 'no-value' && value.text !== undefined ? 'text-only' : read;
}

function ofKind(
  fact: FactDefinition,
  value: RecordedValue,
  source: FactSource | undefined,
): Statement | SetAsideReason {
  switch (fact.kind) {
    case 'boolean':
    case 'choice':
    case 'choices':
      return chosen(fact, value, source);
    case 'number':
      return counted(fact, value);
    case 'quantity':
      return measured(fact, value);
    case 'date':
      return value.date === undefined
        ? 'no-value'
        : { value: value.date, sign: 'none', recorded: value.date, complete: true };
  }
}

/** A statement that the fact holds (a Condition, a reason code), without a value of its own. */
function presence(fact: FactDefinition, source: FactSource | undefined): Statement | SetAsideReason {
  if (fact.kind === 'boolean') {
    return source?.value === DENIES
      ? statementOf(fact, false, 'negative', 'recorded')
      : statementOf(fact, true, 'positive', 'recorded');
  }
  const option = fact.options.find(({ coding }) => coding.code === source?.value);
  if (option) return ofOption(fact, option);
  // A value that only the chart states stands in no option: always a positive.
  return source?.value === undefined ? 'unmapped-value' : statementOf(fact, source.value, 'positive', source.value);
}

/** {@link presence} in the words of the concept that was matched. */
export function recordedPresence(
  { fact, source, coding }: SourceMatch,
  concept: CodeableConcept | undefined,
): Statement | SetAsideReason {
  const statement = presence(fact, source);
  const recorded = conceptText(concept) ?? coding.display ?? 'recorded';
  return typeof statement === 'string' ? statement : { ...statement, recorded };
}

function chosen(
  fact: FactDefinition,
  value: RecordedValue,
  source: FactSource | undefined,
): Statement | SetAsideReason {
  if (value.boolean !== undefined) return yesNo(fact, value.boolean, source);
  if (value.coding) return ofCoding(fact, value.coding, source) ?? 'unmapped-value';
  if (!value.codings?.length) return 'no-value';
  for (const coding of value.codings) {
    const found = ofCoding(fact, coding, source);
    if (found !== undefined) return found;
  }
  return 'unmapped-value';
}

function ofCoding(
  fact: FactDefinition,
  coding: Coding,
  source: FactSource | undefined,
): Statement | SetAsideReason | undefined {
  const option = optionOf(fact, coding, source);
  if (option) return option.meaning === 'not-sure' ? 'not-sure' : ofOption(fact, option);
  const answer = standardAnswer(fact, coding) ?? yesOrNo(coding);
  if (answer === 'unknown') return 'not-sure';
  return answer === undefined ? undefined : yesNo(fact, answer, source);
}

/** By the source's own map, else by the very coding. */
function optionOf({ options }: FactDefinition, coding: Coding, source: FactSource | undefined): FactOption | undefined {
  const mapped = source && source.map.size > 0 ? source.map.get(codeKey(coding)) : undefined;
  for (const option of options) {
    if (mapped ? option.coding.code === mapped : sameCode(option.coding, coding)) return option;
  }
  return undefined;
}

function standardAnswer({ standardAnswers }: FactDefinition, coding: Coding): boolean | 'unknown' | undefined {
  const meaning = standardAnswers.get(codeKey(coding));
  if (meaning === undefined) return undefined;
  return meaning === 'not-sure' ? 'unknown' : meaning === 'positive';
}

function yesNo(fact: FactDefinition, answer: boolean, source: FactSource | undefined): Statement | SetAsideReason {
  if (fact.kind === 'boolean') {
    const option = fact.options.find(({ value }) => value === answer);
    return option
      ? ofOption(fact, option)
      : statementOf(fact, answer, answer ? 'positive' : 'negative', answer ? 'yes' : 'no');
  }
  if (answer) return presence(fact, source);
  const negative = fact.options.find(({ meaning }) => meaning === 'negative');
  return negative && !source?.value ? ofOption(fact, negative) : 'unmapped-value';
}

function ofOption(fact: FactDefinition, { value, display, meaning }: FactOption): Statement {
  return statementOf(fact, value ?? '', meaning === 'positive' ? 'positive' : 'negative', display);
}

function statementOf(
  fact: FactDefinition,
  value: boolean | string,
  sign: Candidate['sign'],
  recorded: string,
): Statement {
  const listed: FactValue = fact.kind === 'choices' && typeof value === 'string' ? [value] : value;
  return { value: listed, sign, recorded, complete: fact.kind !== 'choices' };
}

function counted(fact: FactDefinition, { number, quantity }: RecordedValue): Statement | SetAsideReason {
  if (number !== undefined) return ranged(fact, number, number, String(number));
  if (!quantity) return 'no-value';
  const read = measure(quantity, '1');
  return typeof read === 'string' ? read : ranged(fact, read.value, read.value, String(read.value));
}

function measured(fact: FactDefinition, { quantity }: RecordedValue): Statement | SetAsideReason {
  if (!quantity) return 'no-value';
  const read = measure(quantity, fact.unit ?? '1', fact.molarMass);
  if (typeof read === 'string') return read;
  return ranged(fact, read.value, read, printQuantity(quantity));
}

function ranged(
  fact: FactDefinition,
  number: number,
  value: number | Measure,
  recorded: string,
): Statement | SetAsideReason {
  const { low = -Infinity, high = Infinity } = fact.plausible ?? {};
  if (!Number.isFinite(number) || number < low || number > high) return 'not-plausible';
  const sign = fact.normal ? (isNormal(number, fact.normal) ? 'negative' : 'positive') : 'none';
  return { value, sign, recorded, complete: true };
}

/** Whether a number lies inside the normal range; a limb that is missing has no limit. */
function isNormal(number: number, { from, to, above, below }: NormalRange): boolean {
  if (from !== undefined && number < from) return false;
  if (to !== undefined && number > to) return false;
  if (above !== undefined && number <= above) return false;
  return below === undefined || number < below;
}

/** How far a number lies outside the normal range; what is further is worse. */
export function distanceFromNormal(number: number, { from, above, to, below }: NormalRange): number {
  const low = from ?? above ?? -Infinity;
  const high = to ?? below ?? Infinity;
  return Math.max(low - number, number - high);
}

/** Trimmed only where there is something to trim: that makes a text of its own of each of thousands. */
function printQuantity({ value, unit, code }: Quantity): string {
  const words = unit ?? code ?? '';
  const printed = `${value} ${words}`;
  return words.charCodeAt(words.length - 1) > SPACE ? printed : printed.trim();
}

const SPACE = 0x20;
