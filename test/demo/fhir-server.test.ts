import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Bundle, CapabilityStatement, Observation, OperationOutcome, Patient, Resource } from '@medplum/fhirtypes';
import express, { type Router } from 'express';
import { createDemonstrationFhirServer } from '../../demo/fhir-server.ts';
import { listening } from './listening.ts';

const NOW = new Date('2026-06-15T10:00:00Z');
const CONTENT = 'application/fhir+json; charset=utf-8';

const ann: Patient = { resourceType: 'Patient', id: 'ann', name: [{ family: 'Oakley', given: ['Ann'] }] };
const systolic = measurement('systolic', '8480-6', 'ann', '2026-06-15T09:00:00Z');
const diastolic = measurement('diastolic', '8462-4', 'ann', '2026-06-15T09:00:00Z');
const pulse = measurement('pulse', '8867-4', 'ann', '2026-06-14T09:00:00Z');
const stranger = measurement('stranger', '8480-6', 'bea', '2026-06-15T09:00:00Z');
const form: Resource = {
  resourceType: 'QuestionnaireResponse',
  id: 'form',
  status: 'completed',
  subject: { reference: 'Patient/ann' },
  questionnaire: 'http://example.org/Questionnaire/triage|0.2.0',
};

let router: Router;
beforeAll(async () => {
  const resources = [ann, systolic, diastolic, pulse, stranger, form];
  router = await createDemonstrationFhirServer({ resources, now: NOW });
});

describe('searching', () => {
  test.each([
    ['a bare id', 'patient=ann'],
    ['a relative reference', 'patient=Patient/ann'],
    ['an absolute reference', 'patient=http://127.0.0.1/fhir/Patient/ann'],
    ['the subject, bare', 'subject=ann'],
    ['the subject', 'subject=Patient/ann'],
  ])('by %s finds the observations of that patient only', async (_, query) => {
    expect(await idsFound(`Observation?${query}`)).toEqual(['diastolic', 'pulse', 'systolic']);
    expect(await idsFoundByPost('Observation', query)).toEqual(['diastolic', 'pulse', 'systolic']);
  });

  test('takes a list of codes', async () => {
    expect(await idsFound('Observation?patient=ann&code=8480-6,8462-4')).toEqual(['diastolic', 'systolic']);
    expect(await idsFoundByPost('Observation', 'code=8480-6,8462-4&patient=ann')).toEqual(['diastolic', 'systolic']);
    expect(await idsFound('Observation?patient=ann&code=http://loinc.org|8867-4')).toEqual(['pulse']);
  });

  test('joins the parameters of URL and form', async () => {
    expect(await idsFoundByPost('Observation', 'code=8867-4', '?patient=ann')).toEqual(['pulse']);
  });

  test('compares dates', async () => {
    expect(await idsFound('Observation?patient=ann&date=ge2026-06-15')).toEqual(['diastolic', 'systolic']);
    expect(await idsFound('Observation?patient=ann&date=lt2026-06-15')).toEqual(['pulse']);
  });

  test('finds a response by its Questionnaire without the version', async () => {
    expect(await idsFound('QuestionnaireResponse?questionnaire=http://example.org/Questionnaire/triage')).toEqual([
      'form',
    ]);
  });

  test('sorts by several keys, the first being the most important', async () => {
    const bundle = await get<Bundle>('Observation?patient=ann&_sort=-date,code');
    expect(bundle.entry?.map(({ resource }) => resource?.id)).toEqual(['diastolic', 'systolic', 'pulse']);
  });

  test('pages, and the next links lead through all', async () => {
    const first = await get<Bundle>('Observation?patient=ann&_count=2');
    expect(first).toMatchObject({ type: 'searchset', total: 3 });
    expect(first.entry).toHaveLength(2);
    expect(first.link?.map(({ relation }) => relation)).toEqual(['self', 'next']);
    const rest = await get<Bundle>(`Observation?${first.link?.[1]?.url?.split('?')[1]}`);
    expect(rest.entry).toHaveLength(1);
    expect(rest.link?.map(({ relation }) => relation)).toEqual(['self']);
  });

  test('says in the self link what it used, and leaves out what it does not understand', async () => {
    const bundle = await get<Bundle>('Observation?patient=ann&code=8867-4&value-quantity=gt100&_include=x&__proto__=1');
    expect(bundle.link?.[0]?.url).toMatch(/Observation\?patient=Patient%2Fann&code=8867-4$/);
    expect(bundle.entry?.[0]).toMatchObject({ search: { mode: 'match' } });
    expect(bundle.entry?.[0]?.fullUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/fhir\/Observation\/pulse$/);
  });

  test('refuses what it does not understand when the client is strict', async () => {
    const headers = { prefer: 'handling=strict' };
    expect(await problem('Observation?value-quantity=gt100', { headers })).toBe(400);
    expect(await problem('Observation?_count=many')).toBe(400);
  });

  test('finds nothing as a Bundle without entries', async () => {
    const bundle = await get<Bundle>('Condition?patient=ann');
    expect(bundle).toMatchObject({ resourceType: 'Bundle', type: 'searchset', total: 0 });
    expect(bundle).not.toHaveProperty('entry');
  });
});

