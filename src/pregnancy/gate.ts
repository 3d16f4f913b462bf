/** The population gate: first row that matches (spec 0.5). */

import type { Moment } from '../evidence/chart.ts';
import { ageOf } from '../evidence/read-patient.ts';
import type { Patient } from '../fhir/types.ts';
import type { Truth } from '../knowledge/evaluate.ts';
import type { Gate } from '../knowledge/topic.ts';
import { type Gestation, UNKNOWN_GESTATION } from './gestation.ts';
import type { PregnancyReading } from './read-pregnancy.ts';
import { AFTER_END, EARLY_MAX, ENDED_DAYS, FERTILE_AGE, LATEPOST_DAYS } from './standard-codes.ts';

export type GateResult = {
  /** ENDED and POSS may both hold. */
  gates: ReadonlySet<Gate>;
  /** The recorded status denies a pregnancy that the symptoms suggest. */
  discord: boolean;
  gestation: Gestation;
};

/** What the gate asks of the plan and the form. */
export type GateQuestions = {
  discord: Truth;
  discordEarly: Truth;
  endedStillPossible: Truth;
  /** A response to the topic's form exists. */
  responded: boolean;
};

/** Pregnancy is possible from 10 to 57 years (or of unknown age) unless recorded as male. */
export function pregnancyPossible(patient: Patient | undefined, moment: Moment): boolean {
  if (patient?.gender === 'male') return false;
  const age = ageOf(patient?.birthDate, moment);
  return !age || (age.max >= FERTILE_AGE.min && age.min <= FERTILE_AGE.max);
}

/** Chooses the gate. */
export function gateOf(
  reading: PregnancyReading,
  ask: GateQuestions,
  patient: Patient | undefined,
  moment: Moment,
): GateResult {
  const { status, end, gestation } = reading;
  const possible = pregnancyPossible(patient, moment);
  if (status === 'pregnant') return result(['PREG'], gestation);
  if (status === 'ended' && end && end.daysAgo <= ENDED_DAYS) {
    const persists = end.mayPersist && reading.testPositive && ask.endedStillPossible === true;
    if (!persists) return result(['ENDED'], UNKNOWN_GESTATION);
    return result(['ENDED', 'POSS'], { min: 0, max: end.daysAgo + AFTER_END, known: true });
  }
  const denied = status === 'not' || status === 'ended' || reading.testNegative;
  if (denied && possible && ask.discord === true) return discord(ask.discordEarly === true);
  if (status === 'ended' && end && end.daysAgo <= LATEPOST_DAYS) return result(['LATEPOST'], UNKNOWN_GESTATION);
  if (status === 'possible' || (status === 'unknown' && possible && ask.responded)) return result(['POSS'], gestation);
  return result(['OUT'], UNKNOWN_GESTATION);
}

/** The record's dating is not used; limb 4 alone speaks of an early pregnancy. */
function discord(early: boolean): GateResult {
  const gestation = early ? { min: 0, max: EARLY_MAX, known: true } : UNKNOWN_GESTATION;
  return { gates: new Set<Gate>(['POSS']), discord: true, gestation };
}

const result = (gates: Gate[], gestation: Gestation): GateResult => ({
  gates: new Set(gates),
  discord: false,
  gestation,
});
