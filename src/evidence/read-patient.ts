/** The Patient: age in completed years, for facts with the source `Patient`. */
import { instantRange, localDay } from '../fhir/dates.ts';
import { DAY } from '../fhir/durations.ts';
import { referenceTo } from '../fhir/references.ts';
import type { Patient } from '../fhir/types.ts';
import type { FactDefinition } from '../knowledge/fact-definition.ts';
import type { Moment } from './chart.ts';
import { type Collector, collect } from './collector.ts';
import { readStatement } from './statement.ts';

/** Reads the age where a fact asks for it. */
export function readPatient(patient: Patient, collector: Collector, facts: FactDefinition[]): void {
  const age = ageOf(patient.birthDate, collector.moment);
  if (!age || age.min !== age.max) return;
  for (const fact of facts) {
    const origin = { reference: referenceTo(patient), source: 'patient', positivesOnly: false } as const;
    const { now } = collector.moment;
    collect(collector, { fact }, readStatement(fact, { number: age.min }), { ...origin, at: { from: now, to: now } });
  }
}

/** Age in completed years as an interval: a birth date may be a year or a month only. */
export function ageOf(birthDate: string | undefined, { now, zone }: Moment): { min: number; max: number } | undefined {
  const born = instantRange(birthDate, zone);
  if (!born) return undefined;
  return { min: years(born.to, now, zone), max: years(born.from, now, zone) };
}

function years(born: number, now: number, zone: string): number {
  const [from, to] = [born, now].map((instant) => new Date(localDay(instant, zone) * DAY));
  if (!from || !to) return 0;
  const passed = to.getUTCFullYear() - from.getUTCFullYear();
  const before =
    to.getUTCMonth() < from.getUTCMonth() ||
    (to.getUTCMonth() === from.getUTCMonth() && to.getUTCDate() < from.getUTCDate());
  return before ? passed - 1 : passed;
}
