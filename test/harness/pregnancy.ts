/** Charts of a pregnancy in real FHIR JSON, and what the core makes of them. Days are counted from the clock. */
import { assess, prepareTopic } from '../../src/call-service.ts';
import type { Decision } from '../../src/decision/decision.ts';
import type { FhirResource, Patient } from '../../src/fhir/types.ts';
import { printGestation } from '../../src/pregnancy/gestation.ts';
import { type PregnancyReading, readPregnancy } from '../../src/pregnancy/read-pregnancy.ts';
import { questionnaires, topics } from './requests.ts';
import { type Form, responsesOf } from './responses.ts';
import { atMoment } from './time.ts';

const NOW = '2026-11-25T10:00:00Z';
const SUBJECT = { reference: 'Patient/p' };
const LOINC = 'http://loinc.org';
const SNOMED = 'http://snomed.info/sct';
export const ICD = 'http://hl7.org/fhir/sid/icd-10-cm';

const [topic] = topics;
if (!topic) throw new Error('no topic');
const prepared = prepareTopic(topic);
const READ = new Set(prepared.needs.map(({ type }) => type));

export type Situation = { now?: string; zone?: string; patient?: Partial<Patient>; unread?: string[] };

/** The Decision about a chart. */
export function assessed(resources: FhirResource[], situation: Situation = {}): Decision {
  const { chart, moment } = read(resources, situation);
  return assess(prepared, chart, moment);
}

/** Only the pregnancy, for properties of many charts. */
export function pregnancyOf(resources: FhirResource[], situation: Situation = {}): PregnancyReading {
  const { chart, moment } = read(resources, situation);
  return readPregnancy(prepared.topic, prepared.readEvidence(chart, moment), moment);
}

function read(resources: FhirResource[], { now = NOW, zone = 'UTC', patient, unread = [] }: Situation) {
  const person = { resourceType: 'Patient', id: 'p', gender: 'female', birthDate: '1996-02-03', ...patient } as Patient;
  const types = new Set([...READ].filter((type) => !unread.includes(type)));
  const chart = { patientId: 'p', resources: [person, ...atMoment(resources, now)], read: types };
  return { chart, moment: { now: Date.parse(now), zone } };
}

/** Gates, status and gestation in one line, as tests compare them: `PREG pregnant 24+0`. */
export function summary(resources: FhirResource[], situation: Situation = {}): string {
  const { gates, discord, pregnancy, gestation } = assessed(resources, situation);
  const dates = gestation.known ? printGestation(gestation) : 'unknown';
  return `${discord ? 'DISCORD ' : ''}${[...gates].sort().join('+')} ${pregnancy.status} ${dates}`;
}

export const statusOf = (resources: FhirResource[], situation: Situation = {}): string =>
  assessed(resources, situation).pregnancy.status;

/** `24+0`, `20+0 to 24+0`, or `unknown`: of the reading, whatever the gate. */
export function gestationOf(resources: FhirResource[], situation: Situation = {}): string {
  const { gestation } = pregnancyOf(resources, situation);
  return gestation.known ? printGestation(gestation) : 'unknown';
}

export const notesOf = (resources: FhirResource[], situation: Situation = {}): string[] =>
  assessed(resources, situation).pregnancy.notes;

let made = 0;
const nextId = () => {
  made += 1;
  return `r${made}`;
};

/** `daysAgo(3)` is an instant, `dateAgo(3)` a date; negative lies ahead. */
export const daysAgo = (days: number): string => `{{now${days > 0 ? `-${days}` : `+${-days}`}d}}`;
export const secondsAgo = (days: number, seconds: number): string => `{{now-${days * 86_400 + seconds}s}}`;
export const dateAgo = (days: number): string => `{{today${days > 0 ? `-${days}` : `+${-days}`}d}}`;
/** The due date of somebody who is so many completed days pregnant today. */
export const dueAt = (gestation: number): string => dateAgo(gestation - 280);

