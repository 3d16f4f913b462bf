import { describe, expect, test } from '@jest/globals';
import type { CapabilityStatement, Observation } from '@medplum/fhirtypes';
import { ann, get, NOW, problem, pulse, send, serving } from './fhir-fixture.ts';

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
