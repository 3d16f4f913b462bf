/** The authorization server of the demonstration: SMART App Launch 2.2, PKCE by S256, over HTTP. */
import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import express from 'express';
import { mountDemonstration } from '../../demo/mount.ts';
import { listening } from './listening.ts';

const VERIFIER = 'a-verifier-of-at-least-forty-three-characters';
const BACK = 'http://app.example/form/';
const PATIENT = 'emergency-numbness';
const SCOPE = 'launch patient/Patient.read patient/Observation.read patient/QuestionnaireResponse.write';

type Running = { origin: string; pass: (seconds: number) => void };

async function smart(use: (running: Running) => Promise<void>): Promise<void> {
  let now = Date.parse('2026-06-15T10:00:00Z');
  const app = express();
  const form = { clientId: 'form', redirectUris: [BACK] };
  await mountDemonstration(app, { packageRoot: '.', now: () => new Date(now), app: form });
  await listening(app, (origin) =>
    use({
      origin,
      pass: (seconds) => {
        now += 1000 * seconds;
      },
    }),
  );
}

async function launched(origin: string, appContext?: string): Promise<string> {
  const response = await fetch(`${origin}/smart/launch`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ patient: PATIENT, appContext }),
  });
  return ((await response.json()) as { launch: string }).launch;
}

/** Asks for a code; a member that is undefined is left out. */
async function authorized(origin: string, other: Record<string, string | undefined> = {}) {
  const members: Record<string, string | undefined> = {
    response_type: 'code',
    client_id: 'form',
    redirect_uri: BACK,
    scope: SCOPE,
    state: 'the-state',
    aud: `${origin}/smart/fhir`,
    code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
    code_challenge_method: 'S256',
    ...other,
  };
  const said = Object.entries(members).flatMap(([name, value]): [string, string][] => (value ? [[name, value]] : []));
  const response = await fetch(`${origin}/smart/authorize?${new URLSearchParams(said)}`, { redirect: 'manual' });
  const place = response.headers.get('location');
  const back = place === null ? undefined : new URL(place).searchParams;
  return { status: response.status, place, back, text: await response.text() };
}

