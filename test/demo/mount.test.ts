import { expect, test } from '@jest/globals';
import type { Bundle, Observation } from '@medplum/fhirtypes';
import express from 'express';
import { mountDemonstration } from '../../demo/mount.ts';
import { listening } from './listening.ts';

const START = new Date('2026-06-15T10:00:00Z');
const HOUR_MS = 3_600_000;

test('the page and its patients are served', async () => {
  await demonstration(
    () => START,
    async (origin) => {
      const page = await fetch(origin);
      expect(page.headers.get('content-type')).toMatch(/^text\/html/);
      expect(await page.text()).toContain('Synthetic patients. Advisory. Not approved by a clinician.');
      const patients = await read<Bundle>(`${origin}/fhir/Patient`);
      expect(patients.total).toBeGreaterThanOrEqual(8);
    },
  );
});

test('the page works under a strict content security policy', async () => {
  await demonstration(
    () => START,
    async (origin) => {
      const page = await (await fetch(origin)).text();
      expect(page).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|javascript:/i);
      for (const [, address] of page.matchAll(/(?:src|href)="([^"#]+)"/g)) {
        expect([address, (await fetch(`${origin}/${address}`)).status]).toEqual([address, 200]);
      }
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
  await mountDemonstration(app, { packageRoot: '.', now });
  app.use((_req, res) => {
    res.send('the service');
  });
  await listening(app, use);
}

async function read<T>(url: string): Promise<T> {
  return (await (await fetch(url)).json()) as T;
}
