/** Discovery and prefetch templates (DIS, PFT, HOK). */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Service } from '../../src/cds-hooks/service.ts';
import type { RunningService } from '../harness/service.ts';
import { contextOf, hooks, PUBLISHED, services, start } from './hooks.ts';
import { proves } from './requirements.ts';

let service: RunningService;
let found: Service[];
beforeAll(async () => {
  service = await start();
  found = await services(service);
});
afterAll(() => service.close());

test(proves('DIS-1'), async () => expect((await fetch(`${service.base}/cds-services`)).status).toBe(200));

test(proves('DIS-2'), async () => {
  const response = await fetch(`${service.base}/cds-services`);
  expect(response.headers.get('content-type')).toMatch(/^application\/json/);
  expect(await response.json()).toHaveProperty('services');
});

test(proves('DIS-3'), () => {
  expect(Array.isArray(found)).toBe(true);
  expect(found.length).toBeGreaterThan(0);
});

const texts = (name: 'id' | 'hook' | 'description' | 'title' | 'usageRequirements') =>
  found.map((one) => one[name]).filter((text) => typeof text !== 'string' || !/\S/.test(text));

test(proves('DIS-4'), () => expect(texts('id')).toEqual([]));
test(proves('DIS-5'), () => expect(texts('hook')).toEqual([]));
test(proves('DIS-6'), () => expect(texts('description')).toEqual([]));
test(proves('DIS-7'), () => expect(texts('title')).toEqual([]));
test(proves('DIS-8'), () => expect(found.filter(({ id }) => !/^[A-Za-z0-9\-._~]+$/.test(id))).toEqual([]));
test(proves('DIS-9'), () => {
  expect(new Set(found.map(({ id, hook }) => `${id} ${hook}`)).size).toBe(found.length);
});
test(proves('DIS-10'), () => expect(found.filter((one) => 'version' in one)).toEqual([]));
test(proves('DIS-11'), () => expect(found.filter((one) => 'hookVersion' in one)).toEqual([]));
test(proves('DIS-12'), () => expect(texts('usageRequirements')).toEqual([]));
test(proves('HOK-1'), () => {
  expect(found.map(({ hook }) => hook)).toEqual(hooks);
  expect(hooks.filter((hook) => !PUBLISHED.includes(hook))).toEqual([]);
});

test.each(hooks)(`${proves('PFT-1')}; at %s`, (hook) => {
  const { prefetch } = found.find((one) => one.hook === hook) ?? {};
  expect(Object.keys(prefetch ?? {}).length).toBeGreaterThan(0);
  for (const template of Object.values(prefetch ?? {})) expect(template).toMatch(/\S/);
});

const templatesAt = (hook: string): string[] => Object.values(found.find((one) => one.hook === hook)?.prefetch ?? {});

test.each(hooks)(`${proves('PFT-2')}; at %s`, (hook) => {
  const fields = ['userId', 'patientId', 'encounterId', ...Object.keys(contextOf(hook))];
  for (const template of templatesAt(hook)) {
    for (const [, token = ''] of template.matchAll(/\{\{(.*?)\}\}/g)) {
      expect(fields.map((field) => `context.${field}`)).toContain(token);
    }
    expect(template.replace(/\{\{[A-Za-z.]+\}\}/g, '')).not.toMatch(/[{}]/);
  }
});

test.each(hooks)(`${proves('PFT-3')}; at %s`, (hook) => {
  expect(templatesAt(hook).length).toBeGreaterThan(0);
  for (const template of templatesAt(hook)) expect(template).not.toContain('%');
});

test.each(hooks)(`${proves('PFT-4')}; at %s`, (hook) => {
  for (const template of templatesAt(hook)) expect(template).toMatch(/^[A-Z][A-Za-z]+(\/\{\{[A-Za-z.]+\}\}|\?\S+)$/);
});

test.each(hooks)(`${proves('PFT-5')}; at %s`, (hook) => {
  for (const template of templatesAt(hook)) {
    expect(template).not.toMatch(/_include|_revinclude|_has|today|:[a-z]|[?&][A-Za-z-]+\.[A-Za-z]/);
    const names = [...new URLSearchParams(template.split('?')[1])].map(([name]) => name);
    expect(names).toEqual([...new Set(names)]);
  }
});