async function exchanged(origin: string, code: string, other: Record<string, string> = {}) {
  const members = { grant_type: 'authorization_code', client_id: 'form', redirect_uri: BACK, code_verifier: VERIFIER };
  const body = new URLSearchParams({ ...members, code, ...other });
  const response = await fetch(`${origin}/smart/token`, { method: 'POST', body });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

async function tokenFor(origin: string, scope = SCOPE): Promise<{ code: string; token: string }> {
  const code = (await authorized(origin, { launch: await launched(origin), scope })).back?.get('code') ?? '';
  return { code, token: String((await exchanged(origin, code)).body.access_token) };
}

const read = async (origin: string, path: string, token?: string): Promise<number> =>
  (await fetch(`${origin}/smart/fhir/${path}`, { headers: token ? { authorization: `Bearer ${token}` } : {} })).status;

test('a launch from the EHR: the code is exchanged for a token of the launched patient, with what the card said', async () => {
  await smart(async ({ origin }) => {
    const launch = await launched(origin, '{"open":["x"]}');
    const { status, place, back } = await authorized(origin, { launch });
    expect([status, place?.startsWith(`${BACK}?`), back?.get('state')]).toEqual([303, true, 'the-state']);
    const { body } = await exchanged(origin, back?.get('code') ?? '');
    expect(body).toMatchObject({ token_type: 'Bearer', patient: PATIENT, scope: SCOPE, appContext: '{"open":["x"]}' });
    expect(await read(origin, `Observation?patient=${PATIENT}`, String(body.access_token))).toBe(200);
  });
});

test('without a launch a person is picked', async () => {
  await smart(async ({ origin }) => {
    const { status, text } = await authorized(origin);
    expect([status, text.includes(`patient=${PATIENT}`)]).toEqual([200, true]);
    const { back } = await authorized(origin, { patient: PATIENT });
    expect((await exchanged(origin, back?.get('code') ?? '')).body.patient).toBe(PATIENT);
  });
});

test('whoever picks nobody is sent back with a refusal and its state, and without a code', async () => {
  await smart(async ({ origin }) => {
    expect((await authorized(origin)).text).toContain('denied=true');
    const { status, back } = await authorized(origin, { denied: 'true', patient: PATIENT });
    expect([status, back?.get('error'), back?.get('state'), back?.get('code')]).toEqual([
      303,
      'access_denied',
      'the-state',
      null,
    ]);
  });
});

test('without PKCE, or with a plain challenge, a wrong audience or an unknown launch, there is no code', async () => {
  await smart(async ({ origin }) => {
    const wrong = [
      { code_challenge: undefined },
      { code_challenge_method: 'plain' },
      { code_challenge_method: undefined },
      { state: undefined },
      { aud: 'http://other.example/fhir' },
      { launch: 'unknown' },
    ];
    for (const one of wrong) {
      const { back } = await authorized(origin, { patient: PATIENT, ...one });
      expect([one, back?.get('error'), back?.get('code')]).toEqual([one, 'invalid_request', null]);
    }
  });
});

test('nobody is sent to an address, or for an app, that is not registered', async () => {
  await smart(async ({ origin }) => {
    for (const one of [{ redirect_uri: `${BACK}other` }, { client_id: 'other' }]) {
      const { status, place } = await authorized(origin, { patient: PATIENT, ...one });
      expect([status, place]).toEqual([400, null]);
    }
  });
});

test('a code is worth nothing with another verifier, address or app, late, or twice; the second time ends its token', async () => {
  await smart(async ({ origin, pass }) => {
    const code = async () => (await authorized(origin, { patient: PATIENT })).back?.get('code') ?? '';
    const wrong = [{ code_verifier: VERIFIER.replace('a', 'b') }, { redirect_uri: `${BACK}x` }, { client_id: 'other' }];
    for (const one of wrong)
      expect((await exchanged(origin, await code(), one)).body).toEqual({ error: 'invalid_grant' });
    const late = await code();
    pass(61);
    expect((await exchanged(origin, late)).status).toBe(400);
    const { code: used, token } = await tokenFor(origin);
    expect(await read(origin, `Patient/${PATIENT}`, token)).toBe(200);
    expect((await exchanged(origin, used)).body).toEqual({ error: 'invalid_grant' });
    expect(await read(origin, `Patient/${PATIENT}`, token)).toBe(401);
  });
});

test('the FHIR server wants a token that counts: of this patient, for this type, not expired, not revoked', async () => {
  await smart(async ({ origin, pass }) => {
    const { token } = await tokenFor(origin);
    expect(await read(origin, `Patient/${PATIENT}`)).toBe(401);
    expect(await read(origin, `Patient/${PATIENT}`, 'made-up')).toBe(401);
    for (const path of [
      'Patient/not-pregnant',
      'Observation?patient=not-pregnant',
      'Observation',
      'Condition?patient=x',
    ]) {
      expect([path, await read(origin, path, token)]).toEqual([path, 403]);
    }
    const write = async (reference: string) => {
      const body = { resourceType: 'QuestionnaireResponse', status: 'completed', subject: { reference } };
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/fhir+json' };
      const url = `${origin}/smart/fhir/QuestionnaireResponse`;
      return (await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })).status;
    };
    expect(await write('Patient/not-pregnant')).toBe(403);
    expect(await write(`Patient/${PATIENT}`)).toBe(201);
    pass(3601);
    expect(await read(origin, `Patient/${PATIENT}`, token)).toBe(401);
    const { token: other } = await tokenFor(origin);
    await fetch(`${origin}/smart/revoke`, { method: 'POST', body: new URLSearchParams({ token: other }) });
    expect(await read(origin, `Patient/${PATIENT}`, other)).toBe(401);
  });
});
