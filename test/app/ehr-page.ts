/** The demonstration of a health record, started so that every call must be signed, and what a person does on its page. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bundle, Resource } from '@medplum/fhirtypes';
import type { Page } from 'playwright-core';
import { querySqlite } from '../harness/databases.ts';
import { freePort } from '../harness/free-port.ts';
import { startProcess } from '../harness/service-process.ts';

export type Demonstration = Awaited<ReturnType<typeof startDemonstration>>;

/** Clients are known by JWT; the store is a file that can be looked at. */
export async function startDemonstration() {
  const folder = mkdtempSync(join(tmpdir(), 'ehr-'));
  const [database, issuers] = [join(folder, 'store.sqlite'), join(folder, 'issuers.json')];
  writeFileSync(issuers, '[{ "issuer": "https://other.example", "jwksUrl": "https://other.example/jwks.json" }]');
  const port = await freePort();
  const service = await startProcess({
    PORT: `${port}`,
    PUBLIC_BASE_URL: `http://127.0.0.1:${port}`,
    DATABASE_URL: `sqlite:${database}`,
    CLIENT_TRUST: 'jwt',
    ISSUERS_FILE: issuers,
    DEMONSTRATION: 'true',
  });
  return {
    base: service.base,
    /** What the store knows of cards, in words. */
    feedback: () =>
      querySqlite(database, 'select outcome from feedback order by outcome').map(({ outcome }) => outcome),
    /** What the record holds. */
    resources: async <Type extends Resource>(type: Type['resourceType'], patient: string): Promise<Type[]> => {
      const found = await fetch(`${service.base}/fhir/${type}?patient=${patient}`);
      const { entry = [] } = (await found.json()) as Bundle<Type>;
      return entry.flatMap(({ resource }) => resource ?? []);
    },
    end: async () => {
      await service.end('SIGTERM');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Until the cards of this moment are there. */
export const answered = (page: Page, moment: string): Promise<void> =>
  page.locator('.cards p[role=status]:not([aria-busy])', { hasText: `${moment}: ` }).waitFor();

export const firstCard = (page: Page) => page.locator('.card').first();

/** Presses the tabulator until this has the focus. */
export async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 80; presses += 1) {
    if (await page.locator(selector).evaluateAll((all) => all.some((one) => one.matches(':focus')))) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${selector} cannot be reached`);
}
