/** What an author supposes of nobody in particular, as a chart: the same FHIR that an EHR would send. */
import { z } from 'zod';
import { ServiceError } from '../errors.ts';
import type { Chart, Moment } from '../evidence/chart.ts';
import type { FactValue } from '../evidence/fact.ts';
import { readStatement } from '../evidence/statement.ts';
import { localDay } from '../fhir/dates.ts';
import type { FhirResource, QuestionnaireResponseItem, QuestionnaireResponseItemAnswer } from '../fhir/types.ts';
import type { FactDefinition } from '../knowledge/fact-definition.ts';
import type { Topic } from '../knowledge/topic.ts';
import { MAX_GESTATION, TERM_DAYS } from '../pregnancy/standard-codes.ts';
import { supposedDraft } from './drafts.ts';
import { computed, supposable } from './facts.ts';

const text = z.string().max(200);

/** An answer: the code of an option, codes of several, yes or no where there are no options, a number, a date. */
const answer = z.union([z.boolean(), z.number(), text, z.array(text).min(1).max(50)]);

export const supposed = z.strictObject({
  /** Canonical of the plan. */
  plan: text,
  /** By name; what is not there is unknown. */
  facts: z.record(text, answer).default({}),
  /** Completed days; left out = nothing dates the pregnancy. */
  gestation: z.int().min(0).max(MAX_GESTATION).optional(),
  faceToFace: z.boolean().default(false),
  drafts: z.array(supposedDraft).max(10).default([]),
});

export type Supposed = z.infer<typeof supposed>;
type Answer = z.infer<typeof answer>;

const PATIENT = 'supposed';
const subject = { reference: `Patient/${PATIENT}` };
const DAY = 86_400_000;
const YEAR = 365.25 * DAY;
const ADULT = 30;

/** @param read types that count as searched: there is nothing else of this person. @throws ServiceError `bad-request` */
export function chartSupposed(topic: Topic, given: Supposed, read: string[], { now, zone }: Moment): Chart {
  const due = new Date((localDay(now, zone) + TERM_DAYS - (given.gestation ?? 0)) * DAY).toISOString().slice(0, 10);
  const dating = topic.facts.find(({ role }) => role === 'edd-scan');
  const facts = { ...(given.gestation !== undefined && dating && { [dating.name]: due }), ...given.facts };
  const authored = new Date(now - 60_000).toISOString();
  const birthDate = new Date(now - ADULT * YEAR).toISOString().slice(0, 10);
  const visit = { resourceType: 'Encounter', id: 'visit', status: 'in-progress', subject, period: { start: authored } };
  const ambulatory = { class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' } };
  const resources = [
    { resourceType: 'Patient', id: PATIENT, gender: 'female', birthDate },
    ...responses(topic, facts, authored),
    ...(given.faceToFace ? [{ ...visit, ...ambulatory }] : []),
  ] as FhirResource[];
  return { patientId: PATIENT, resources, read: new Set(read), ...(given.faceToFace && { encounterId: 'visit' }) };
}

/** Values of facts that the service would compute. @throws ServiceError `bad-request` */
export function valuesSupposed(topic: Topic, { facts }: Supposed): Map<string, FactValue> {
  const values = new Map<string, FactValue>();
  for (const fact of computed(topic)) {
    const given = facts[fact.name];
    if (given === undefined) continue;
    if (Array.isArray(given)) throw wrong(fact.name, `is no ${fact.kind}`);
    const { valueBoolean, valueDecimal, valueQuantity, valueCoding } = answerOf(fact, given);
    const codings = valueCoding && [valueCoding];
    const statement = readStatement(fact, {
      codings,
      boolean: valueBoolean,
      number: valueDecimal,
      quantity: valueQuantity,
    });
    if (typeof statement === 'string') throw wrong(fact.name, `counts for nothing: ${statement}`);
    values.set(fact.name, statement.value);
  }
  return values;
}

/** Who measures and observes is staff; everything else the person says. */
const byStaff = ({ class: of }: FactDefinition): boolean => of === 'measured' || of === 'observer' || of === 'record';

function responses(topic: Topic, facts: Record<string, Answer>, authored: string): object[] {
  const known = new Map(supposable(topic).map((fact) => [fact.name, fact]));
  const items = new Map<string, { fact: FactDefinition; item: QuestionnaireResponseItem[] }>();
  const beside = new Set(computed(topic).map(({ name }) => name));
  for (const [name, given] of Object.entries(facts)) {
    if (beside.has(name)) continue;
    const fact = known.get(name);
    if (!fact) throw wrong(name, 'is no fact that can be supposed');
    const key = `${topic.questionnaires.findIndex(({ url }) => url === fact.questionnaire)}-${byStaff(fact)}`;
    const response = items.get(key) ?? { fact, item: [] };
    response.item.push({ linkId: name, answer: [given].flat().map((one) => answerOf(fact, one)) });
    items.set(key, response);
  }
  return [...items].map(([id, { fact, item }]) => ({
    resourceType: 'QuestionnaireResponse',
    id,
    questionnaire: fact.questionnaire,
    status: 'completed',
    subject,
    authored,
    source: byStaff(fact) ? { reference: 'Practitioner/author' } : subject,
    item,
  }));
}

/** The answer as FHIR holds it. Whether it can be true is for the engine to say. */
function answerOf(fact: FactDefinition, given: boolean | number | string): QuestionnaireResponseItemAnswer {
  const { name, kind, options, unit = '1' } = fact;
  if (options.length > 0) {
    const option = options.find(({ coding }) => coding.code === given);
    if (!option) throw wrong(name, 'has no such option');
    return { valueCoding: option.coding };
  }
  if (kind === 'boolean' && typeof given === 'boolean') return { valueBoolean: given };
  if (kind === 'number' && typeof given === 'number') return { valueDecimal: given };
  if (kind === 'date' && typeof given === 'string' && /^\d{4}-\d\d-\d\d$/.test(given)) return { valueDate: given };
  if (kind === 'quantity' && typeof given === 'number') {
    return { valueQuantity: { value: given, unit, system: 'http://unitsofmeasure.org', code: unit } };
  }
  throw wrong(name, `is no ${kind}`);
}

// The name comes from the request: it is cut, and said to nobody but who sent it.
const wrong = (name: string, why: string): ServiceError =>
  new ServiceError('bad-request', 'A fact cannot be supposed', [`facts.${name.slice(0, 64)}: ${why}`]);
