/** What the page of the form asks of the service (ADR 0021): words for patients only, from its own origin only, kept nowhere. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { FormStart } from '../../src/form/form-side.ts';
import type { PatientResult } from '../../src/form/result.ts';
import { hookRequestOf } from '../harness/case.ts';
import { questionnaires, SERVICE } from '../harness/requests.ts';
import { type RunningService, startService } from '../harness/service.ts';

let service: RunningService;
beforeAll(async () => {
  service = await startService({
    site: {
      patients: { emergencyNumber: '112', contacts: [{ name: 'Ward', phone: '+49 30 1' }] },
      services: { 'spinal-team': { name: 'Bleep of the spinal team', phone: '5555' } },
      smartApps: [{ iss: 'https://ehr.example/fhir/', clientId: 'form' }],
    },
  });
});
afterAll(() => service.close());

const get = (path: string, headers = {}) => fetch(`${service.base}/form-api/${path}`, { headers });
const start = async (): Promise<FormStart & Record<string, unknown>> => (await get('start?lang=en')).json() as never;

/** Answers and a record, as the page sends them. */
async function known(answers: Record<string, unknown>) {
  const { plan } = await start();
  const form = { base: 'clear', answers: { severity: 2, ...answers } };
  const clinical = { title: '', spec: '', gestation: '24+0', located: true, form, expect: {} } as never;
  const { prefetch } = hookRequestOf(clinical, questionnaires) as { prefetch: Record<string, unknown> };
  const bundles = Object.values(prefetch).filter((one) => (one as { resourceType: string }).resourceType === 'Bundle');
  return {
    resourceType: 'Parameters',
    parameter: [
      { name: 'plan', valueCanonical: plan },
      { name: 'subject', valueReference: { reference: 'Patient/case-patient' } },
      ...bundles.map((resource) => ({ name: 'chart', resource })),
      { name: 'searched', valueCode: 'Condition' },
      { name: 'searched', valueCode: 'Observation' },
    ],
  };
}
const resultOf = async (answers: Record<string, unknown>, lang = 'en') => {
  const response = await service.post(`/form-api/result?lang=${lang}`, await known(answers));
  return { status: response.status, result: (await response.json()) as PatientResult };
};
const wordsOf = ({ tell, safetyNet }: PatientResult) => [...tell, ...safetyNet].map(({ text }) => text).join(' | ');

describe('the start', () => {
  test('names the plan, its forms, what is read of the record, and what the site says for patients', async () => {
    const found = await start();
    expect(found.questionnaires.length).toBeGreaterThan(1);
    expect(found.queries.map(({ type }) => type)).toContain('Observation');
    expect(found.contacts).toEqual({ emergencyNumber: '112', lines: [{ name: 'Ward', phone: '+49 30 1' }] });
    expect(found.apps).toEqual([{ iss: 'https://ehr.example/fhir', clientId: 'form' }]);
    expect(JSON.stringify(found)).not.toContain('5555');
  });

  test('when no plan asks a form then it is not found', async () => {
    expect((await get('start?questionnaire=http://example.org/none')).status).toBe(404);
  });

  test('the forms come in a language, without what only the service reads', async () => {
    const { questionnaires: urls } = await start();
    const english = await (await get(`Questionnaire?url=${urls[0]}`)).text();
    const persian = await (await get(`Questionnaire?url=${urls[0]}&lang=fa`)).text();
    expect(persian).toMatch(/[\u0600-\u06ff]/);
    expect(JSON.parse(english).entry).toHaveLength(1);
    expect(english).not.toContain('closing-when');
  });
});

