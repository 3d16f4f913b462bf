/** Discovery and cross-origin calls (conformance DIS, PFT, COR). */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Service } from '../../src/cds-hooks/service.ts';
import { KEYS, topics } from '../harness/requests.ts';
import { type RunningService, startService } from '../harness/service.ts';

let service: RunningService;
let services: Service[];
beforeAll(async () => {
  service = await startService({ topics });
  const response = await fetch(`${service.base}/cds-services`);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toMatch(/^application\/json/);
  services = ((await response.json()) as { services: Service[] }).services;
});
afterAll(() => service.close());

test('when services are discovered then there is one entry for each hook, alike but for the hook', () => {
  expect(services.map(({ hook }) => hook)).toEqual([...new Set(topics[0]?.hooks)]);
  expect(services.map(({ hook }) => hook)).toContain('patient-view');
  expect(new Set(services.map(({ hook, prefetch, ...rest }) => JSON.stringify(rest))).size).toBe(1);
  for (const { id, title, description, usageRequirements } of services) {
    expect(id).toMatch(/^[A-Za-z0-9\-._~]+$/);
    for (const text of [title, description, usageRequirements]) expect(text).toMatch(/\S/);
  }
});

test('when prefetch is published then each key is a read or search of the type it is named for', () => {
  const { prefetch = {} } = services[0] ?? {};
  expect(Object.keys(prefetch).sort()).toEqual(Object.keys(KEYS).sort());
  for (const [key, type] of Object.entries(KEYS)) expect(prefetch[key]).toMatch(new RegExp(`^${type}[/?]`));
});

test('when a discharge asks what was dealt with then it alone needs the assessments, by the ids of the public rules', () => {
  const [asking, ...others] = [...services].sort((a) => (a.hook === 'encounter-discharge' ? -1 : 1));
  expect(asking?.hook).toBe('encounter-discharge');
  expect(Object.keys(asking?.prefetch ?? {}).sort()).toEqual([...Object.keys(KEYS), 'impressions'].sort());
  expect(asking?.prefetch?.impressions).toMatch(/^ClinicalImpression\?patient=/);
  expect(asking?.prefetch?.observations).toContain(',E08,');
  expect(asking?.prefetch?.observations).not.toMatch(/[=,](E16|S05)[,&]/);
  expect(new Set(others.map(({ prefetch }) => JSON.stringify(prefetch))).size).toBe(1);
  expect(JSON.stringify(others)).not.toMatch(/ClinicalImpression|,E08,/);
});

test('when prefetch is published then a client of CDS Hooks 2.0 and the Sandbox can fill it', () => {
  for (const template of services.flatMap(({ prefetch }) => Object.values(prefetch ?? {}))) {
    expect(template.match(/{{.*?}}/g)).toEqual(['{{context.patientId}}']);
    expect(template).not.toMatch(/today|now\(|_include|_revinclude|_has|:[a-z]|\.[a-z]+=/);
    const names = [...new URLSearchParams(template.split('?')[1])].map(([name]) => name);
    expect(names).toEqual([...new Set(names)]);
    expect(template).not.toContain('|');
  }
});

test('when discovery is asked for twice then the answer is the same', async () => {
  const again = (await (await fetch(`${service.base}/cds-services`)).json()) as { services: Service[] };
  expect(again.services).toEqual(services);
});

test.each(['https://ehr.example', 'null', 'https://evil.example'])(
  'when a browser at %s asks before it calls then authorization and content-type are allowed, credentials are not',
  async (origin) => {
    const headers = {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,content-type',
    };
    for (const path of ['/cds-services', '/cds-services/back-pain-in-pregnancy']) {
      const response = await fetch(`${service.base}${path}`, { method: 'OPTIONS', headers });
      expect(response.ok).toBe(true);
      expect(response.headers.get('access-control-allow-origin')).toBe('*');
      expect(response.headers.get('access-control-allow-credentials')).toBeNull();
      expect(response.headers.get('access-control-allow-methods')).toMatch(/POST/);
      expect(response.headers.get('access-control-allow-headers')).toMatch(/authorization.*content-type/i);
    }
  },
);

test.each(['/cds-services', '/cds-services/back-pain-in-pregnancy', '/nothing'])(
  'when %s answers then it does not name its software, and its content is not guessed',
  async (path) => {
    const { headers } = await fetch(`${service.base}${path}`);
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('server')).toBeNull();
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain("default-src 'self'");
  },
);

test('when a browser reads a refusal then it may: the CORS header is there too', async () => {
  const response = await service.post('/cds-services/nobody', {});
  expect(response.status).toBe(404);
  expect(response.headers.get('access-control-allow-origin')).toBe('*');
});
