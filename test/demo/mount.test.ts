import { expect, test } from '@jest/globals';
import type { Bundle, Observation } from '@medplum/fhirtypes';
import express from 'express';
import { mountDemonstration } from '../../demo/mount.ts';
import { listening } from './listening.ts';

const START = new Date('2026-06-15T10:00:00Z');
const FORM = { clientId: 'form', redirectUris: ['http://127.0.0.1/form/'] };
const HOUR_MS = 3_600_000;

test('its patients are served', async () => {
  await demonstration(
    () => START,
    async (origin) => {
      const patients = await read<Bundle>(`${origin}/fhir/Patient`);
      expect(patients.total).toBeGreaterThanOrEqual(16);
    },
  );
});

test('the key of its page is published without what signs', async () => {
  await demonstration(
    () => START,
    async (origin) => {
      const { keys } = await read<{ keys: Record<string, unknown>[] }>(`${origin}/ehr-key/jwks.json`);
      const own = await read<Record<string, unknown>>(`${origin}/ehr-key/own.json`);
      expect(keys).toEqual([expect.objectContaining({ kid: own.kid, kty: 'EC', crv: 'P-384' })]);
      expect(keys[0]).not.toHaveProperty('d');
    },
  );
});

test('what is not the demonstration is left to the service', async () => {
  await demonstration(
    () => START,
    async (origin) => {
      expect(await (await fetch(`${origin}/cds-services`)).text()).toBe('the service');
    },
  );
});

test('after six hours the patients are made new, with dates of now', async () => {
  let now = START;
  await demonstration(
    () => now,
    async (origin) => {
      const url = `${origin}/fhir/Observation/emergency-blood-pressure-pulse`;
      expect((await read<Observation>(url)).effectiveDateTime).toBe('2026-06-15T09:50:00Z');
      await fetch(url, { method: 'DELETE' });
      now = new Date(START.getTime() + 6 * HOUR_MS);
      expect((await fetch(url)).status).toBe(404);
      now = new Date(START.getTime() + 6 * HOUR_MS + 1);
      expect((await read<Observation>(url)).effectiveDateTime).toBe('2026-06-15T15:50:00Z');
    },
  );
});

async function demonstration(now: () => Date, use: (origin: string) => Promise<void>): Promise<void> {
  const app = express();
  await mountDemonstration(app, { packageRoot: '.', now, app: FORM });
  app.use((_req, res) => {
    res.send('the service');
  });
  await listening(app, use);
}

async function read<T>(url: string): Promise<T> {
  return (await (await fetch(url)).json()) as T;
}
