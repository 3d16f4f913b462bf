/** Codes and limits of obstetric dating; each with its source. The only numbers of this kind in the code. */

/** Days from the first day of the last period to the due date (Naegele; spec 0.4). */
export const TERM_DAYS = 280;
/** Gestation is an interval inside 0..308 completed days (spec B.2). */
export const MAX_GESTATION = 308;
/** A due date is read up to 300 days ahead; 28 days past are 308 days of gestation (spec B.2 `eddUltrasound`). */
export const EDD_AHEAD = 300;
/** A last period is read up to 310 days back (spec B.2 `lastPeriodDate`). */
export const LMP_LIMIT = 310;
/** An uncertain last period is widened by this many days each way (spec B.2 `lastPeriodCertain`). */
export const UNCERTAIN_LMP = 14;
/** hCG in [IU]/L: at least 25 positive, 5 to 24.9 possible (spec B.2 `pregnancyStatus`). */
export const HCG_POSITIVE = 25;
export const HCG_POSSIBLE = 5;
/** Gates by days since the end (spec 0.5). */
export const ENDED_DAYS = 42;
export const LATEPOST_DAYS = 365;
/** A positive test this long after an end is expected (spec B.2 `pregnancyEnd`, `persistingPositiveTest`). */
export const TEST_AFTER_END = 21;
/** One that is later than this makes a pregnancy possible (spec B.2 `persistingPositiveTest`). */
export const POSSIBLE_AFTER_END = 28;
/** How long a test shows that it persists, in days (spec B.2 `persistingPositiveTest`). */
export const PERSISTING_VALID = 14;
/** After an end n days ago an unknown gestation is [0, n + 14] (spec B.2 `gestation`). */
export const AFTER_END = 14;
/** Limb 4 of DISCORD alone: the pregnancy is at most 13+6 (spec 0.5). */
export const EARLY_MAX = 97;
/** From 16+0 on, a dated antenatal record counts as located (spec B.2 `pregnancyLocated`). */
/** Of a pregnancy that nothing dates only a sign this recent counts: what was seen at 6+0 is under 14+0 for 56 days. */
export const LOCATED_UNDATED = 56;
export const LOCATED_BY_GESTATION = 112;
/** From this gestation on an ultrasound that dates the pregnancy has seen it (spec B.2 `pregnancyLocated`). */
export const LOCATED_BY_ULTRASOUND = 42;
/** Ages at which pregnancy is possible, in years (spec 0.5). */
export const FERTILE_AGE = { min: 10, max: 57 };

/** Gestational age in weeks, and the days beyond them: added when of the same time (LOINC). */
export const WEEKS_CODE = '49051-6';
export const DAYS_CODE = '49052-4';
/** Gestational ages derived from ultrasound (LOINC): second in priority. */
export const ULTRASOUND_GESTATION: ReadonlySet<string> = new Set(['11888-5', '11909-9']);

/** LOINC: due date from ovulation or transfer; outranks ultrasound (spec B.2 `eddUltrasound`). */
export const OVULATION_DUE_DATE = '11780-4';
/** Units in which a recorded gestation is read; months are no fixed length (spec B.1 Units). */
export const GESTATION_UNITS: ReadonlySet<string> = new Set(['d', 'wk', 'h']);

/** What dates a pregnancy, the best first (spec B.2 `gestation`). */
export const DATING_KINDS = [
  'ovulation',
  'ultrasound',
  'ultrasound-gestation',
  'period-due-date',
  'gestation',
  'period',
] as const;

export type DatingKind = (typeof DATING_KINDS)[number];

/** Ultrasound and ART: a source that disagrees is dropped, not added (spec B.2; NICE NG126 1.18.1). */
export const PRECISE_KINDS: ReadonlySet<DatingKind> = new Set<DatingKind>([
  'ovulation',
  'ultrasound',
  'ultrasound-gestation',
]);

/** How notes name a source. */
export const SOURCE_NAMES: Record<DatingKind, string> = {
  ovulation: 'ovulation or transfer',
  ultrasound: 'scan',
  'ultrasound-gestation': 'scan measurement',
  'period-due-date': 'due date from last period',
  gestation: 'recorded gestation',
  period: 'last period',
};

/** Limits of discrepancy in days, by completed days of gestation (ACOG Committee Opinion 700; spec B.2 `gestation`). */
export const DISCREPANCY_LIMITS: readonly { upTo: number; limit: number }[] = [
  { upTo: 62, limit: 5 },
  { upTo: 111, limit: 7 },
  { upTo: 153, limit: 10 },
  { upTo: 195, limit: 14 },
  { upTo: Number.POSITIVE_INFINITY, limit: 21 },
];
/** Sources that are further apart are noted, also below the limit (security/bar hazard 15). */
export const NOTED_DISCREPANCY = 7;