describe('the result', () => {
  test('of an emergency tells the level, what to do and what to watch for, and nothing for clinicians', async () => {
    const { result } = await resultOf({ saddleNumbness: 'yes' });
    expect(result.indicator).toBe('critical');
    expect(wordsOf(result)).toContain('go to emergency now');
    expect(result.safetyNet.length).toBeGreaterThan(0);
    expect(JSON.stringify(result)).not.toMatch(/E08|cauda|spinal team|5555/i);
  });

  test('in another language is in that language, and in one without words says that it is not', async () => {
    const spanish = await resultOf({ saddleNumbness: 'yes' }, 'es');
    expect(spanish.result.tell.every(({ lang }) => lang === undefined)).toBe(true);
    expect(wordsOf(spanish.result)).toContain('Necesita ayuda ahora');
    const welsh = await resultOf({ saddleNumbness: 'yes' }, 'cy');
    expect(welsh.result.tell.every(({ lang }) => lang === 'en')).toBe(true);
  });

  test('a private answer changes nothing of it', async () => {
    const without = await resultOf({});
    const confidential = await resultOf({ selfHarmThoughts: 'yes', selfHarmPlan: 'yes' });
    expect(without.result.tell.length).toBeGreaterThan(0);
    expect(confidential.result).toEqual(without.result);
    expect(confidential.result.open).not.toContain('selfHarmThoughts');
  });

  test('names the questions that are open', async () => {
    const { result } = await resultOf({ bladderBowel: null });
    expect(result.indicator).toBe('warning');
    expect(result.open).toContain('bladderBowel');
  });
});

describe('the alerts', () => {
  test('are rules of the emergency level as tests of answers, with words in the language; never private ones', async () => {
    const response = await service.post('/form-api/alerts?lang=fa', await known({ saddleNumbness: null }));
    const { alerts } = (await response.json()) as { alerts: { rule: string; tell: { text: string }[] }[] };
    const numb = alerts.find(({ rule }) => rule === 'E08');
    expect(JSON.stringify(numb)).toContain('"item":"saddleNumbness"');
    expect(numb?.tell[0]?.text).toMatch(/[\u0600-\u06ff]/);
    expect(alerts.map(({ rule }) => rule)).not.toContain('E16');
    expect(JSON.stringify(alerts)).not.toContain('selfHarm');
  });
});

describe('refused with an OperationOutcome', () => {
  const refusal = async (response: Response) => {
    const body = (await response.json()) as { resourceType: string };
    return [response.status, body.resourceType];
  };

  test('a page of another origin, before its body is read', async () => {
    for (const site of ['cross-site', 'same-site']) {
      expect(await refusal(await get('start', { 'sec-fetch-site': site }))).toEqual([403, 'OperationOutcome']);
    }
    expect(
      (await get('start', { 'sec-fetch-site': 'same-origin' })).headers.get('access-control-allow-origin'),
    ).toBeNull();
  });

  test('a plan that is not here, a body that is none, and no FHIR', async () => {
    const body = await known({});
    body.parameter[0] = { name: 'plan', valueCanonical: 'http://example.org/none' };
    expect(await refusal(await service.post('/form-api/result', body))).toEqual([404, 'OperationOutcome']);
    expect(await refusal(await service.post('/form-api/result', '{'))).toEqual([400, 'OperationOutcome']);
    expect((await refusal(await service.post('/form-api/alerts', { resourceType: 'Patient' })))[0]).toBe(400);
  });

  test('more than its share, which takes nothing from the hooks', async () => {
    const busy = await startService({ config: { formRateLimitPerSecond: 2 } });
    const ask = async () => (await fetch(`${busy.base}/form-api/start`)).status;
    const statuses = await Promise.all(Array.from({ length: 8 }, ask));
    expect(statuses).toContain(200);
    expect(statuses).toContain(429);
    expect((await fetch(`${busy.base}/cds-services`)).status).toBe(200);
    await busy.close();
  });
});

test('where clients must show who they are, the page needs no token and the hooks still do', async () => {
  const strict = await startService({ config: { clientTrust: 'jwt', publicBaseUrl: 'https://cds.example' } });
  expect((await fetch(`${strict.base}/form-api/start`)).status).toBe(200);
  expect((await strict.post(SERVICE, {})).status).toBe(401);
  await strict.close();
});
