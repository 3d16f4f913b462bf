/** The population gate: first row that matches (spec 0.5). */

import type { Truth } from '../knowledge/evaluate.ts';
import type { Gate } from '../knowledge/topic.ts';
import { type Gestation, UNKNOWN_GESTATION } from './gestation.ts';
import type { PregnancyReading } from './read-pregnancy.ts';
import { EARLY_MAX, ENDED_DAYS } from './standard-codes.ts';

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

/** Chooses the gate. */
export function gateOf(reading: PregnancyReading, ask: GateQuestions): GateResult {
  const { status, end, gestation, possible, possibleSinceEnd } = reading;
  if (status === 'pregnant') return result(['PREG'], gestation);
  if (status === 'ended' && end && end.daysAgo <= ENDED_DAYS) {
    const persists = end.mayPersist && reading.testPositive && ask.endedStillPossible === true;
    return result(persists || possibleSinceEnd ? ['ENDED', 'POSS'] : ['ENDED'], gestation);
  }
  const denied = status === 'not' || status === 'ended' || wasLongAgo(reading) || reading.testNegative;
  if (denied && possible && ask.discord === true) return discord(ask.discordEarly === true);
  if (possibleSinceEnd) return result(['POSS'], gestation);
  if (status === 'ended') return result(['LATEPOST'], UNKNOWN_GESTATION);
  const suspected = possible && (ask.responded || reading.inMaternityCare);
  if (status === 'possible' || (status === 'unknown' && suspected)) return result(['POSS'], gestation);
  return result(['OUT'], UNKNOWN_GESTATION);
}

/** A pregnancy that ended more than a year ago denies one now as well (spec 0.5 DISCORD). */
const wasLongAgo = ({ status, end }: PregnancyReading): boolean => status === 'unknown' && end !== undefined;

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
