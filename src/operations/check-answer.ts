/** One answer against its item: type, options, range, unit. Faults never repeat what was answered. */
import { instantRange } from '../fhir/dates.ts';
import { extensionNamed, extensionsNamed } from '../fhir/extensions.ts';
import { measure } from '../fhir/quantities.ts';
import type { Quantity, QuestionnaireItem } from '../fhir/types.ts';
import { heldValue, isSame } from './items.ts';

/** The `value[x]` of each item type (FHIR R4, QuestionnaireResponse.item.answer). */
const TYPES: Readonly<Record<string, string>> = {
  boolean: 'Boolean',
  integer: 'Integer',
  decimal: 'Decimal',
  date: 'Date',
  dateTime: 'DateTime',
  string: 'String',
  text: 'String',
  choice: 'Coding',
  quantity: 'Quantity',
};

/** What is wrong with an answer; undefined = nothing. */
export function faultOfAnswer(item: QuestionnaireItem, answer: object): string | undefined {
  const given = heldValue(answer);
  if (!given) return 'has an answer without a value';
  const wanted = TYPES[item.type];
  if (given.type !== wanted) return `takes a value${wanted ?? ''}`;
  return faultOfType(item, given.value) ?? faultOfOption(item, given.value) ?? faultOfRange(item, given.value);
}

function faultOfType({ type }: QuestionnaireItem, value: unknown): string | undefined {
  switch (type) {
    case 'boolean':
      return typeof value === 'boolean' ? undefined : 'is no boolean';
    case 'integer':
      return Number.isInteger(value) ? undefined : 'is no whole number';
    case 'decimal':
      return Number.isFinite(value) ? undefined : 'is no number';
    case 'date':
    case 'dateTime':
      return isDate(value, type) ? undefined : `is no ${type}`;
    case 'choice':
    case 'quantity':
      return typeof value === 'object' ? undefined : `is no ${TYPES[type]}`;
    default:
      return typeof value === 'string' && value.trim() !== '' ? undefined : 'is no text';
  }
}

const isDate = (value: unknown, type: string): boolean =>
  typeof value === 'string' &&
  instantRange(value, 'UTC') !== undefined &&
  (type === 'dateTime' || !value.includes('T'));

function faultOfOption({ answerOption }: QuestionnaireItem, value: unknown): string | undefined {
  if (!answerOption?.length) return undefined;
  const isOffered = answerOption.some((option) => isSame(heldValue(option)?.value, value));
  return isOffered ? undefined : 'is answered with what is none of its options';
}

function faultOfRange(item: QuestionnaireItem, value: unknown): string | undefined {
  if (typeof value === 'string') return faultOfText(item, value);
  if (item.type === 'quantity') return faultOfQuantity(item, value as Quantity);
  if (typeof value !== 'number') return undefined;
  const { low, high } = plausible(item);
  return outside(value, bound(item, 'minValue') ?? low, bound(item, 'maxValue') ?? high);
}

/** Dates of the same precision are compared as texts; texts are counted. */
function faultOfText(item: QuestionnaireItem, value: string): string | undefined {
  if (item.maxLength !== undefined && value.length > item.maxLength) return `is longer than ${item.maxLength}`;
  const [min, max] = [dateBound(item, 'minValue'), dateBound(item, 'maxValue')];
  if (min !== undefined && value < min) return `is before ${min}`;
  return max !== undefined && value > max ? `is after ${max}` : undefined;
}

function faultOfQuantity(item: QuestionnaireItem, quantity: Quantity): string | undefined {
  const units = extensionsNamed(item, 'questionnaire-unitOption').flatMap(({ valueCoding }) => valueCoding?.code ?? []);
  const [unit] = units;
  const read = measure(quantity, unit ?? quantity.code ?? '1');
  if (read === 'unit-not-convertible') return `is in a unit that does not become ${unit}`;
  if (typeof read === 'string') return 'is no amount with a UCUM unit';
  if (unit !== undefined && !units.includes(quantity.code ?? '')) return `takes the units ${units.join(', ')}`;
  const { low, high } = plausible(item);
  return outside(read.value, low, high);
}

function outside(value: number, low: number | undefined, high: number | undefined): string | undefined {
  if (low !== undefined && value < low) return `is below ${low}`;
  return high !== undefined && value > high ? `is above ${high}` : undefined;
}

/** What can be true, in the item's first unit. */
function plausible(item: QuestionnaireItem): { low?: number | undefined; high?: number | undefined } {
  const range = extensionNamed(item, 'plausible-range')?.valueRange;
  return { low: range?.low?.value, high: range?.high?.value };
}

function bound(item: QuestionnaireItem, name: string): number | undefined {
  const extension = extensionNamed(item, name);
  return extension?.valueInteger ?? extension?.valueDecimal;
}

function dateBound(item: QuestionnaireItem, name: string): string | undefined {
  const extension = extensionNamed(item, name);
  return extension?.valueDate ?? extension?.valueDateTime;
}