describe('writing', () => {
  test('creates under an id of its own, then reads, updates and deletes', async () => {
    await serving(async (fhir) => {
      const created = await send(fhir, 'POST', 'Observation', { ...pulse, id: 'systolic' });
      expect(created.status).toBe(201);
      const resource = (await created.json()) as Observation;
      expect(resource.id).not.toBe('systolic');
      expect(created.headers.get('location')).toBe(`${fhir}/Observation/${resource.id}`);
      expect(created.headers.get('etag')).toBe(`W/"${resource.meta?.versionId}"`);

      const path = `Observation/${resource.id}`;
      const updated = await send(fhir, 'PUT', path, { ...resource, status: 'amended' });
      expect(updated.status).toBe(200);
      expect(await updated.json()).toMatchObject({ status: 'amended' });
      expect(await (await fetch(`${fhir}/${path}`)).json()).toMatchObject({ status: 'amended' });
      expect((await fetch(`${fhir}/${path}`, { method: 'DELETE' })).status).toBe(200);
      expect((await fetch(`${fhir}/${path}`)).status).toBe(404);
    });
  });

  test('creates by update', async () => {
    await serving(async (fhir) => {
      const made = await send(fhir, 'PUT', 'Patient/cleo', { resourceType: 'Patient', id: 'cleo' });
      expect(made.status).toBe(201);
      expect((await fetch(`${fhir}/Patient/cleo`)).status).toBe(200);
    });
  });

  test('does not overwrite a version that the client did not see', async () => {
    await serving(async (fhir) => {
      const options = { method: 'PUT', body: JSON.stringify(ann) };
      const headers = { 'content-type': 'application/fhir+json', 'if-match': 'W/"other"' };
      expect((await fetch(`${fhir}/Patient/ann`, { ...options, headers })).status).toBe(412);
    });
  });

  test('does not create twice what is already there', async () => {
    await serving(async (fhir) => {
      const options = { method: 'POST', body: JSON.stringify(pulse) };
      const headers = { 'content-type': 'application/fhir+json', 'if-none-exist': 'patient=ann&code=8867-4' };
      const answer = await fetch(`${fhir}/Observation`, { ...options, headers });
      expect(answer.status).toBe(200);
      expect(await answer.json()).toMatchObject({ id: 'pulse' });
    });
  });
});

