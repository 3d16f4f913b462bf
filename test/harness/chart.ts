/** Charts of a few real FHIR resources, read by the pure core: what a fact is, and why. */
import { assess, type PreparedTopic, prepareTopic } from '../../src/call-service.ts';
import type { Decision } from '../../src/decision/decision.ts';
import type { Fact, SetAsideReason } from '../../src/evidence/fact.ts';
import type { CodeableConcept, Condition, FhirResource, Observation, Quantity } from '../../src/fhir/types.ts';
import { questionnaires, topics } from './requests.ts';
import { type Form, responsesOf } from './responses.ts';
import { atMoment } from './time.ts';

export const NOW = '2026-11-25T10:00:00Z';
export const LOINC = 'http://loinc.org';
export const SNOMED = 'http://snomed.info/sct';
const UCUM = 'http://unitsofmeasure.org';
const SUBJECT = { reference: 'Patient/p' };

export const prepared: PreparedTopic = prepareTopic(topics[0] as (typeof topics)[number]);
export const EVERYTHING: ReadonlySet<string> = new Set(prepared.needs.map(({ type }) => type));

type Options = {
  now?: string;
  zone?: string;
  encounterId?: string;
  server?: string;
  patient?: object;
  /** How the resources refer to her. */
  subject?: { reference: string };
  read?: ReadonlySet<string>;
  /** Completed days of gestation at `now`. */
  gestation?: number;
};

/** The Decision about a woman at 24+0, from these resources beside her Patient and her due date. */
export function decide(resources: object[], options: Options = {}): Decision {
  const { now = NOW, zone = 'UTC', encounterId, server, patient = {}, read = EVERYTHING, gestation = 168 } = options;
  const { subject = SUBJECT } = options;
  const own = resources.map((resource, at) => ({ id: `r${at + 1}`, subject, ...resource }));
  const base = [
    { resourceType: 'Patient', id: 'p', gender: 'female', birthDate: '1996-02-03', ...patient },
    { ...observation('11778-8'), id: 'due', subject, valueDateTime: `{{today+${280 - gestation}d}}` },
  ];
  const chart = atMoment([...base, ...own], now) as FhirResource[];
  const moment = { now: Date.parse(now), zone };
  return assess(prepared, { patientId: 'p', encounterId, server, resources: chart, read }, moment);
}

/** One fact of such a Decision. */
export function factOf(name: string, resources: object[], options: Options = {}): Fact {
  const fact = decide(resources, options).facts.get(name);
  if (!fact) throw new Error(`no fact ${name}`);
  return fact;
}

/** A fact's value; of a quantity its number in the unit of the fact. */
export function valueIn(name: string, resources: object[], options: Options = {}): unknown {
  const { value } = factOf(name, resources, options);
  return typeof value === 'object' && !Array.isArray(value) ? value.value : value;
}

/** Why something was not used for a fact. */
export const reasonsOf = (name: string, resources: object[], options: Options = {}): SetAsideReason[] =>
  factOf(name, resources, options).setAside.map(({ reason }) => reason);

export const concept = (code: string, system = SNOMED): CodeableConcept => ({ coding: [{ system, code }] });
export const quantity = (value: number, code: string): Quantity => ({ value, unit: code, system: UCUM, code });

/** An Observation by a LOINC code, an hour old unless `more` says otherwise. */
export function observation(code: string, more: object = {}): Observation {
  return {
    resourceType: 'Observation',
    status: 'final',
    code: concept(code, LOINC),
    effectiveDateTime: '{{now-1h}}',
    ...more,
  };
}

/** A finding as an Observation by a SNOMED code: present or absent. */
export const finding = (code: string, present: boolean, more: object = {}): Observation =>
  observation(code, { code: concept(code), valueCodeableConcept: concept(present ? '52101004' : '2667000'), ...more });

/** An active Condition by a SNOMED code, recorded an hour ago. */
export function condition(code: string, more: object = {}): Condition {
  return {
    resourceType: 'Condition',
    clinicalStatus: concept('active', 'http://terminology.hl7.org/CodeSystem/condition-clinical'),
    code: concept(code),
    subject: SUBJECT,
    recordedDate: '{{now-1h}}',
    ...more,
  };
}

/** A response with these answers; `id` names it among several. */
export function form(
  answers: Form['answers'] & object,
  more: Omit<Form, 'answers'> & { id?: string } = {},
): FhirResource {
  const { id = 'form', ...rest } = more;
  const [response] = responsesOf({ answers, ...rest }, id, questionnaires, SUBJECT);
  if (!response) throw new Error('no answers');
  return response;
}
