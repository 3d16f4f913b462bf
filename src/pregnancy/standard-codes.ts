/** Codes and limits of obstetric dating; each with its source. The only numbers of this kind in the code. */

/** Days from the first day of the last period to the due date (Naegele; spec 0.4). */
export const TERM_DAYS = 280;
/** Gestation is an interval inside 0..308 completed days (spec B.2). */
export const MAX_GESTATION = 308;
/** A due date is read from 28 days past to 300 days ahead (spec B.2 `eddUltrasound`). */
export const EDD_PAST = 28;
export const EDD_AHEAD = 300;
/** A last period is read up to 310 days back (spec B.2 `lastPeriodDate`). */
export const LMP_LIMIT = 310;
/** An uncertain last period is widened by this many days each way (spec B.2 `lastPeriodCertain`). */
export const UNCERTAIN_LMP = 14;
/** A recorded gestation is aged for at most this long (spec B.2 `gestationRecorded`). */
export const RECORDED_LIMIT = 300;
/** hCG in [IU]/L: at least 25 positive, 5 to 24.9 possible (spec B.2 `pregnancyStatus`). */
export const HCG_POSITIVE = 25;
export const HCG_POSSIBLE = 5;
/** Gates by days since the end (spec 0.5). */
export const ENDED_DAYS = 42;
export const LATEPOST_DAYS = 365;
/** A positive test this long after an end is expected (spec B.2 `pregnancyEnd`). */
export const TEST_AFTER_END = 21;
/** After an end n days ago an unknown gestation is [0, n + 14] (spec B.2 `gestation`). */
export const AFTER_END = 14;
/** Limb 4 of DISCORD alone: the pregnancy is at most 13+6 (spec 0.5). */
export const EARLY_MAX = 97;
/** From 16+0 on, a dated antenatal record counts as located (spec B.2 `pregnancyLocated`). */
export const LOCATED_BY_GESTATION = 112;
/** Ages at which pregnancy is possible, in years (spec 0.5). */
export const FERTILE_AGE = { min: 10, max: 57 };

/** Gestational age in weeks, and the days beyond them: added when of the same time (LOINC). */
export const WEEKS_CODE = '49051-6';
export const DAYS_CODE = '49052-4';
/** Gestational ages derived from ultrasound (LOINC): second in priority. */
export const ULTRASOUND_GESTATION: ReadonlySet<string> = new Set(['11888-5', '11909-9']);