describe('refusing', () => {
  const post = (body: string, type = 'application/fhir+json') => ({
    method: 'POST',
    body,
    headers: { 'content-type': type },
  });

  test.each<[string, string, RequestInit | undefined, number]>([
    ['an unknown resource', 'Patient/nobody', undefined, 404],
    ['a type that is not served', 'Basilisk', undefined, 404],
    ['a name that every object has', 'constructor', undefined, 404],
    ['history', 'Patient/ann/_history', undefined, 404],
    ['a transaction', '', post('{"resourceType":"Bundle","type":"transaction"}'), 404],
    ['broken JSON', 'Patient', post('{"resourceType":'), 400],
    ['another type than the path says', 'Patient', post('{"resourceType":"Observation"}'), 400],
    ['a body that is no resource', 'Patient', post('[]'), 400],
    ['an invalid resource', 'Observation', post('{"resourceType":"Observation","status":"final"}'), 400],
    ['an unknown property', 'Patient', post('{"resourceType":"Patient","nickname":"A"}'), 400],
    ['plain text', 'Patient', post('hello', 'text/plain'), 415],
    ['a client that wants XML', 'Patient', { headers: { accept: 'application/fhir+xml' } }, 406],
  ])('%s is an OperationOutcome', async (_, path, init, status) => {
    expect(await problem(path, init)).toBe(status);
  });
});

describe('speaking', () => {
  test.each(['application/fhir+json', 'application/json+fhir'])('%s both ways', async (type) => {
    await serving(async (fhir) => {
      const headers = { accept: type, 'content-type': type };
      const read = await fetch(`${fhir}/Patient/ann`, { headers });
      expect(read.headers.get('content-type')).toBe(`${type}; charset=utf-8`);
      const body = JSON.stringify({ resourceType: 'Patient' });
      expect((await fetch(`${fhir}/Patient`, { method: 'POST', headers, body })).status).toBe(201);
    });
  });

  test('says truly what it can do', async () => {
    const statement = await get<CapabilityStatement>('metadata');
    expect(statement).toMatchObject({ fhirVersion: '4.0.1', kind: 'instance', date: NOW.toISOString() });
    const observation = statement.rest?.[0]?.resource?.find(({ type }) => type === 'Observation');
    const names = observation?.searchParam?.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['patient', 'subject', 'code', 'date', '_id']));
    expect(names).not.toContain('value-quantity');
    expect(statement.rest?.[0]).not.toHaveProperty('security');
  });
});

function measurement(id: string, code: string, patient: string, effectiveDateTime: string): Observation {
  return {
    resourceType: 'Observation',
    id,
    status: 'final',
    code: { coding: [{ system: 'http://loinc.org', code }] },
    subject: { reference: `Patient/${patient}` },
    effectiveDateTime,
    valueQuantity: { value: 80, unit: '/min', system: 'http://unitsofmeasure.org', code: '/min' },
  };
}

function serving<T>(use: (fhir: string) => Promise<T>): Promise<T> {
  return listening(express().use('/fhir', router), (origin) => use(`${origin}/fhir`));
}

function get<T>(path: string): Promise<T> {
  return serving(async (fhir) => {
    const response = await fetch(`${fhir}/${path}`);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, CONTENT]);
    return (await response.json()) as T;
  });
}

async function idsFound(path: string): Promise<unknown[]> {
  return idsOf(await get<Bundle>(path));
}

function idsFoundByPost(type: string, body: string, urlQuery = ''): Promise<unknown[]> {
  return serving(async (fhir) => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const response = await fetch(`${fhir}/${type}/_search${urlQuery}`, { method: 'POST', headers, body });
    return idsOf((await response.json()) as Bundle);
  });
}

function idsOf(bundle: Bundle): unknown[] {
  return (bundle.entry ?? []).map(({ resource }) => resource?.id).sort();
}

function send(fhir: string, method: string, path: string, body: Resource): Promise<Response> {
  const headers = { 'content-type': 'application/fhir+json' };
  return fetch(`${fhir}/${path}`, { method, headers, body: JSON.stringify(body) });
}

/** The status of a refusal, after checking that its body is an OperationOutcome that tells nothing of the inside. */
function problem(path: string, init?: RequestInit): Promise<number> {
  return serving(async (fhir) => {
    const response = await fetch(`${fhir}/${path}`, init);
    const outcome = (await response.json()) as OperationOutcome;
    expect(outcome).toMatchObject({ resourceType: 'OperationOutcome', issue: [{ severity: 'error' }] });
    expect(JSON.stringify(outcome)).not.toMatch(/node_modules|at \w+ \(/);
    return response.status;
  });
}
