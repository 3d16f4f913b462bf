/** The service as discovery shows it: every hook it publishes, and a good request for each. */
import type { Card, CdsResponse } from '../../src/cds-hooks/card.ts';
import type { Service } from '../../src/cds-hooks/service.ts';
import type { ClinicalCase } from '../harness/case.ts';
import { EMERGENCY, type HookBody, MILD, requestOf, SILENT, topics } from '../harness/requests.ts';
import { type RunningService, startService } from '../harness/service.ts';

const appointment = {
  resourceType: 'Appointment',
  id: 'proposed',
  status: 'proposed',
  start: '2026-12-01T09:00:00Z',
  end: '2026-12-01T09:30:00Z',
  participant: [{ actor: { reference: 'Patient/case-patient' }, status: 'needs-action' }],
};
const order = {
  resourceType: 'MedicationRequest',
  id: 'draft',
  status: 'draft',
  intent: 'order',
  subject: { reference: 'Patient/case-patient' },
  medicationCodeableConcept: { text: 'paracetamol 500 mg tablet' },
};
const bundleOf = (resource: object) => ({ resourceType: 'Bundle', type: 'collection', entry: [{ resource }] });

/** The context fields that each published hook requires beside user and patient. */
const REQUIRED: Record<string, Record<string, unknown>> = {
  'patient-view': {},
  'encounter-start': { encounterId: 'case-encounter' },
  'encounter-discharge': { encounterId: 'case-encounter' },
  'appointment-book': { appointments: bundleOf(appointment) },
  'order-select': { selections: ['MedicationRequest/draft'], draftOrders: bundleOf(order) },
  'order-sign': { draftOrders: bundleOf(order) },
};

/** Hooks that CDS Hooks publishes, and their context fields. */
export const PUBLISHED = Object.keys(REQUIRED);
export const contextOf = (hook: string): Record<string, unknown> => REQUIRED[hook] ?? {};

const NOT_ASKED: ClinicalCase = {
  ...MILD,
  title: 'nothing asked but pain',
  form: { answers: { backPain: 'yes', severity: 5 } },
};
const people = [EMERGENCY, MILD, SILENT, NOT_ASKED];

/** Good requests for a hook: an emergency, a mild pain, nothing, and questions that were not asked. */
export const requestsFor = (hook: string): HookBody[] =>
  people.map((person) => {
    const request = requestOf(person, { hook });
    return { ...request, context: { ...request.context, ...contextOf(hook) } };
  });

/** The hooks that the topic is served for; tests are tables over them, so that a new one is covered by itself. */
export const hooks = [...new Set(topics.flatMap((topic) => topic.hooks))];

export const services = async (service: RunningService): Promise<Service[]> =>
  ((await (await fetch(`${service.base}/cds-services`)).json()) as { services: Service[] }).services;

/** Starts the service with a form, so that links are of both kinds. */
export const start = (): Promise<RunningService> =>
  startService({ topics, config: { formUrl: 'https://form.example/launch' } });

/** Every answer to the good requests of a hook. */
export const answersAt = (service: RunningService, hook: string): Promise<CdsResponse[]> =>
  Promise.all(requestsFor(hook).map((request) => service.call(request)));

export const cardsOf = (answers: CdsResponse[]): Card[] => answers.flatMap(({ cards }) => cards);