type Value = Record<string, unknown>;

/** An Observation of a LOINC or SNOMED `code`; `''` leaves its time out. */
export function observed(code: string, value: Value, effective = daysAgo(3), more: Value = {}) {
  const system = /-\d$/.test(code) ? LOINC : SNOMED;
  return {
    resourceType: 'Observation',
    id: nextId(),
    status: 'final',
    code: { coding: [{ system, code }] },
    subject: SUBJECT,
    ...(effective && { effectiveDateTime: effective }),
    ...value,
    ...more,
  } as unknown as FhirResource;
}

export const coded = (code: string, system = code.startsWith('LA') ? LOINC : SNOMED): Value => ({
  valueCodeableConcept: { coding: [{ system, code }] },
});
export const amount = (value: number, code: string): Value => ({
  valueQuantity: { value, unit: code, system: 'http://unitsofmeasure.org', code },
});
export const dated = (valueDateTime: string): Value => ({ valueDateTime });

export const POSITIVE = coded('10828004');
export const NEGATIVE = coded('260385009');
export const urineTest = (value: Value, effective: string) => observed('80384-1', value, effective);

/** Due dates and gestations, recorded three days ago. */
export const ovulationDue = (gestation: number) => observed('11780-4', dated(dueAt(gestation)));
export const scanDue = (gestation: number) => observed('11778-8', dated(dueAt(gestation)));
export const periodDue = (gestation: number) => observed('11779-6', dated(dueAt(gestation)));
/** A gestation of `days` now, measured `ago` days before. */
export const measuredGestation = (code: string, days: number, ago = 0) =>
  observed(code, amount(days - ago, 'd'), daysAgo(ago));

/** A Condition; `{ onset, recorded, clinical, ... }` in days ago. */
export function diagnosis(
  code: string,
  {
    system = SNOMED,
    clinical = 'active',
    onset,
    recorded,
    abated,
    verification,
  }: {
    system?: string;
    clinical?: string;
    onset?: string;
    recorded?: string;
    abated?: string;
    verification?: string;
  } = {},
) {
  const status = (table: string, value: string) => ({
    coding: [{ system: `http://terminology.hl7.org/CodeSystem/condition-${table}`, code: value }],
  });
  return {
    resourceType: 'Condition',
    id: nextId(),
    clinicalStatus: status('clinical', clinical),
    ...(verification && { verificationStatus: status('ver-status', verification) }),
    code: { coding: [{ system, code }] },
    subject: SUBJECT,
    ...(onset && { onsetDateTime: onset }),
    ...(recorded && { recordedDate: recorded }),
    ...(abated && { abatementDateTime: abated }),
  } as unknown as FhirResource;
}

export const procedure = (code: string, performed: string, status = 'completed') =>
  ({
    resourceType: 'Procedure',
    id: nextId(),
    status,
    code: { coding: [{ system: SNOMED, code }] },
    subject: SUBJECT,
    performedPeriod: { start: performed, end: performed },
  }) as unknown as FhirResource;

export const episode = (start: string, status = 'active', more: Value = {}) =>
  ({
    resourceType: 'EpisodeOfCare',
    id: nextId(),
    status,
    type: [{ coding: [{ system: SNOMED, code: '424525001' }] }],
    patient: SUBJECT,
    period: { start },
    ...more,
  }) as unknown as FhirResource;

export const encounter = (start: string, more: Value, status = 'finished') =>
  ({
    resourceType: 'Encounter',
    id: nextId(),
    status,
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
    subject: SUBJECT,
    period: { start },
    ...more,
  }) as unknown as FhirResource;

const concept = (code: string, system = SNOMED) => ({ coding: [{ system, code }] });

/** The person's answers, one hour ago unless said. */
export function answered(answers: NonNullable<Form['answers']>, authored = '{{now-1h}}', more: Partial<Form> = {}) {
  return responsesOf({ answers, authored, ...more }, nextId(), questionnaires, SUBJECT);
}
