/** A form from the chart and back: filled in, answered, extracted, posted to a FHIR server, read by the hook. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Resource } from '@medplum/fhirtypes';
import express from 'express';
import { createDemonstrationFhirServer } from '../../demo/fhir-server.ts';
import type {
  Bundle,
  FhirResource,
  Observation,
  OperationOutcome,
  Parameters,
  QuestionnaireResponse,
} from '../../src/fhir/types.ts';
import { listening } from '../demo/listening.ts';
import { observation } from '../harness/chart.ts';
import { topics } from '../harness/requests.ts';
import { type RunningService, startService } from '../harness/service.ts';
import { registered } from '../harness/stub-fhir.ts';
import { atMoment } from '../harness/time.ts';
import { itemOf, NOW, SUBJECT, triage } from './forms.ts';
import { named } from './operate.ts';

const PATIENT = { resourceType: 'Patient', id: 'p', gender: 'female', birthDate: '1996-02-03' };
/** She bled last on 10 June; the scan agrees: 24 weeks. */
const CHART = atMoment(
  [
    { ...observation('8665-2', { valueDateTime: '2026-06-10' }), id: 'period', subject: SUBJECT },
    { ...observation('11778-8', { valueDateTime: '2027-03-17' }), id: 'due', subject: SUBJECT },
  ],
  NOW,
);

let service: RunningService;
let fhirBase = '';
let finish = (): void => {};
let fhirClosed: Promise<unknown>;

beforeAll(async () => {
  const resources = [PATIENT, ...CHART] as unknown as Resource[];
  const router = await createDemonstrationFhirServer({ resources, now: new Date(NOW) });
  await new Promise<void>((started) => {
    fhirClosed = listening(express().use('/fhir', router), async (origin) => {
      fhirBase = `${origin}/fhir`;
      started();
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
    });
  });
  service = await startService({ config: { fhirServers: [registered(fhirBase)], fhirBudgetMs: 10_000 } });
}, 60_000);
afterAll(async () => {
  await service.close();
  finish();
  await fhirClosed;
});

async function operation<T>(path: string, body: unknown): Promise<T> {
  const response = await service.post(`/fhir-api/${path}`, body);
  expect([path, response.status]).toEqual([path, 200]);
  return (await response.json()) as T;
}

async function fhir<T extends FhirResource>(method: string, path: string, body?: object): Promise<T> {
  const headers = { 'content-type': 'application/fhir+json' };
  const response = await fetch(`${fhirBase}/${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) });
  expect(response.status).toBeLessThan(300);
  return (await response.json()) as T;
}

/** What the hook says when it reads everything from the FHIR server. */
async function detailOf(): Promise<string> {
  const { cards } = await service.call({
    hook: 'patient-view',
    hookInstance: '5c1f5f0a-6d2b-4b8e-9a55-0c4bb0b9f8d1',
    context: { userId: 'Practitioner/x', patientId: 'p' },
    fhirServer: fhirBase,
  });
  return cards[0]?.detail ?? '';
}

const severityLabel = topics[0]?.factByName.get('severity')?.label ?? 'none';
/** What the card says of it, whichever rules it stands under. */
const linesAbout = (detail: string): string[] => {
  const lines = detail.split('\n').filter((line) => line.includes(`${severityLabel}:`));
  return [...new Set(lines.map((line) => line.trim()))];
};

test('what was extracted is the evidence of the hook, and is counted once', async () => {
  // What the chart knows is filled in.
  const populated = await operation<Parameters>('Questionnaire/back-pain-triage/$populate', {
    resourceType: 'Parameters',
    parameter: [
      { name: 'subject', valueReference: SUBJECT },
      { name: 'chart', resource: await fhir<Bundle>('GET', 'Observation?patient=p') },
    ],
  });
  const filled = named(populated, 'response')[0]?.resource as QuestionnaireResponse;
  const [period] = itemOf(filled, 'lastPeriodDate').answer ?? [];
  expect(period?.valueDate).toBe('2026-06-10');

  // The rest is answered; what was filled in nobody touched.
  const answered = triage({ severity: 8, lastPeriodDate: '2026-06-10' });
  itemOf(answered, 'lastPeriodDate').answer = period ? [period] : [];
  const outcome = await operation<OperationOutcome>('QuestionnaireResponse/$validate', answered);
  expect(outcome.issue.map(({ severity }) => severity)).toEqual(['information']);

  // Extracted and posted.
  await fhir('PUT', `QuestionnaireResponse/${answered.id}`, answered);
  const transaction = await operation<Bundle>('QuestionnaireResponse/$extract', answered);
  const observations = transaction.entry?.map(({ resource }) => resource as Observation) ?? [];
  expect(observations.map(({ valueInteger }) => valueInteger)).toEqual([8]);
  const posted = await fhir<Observation>('POST', 'Observation', observations[0]);

  // The hook reads it, once, as hers.
  const [line, ...others] = linesAbout(await detailOf());
  expect(others).toEqual([]);
  expect(line).toContain('8 (answered 25 Nov 2026 09:00');
  expect(line?.replaceAll('\\', '')).toContain(`Observation/${posted.id}`);

  // Without the response, too: the Observation carries it alone.
  await fhir('DELETE', `QuestionnaireResponse/${answered.id}`);
  const alone = linesAbout(await detailOf());
  expect(alone).toHaveLength(1);
  expect(alone[0]).toContain('8 (answered 25 Nov 2026 09:00');
}, 60_000);
