/** Good requests at every hook that the service publishes, each of another person. */
import { readFileSync } from 'node:fs';
import { requestBodies } from '../../bench/body.ts';
import { contextFields } from './hook-contexts.ts';

export type GoodRequest = { path: string; text: string };

const questionnaire = JSON.parse(readFileSync('questionnaires/back-pain-triage.json', 'utf8'));

/** @param services entries of discovery */
export function goodRequests(services: { id: string; hook: string }[]): GoodRequest[] {
  return services.flatMap(({ id, hook }) =>
    requestBodies(questionnaire, 20, new Date()).map((bytes) => {
      const body = JSON.parse(bytes.toString());
      const context = { ...body.context, ...contextFields(hook, body.context.patientId) };
      return { path: `/cds-services/${id}`, text: JSON.stringify({ ...body, hook, context }) };
    }),
  );
}
