/** Whether a pregnancy is possible at all (spec 0.5 "Pregnancy possible"). */
import type { Moment } from '../evidence/chart.ts';
import type { Facts } from '../evidence/fact.ts';
import { ageOf } from '../evidence/read-patient.ts';
import type { Patient } from '../fhir/types.ts';
import type { ByRole } from './by-role.ts';
import { FERTILE_AGE } from './standard-codes.ts';

/** From 10 to 57 years (or of unknown age) unless recorded as male; an age recorded apart counts without a birth date. */
export function pregnancyPossible(patient: Patient | undefined, byRole: ByRole, facts: Facts, moment: Moment): boolean {
  if (patient?.gender === 'male') return false;
  const [recorded] = byRole.facts('recorded-age').flatMap(({ name }) => facts.get(name)?.value ?? []);
  const age = ageOf(patient?.birthDate, moment) ?? (typeof recorded === 'number' ? exactly(recorded) : undefined);
  return !age || (age.max >= FERTILE_AGE.min && age.min <= FERTILE_AGE.max);
}

const exactly = (years: number) => ({ min: years, max: years });
