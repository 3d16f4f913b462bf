/** How much of a drug a day an order comes to: the most that it allows, or nothing when any part cannot be read. */
import type { Dosage, DraftQuantity, DraftRatio } from '../cds-hooks/draft-orders.ts';
import { DAY, milliseconds } from '../fhir/durations.ts';
import { measure } from '../fhir/quantities.ts';
import { TEXT_LIMIT } from '../fhir/words.ts';
import type { Draft } from './draft.ts';
import { timesADay } from './timing.ts';

/** Units that count pieces of a product: tablets, capsules, puffs. */
const PIECES = /^(?:\{[a-z]+\}|1|tab(?:let)?s?|cap(?:sule)?s?|pills?|each|dose)$/i;
const STRENGTH = /(\d+(?:[.,]\d+)?)\s*(mg|g|mcg|ug|micrograms?)\b/gi;
const UNITS: Record<string, string> = { mcg: 'ug', microgram: 'ug', micrograms: 'ug' };

/** Dose of one day in `unit`; undefined when it cannot be read. */
export function dailyDose(draft: Draft, unit: string): number | undefined {
  const dosages = draft.order.dosageInstruction ?? [];
  if (dosages.length === 0) return undefined;
  let sum = 0;
  for (const dosage of dosages) {
    const dose = perDay(dosage, draft, unit);
    if (dose === undefined) return undefined;
    sum += dose;
  }
  return sum;
}

function perDay(dosage: Dosage, draft: Draft, unit: string): number | undefined {
  const most = dosage.maxDosePerPeriod && maximumPerDay(dosage.maxDosePerPeriod, draft, unit);
  const times = timesADay(dosage.timing);
  const once = amountOf(doseOf(dosage), draft, unit);
  const scheduled = times === undefined || once === undefined ? undefined : times * once;
  if (most === undefined || scheduled === undefined) return scheduled ?? most;
  return Math.min(most, scheduled);
}

function maximumPerDay({ numerator, denominator }: DraftRatio, draft: Draft, unit: string): number | undefined {
  const amount = amountOf(numerator, draft, unit);
  const period = milliseconds({ value: denominator?.value ?? 0, code: denominator?.code ?? '' });
  return amount === undefined || !period ? undefined : (amount * DAY) / period;
}

function doseOf({ doseAndRate, doseQuantity, doseRange }: Dosage): DraftQuantity | undefined {
  const [first] = doseAndRate ?? [];
  return first?.doseQuantity ?? first?.doseRange?.high ?? doseQuantity ?? doseRange?.high;
}

/** A mass as it is; a number of pieces times what one piece holds. */
function amountOf(dose: DraftQuantity | undefined, draft: Draft, unit: string): number | undefined {
  if (dose?.value === undefined || dose.comparator !== undefined) return undefined;
  const written = dose.code ?? dose.unit ?? '';
  const mass = massIn(dose.value, written, unit);
  if (mass !== undefined) return mass;
  const piece = PIECES.test(written) ? strengthOf(draft, unit) : undefined;
  return piece === undefined ? undefined : dose.value * piece;
}

function massIn(value: number, written: string, unit: string): number | undefined {
  const folded = written.toLowerCase();
  const read = measure({ value, code: UNITS[folded] ?? folded }, unit);
  return typeof read === 'string' ? undefined : read.value;
}

/** What one piece holds: the Medication says, or its name does, when both speak of one ingredient only. */
function strengthOf({ medication, name, order }: Draft, unit: string): number | undefined {
  const [only, ...others] = medication?.ingredient ?? [];
  const stated = others.length === 0 ? only?.strength : undefined;
  if (stated?.numerator?.value !== undefined) {
    const { numerator, denominator } = stated;
    const mass = massIn(numerator.value ?? 0, numerator.code ?? numerator.unit ?? '', unit);
    return mass === undefined ? undefined : mass / (denominator?.value ?? 1);
  }
  const displays = order.medicationCodeableConcept?.coding?.flatMap(({ display }) => display ?? []) ?? [];
  return [name, ...displays].map((text) => strengthIn(text, unit)).find((strength) => strength !== undefined);
}

function strengthIn(text: string, unit: string): number | undefined {
  const found = [...text.slice(0, TEXT_LIMIT).matchAll(STRENGTH)];
  const [only] = found;
  if (found.length !== 1 || !only) return undefined;
  return massIn(Number((only[1] ?? '').replace(',', '.')), only[2] ?? '', unit);
}
