/** SIGHUP: other knowledge is taken into force between two calls, or refused and nothing changes (bar R10). */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type CdsResponse, EXTENSION_NAME } from '../../src/cds-hooks/card.ts';
import { EMERGENCY, requestOf, SERVICE } from '../harness/requests.ts';
import { type ServiceProcess, startProcess } from '../harness/service-process.ts';

const TOKEN = 'a-token-of-thirty-two-characters';
const folder = mkdtempSync(join(tmpdir(), 'reload-'));
const planFile = join(folder, 'plan-definitions/back-pain-in-pregnancy.json');
const siteFile = join(folder, 'site.json');
const text = readFileSync('plan-definitions/back-pain-in-pregnancy.json', 'utf8');
const { version } = JSON.parse(text) as { version: string };
const ofVersion = (other: string) => text.replace(`"version": "${version}"`, `"version": "${other}"`);

let service: ServiceProcess;
beforeAll(async () => {
  for (const name of ['plan-definitions', 'questionnaires']) cpSync(name, join(folder, name), { recursive: true });
  writeFileSync(siteFile, '{}');
  service = await startProcess({
    KNOWLEDGE_DIR: folder,
    SITE_CONFIG_FILE: siteFile,
    DATABASE_URL: 'memory:',
    ADMIN_TOKEN: TOKEN,
  });
});
afterAll(async () => {
  expect(await service.end('SIGTERM')).toBe(0);
  rmSync(folder, { recursive: true });
});

type Ready = { knowledge: string[]; lastReload?: { at: string; refused: boolean } };
const ready = async () => (await fetch(`${service.base}/readyz`)).json() as Promise<Ready>;

/** Sends the signal and waits until it is said what became of it. */
async function reload(): Promise<Ready> {
  const before = (await ready()).lastReload?.at;
  service.signal('SIGHUP');
  for (let tries = 0; tries < 400; tries += 1) {
    const now = await ready();
    if (now.lastReload && now.lastReload.at !== before) return now;
    await delay(25);
  }
  throw new Error('nothing became of the reload');
}

async function planOfCard(): Promise<string> {
  const response = await fetch(service.base + SERVICE, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(requestOf(EMERGENCY)),
  });
  if (response.status !== 200) throw new Error(`${response.status}: ${await response.text()}`);
  return ((await response.json()) as CdsResponse).cards[0]?.extension[EXTENSION_NAME].plan ?? '';
}

const planServed = async () => {
  const plan = await fetch(`${service.base}/fhir-api/PlanDefinition/back-pain-in-pregnancy`);
  return ((await plan.json()) as { version: string }).version;
};

const reloads = async (outcome: string) => {
  const metrics = await fetch(`${service.base}/metrics`, { headers: { authorization: `Bearer ${TOKEN}` } });
  return Number(
    new RegExp(`^cds_reloads_total\\{outcome="${outcome}"\\} (\\d+)$`, 'm').exec(await metrics.text())?.[1],
  );
};

test('when the files are another version then it is in force everywhere, and no call is lost meanwhile', async () => {
  expect(await planOfCard()).toBe(`back-pain-in-pregnancy|${version}`);
  writeFileSync(planFile, ofVersion('9.1.0'));
  const seen = new Set<string>();
  let working = true;
  const client = async () => {
    while (working) seen.add(await planOfCard());
  };
  const clients = [client(), client(), client()];
  const { knowledge, lastReload } = await reload();
  working = false;
  await Promise.all(clients);
  expect({ knowledge, refused: lastReload?.refused }).toEqual({
    knowledge: ['back-pain-in-pregnancy|9.1.0'],
    refused: false,
  });
  // Every call was answered by one of the two, and by nothing between them.
  expect([...seen].filter((plan) => !/\|(9\.1\.0|\d+\.\d+\.\d+)$/.test(plan))).toEqual([]);
  expect([await planOfCard(), await planServed()]).toEqual(['back-pain-in-pregnancy|9.1.0', '9.1.0']);
  expect(await reloads('loaded')).toBe(1);
});

test.each([
  [
    'the lint refuses the knowledge',
    planFile,
    ofVersion('9.2.0').replace('%severity >= 7', '%severityy >= 7'),
    'severityy',
  ],
  ['a file is no JSON', planFile, text.slice(0, 500), 'is no JSON'],
  ['the site file does not fit', siteFile, '{"rulesOff": ["NO-SUCH-RULE"]}', 'NO-SUCH-RULE'],
])('when %s then what was in force stays, and the reason is logged', async (_name, file, content, reason) => {
  const [before, servedBefore, refusedBefore] = [await planOfCard(), await planServed(), await reloads('refused')];
  const good = readFileSync(file, 'utf8');
  expect(content).not.toBe(good);
  writeFileSync(file, content);
  const { knowledge, lastReload } = await reload();
  expect({ knowledge, refused: lastReload?.refused }).toEqual({ knowledge: [before], refused: true });
  expect([await planOfCard(), await planServed()]).toEqual([before, servedBefore]);
  expect(await reloads('refused')).toBe((refusedBefore || 0) + 1);
  const said = service.output.filter((line) => line.includes('the reload is refused')).at(-1) ?? '';
  expect(said).toContain(reason);
  writeFileSync(file, good);
  expect((await reload()).lastReload?.refused).toBe(false);
});
