/** The service as discovery shows it: every hook it publishes, and a good request for each. */

import { contextFields } from '../../scripts/fuzz/hook-contexts.ts';
import type { Card, CdsResponse } from '../../src/cds-hooks/card.ts';
import type { Service } from '../../src/cds-hooks/service.ts';
import type { ClinicalCase } from '../harness/case.ts';
import { EMERGENCY, type HookBody, MILD, requestOf, SILENT, topics } from '../harness/requests.ts';
import { type RunningService, startService } from '../harness/service.ts';

/** Hooks that CDS Hooks publishes. */
export const PUBLISHED = [
  'patient-view',
  'encounter-start',
  'encounter-discharge',
  'appointment-book',
  'order-select',
  'order-sign',
  'order-dispatch',
];
export const contextOf = (hook: string): Record<string, unknown> => contextFields(hook, 'case-patient');

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
  startService({ topics, site: { formUrl: 'https://form.example/launch' } });

/** Every answer to the good requests of a hook. */
export const answersAt = (service: RunningService, hook: string): Promise<CdsResponse[]> =>
  Promise.all(requestsFor(hook).map((request) => service.call(request)));

export const cardsOf = (answers: CdsResponse[]): Card[] => answers.flatMap(({ cards }) => cards);
