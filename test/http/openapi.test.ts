/** `/openapi.json`: a valid description, complete against the routes, and true of requests and answers. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { EMERGENCY, requestOf, SERVICE, topics } from '../harness/requests.ts';
import { type RunningService, startService } from '../harness/service.ts';

type Operation = {
  operationId: string;
  requestBody?: { content: Record<string, { schema: object }> };
  responses: Record<string, { description: string; content: Record<string, { schema: object }> }>;
  security: unknown[];
};
type Api = {
  openapi: string;
  info: Record<string, string>;
  servers: { url: string }[];
  paths: Record<string, Record<string, Operation> & { parameters?: { name: string; in: string; required: boolean }[] }>;
  components: { schemas: Record<string, object>; securitySchemes: Record<string, object> };
};

let service: RunningService;
let api: Api;
beforeAll(async () => {
  service = await startService({ topics, config: { adminToken: 'a-token-of-thirty-two-characters' } });
  const response = await fetch(`${service.base}/openapi.json`);
  expect(response.headers.get('content-type')).toMatch(/^application\/json/);
  api = (await response.json()) as Api;
});
afterAll(() => service.close());

const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const;
const operations = (): [string, string, Operation][] =>
  Object.entries(api.paths).flatMap(([path, item]) =>
    METHODS.flatMap((method): [string, string, Operation][] => (item[method] ? [[path, method, item[method]]] : [])),
  );

describe('the description', () => {
  test('when it is read then it is OpenAPI 3.1 with what that requires', () => {
    expect(api.openapi).toMatch(/^3\.1\.\d+$/);
    expect(api.info).toMatchObject({ title: expect.stringMatching(/\S/), version: expect.stringMatching(/\d/) });
    expect(Object.keys(api.paths).every((path) => path.startsWith('/'))).toBe(true);
    const ids = operations().map(([, , { operationId }]) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('when a path has a parameter then it is declared, required, and in the path', () => {
    for (const [path, item] of Object.entries(api.paths)) {
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect((item.parameters ?? []).map(({ name }) => name)).toEqual(named);
      for (const parameter of item.parameters ?? []) expect(parameter).toMatchObject({ in: 'path', required: true });
    }
  });

  test('when something is referred to then it is there', () => {
    const refs = [...JSON.stringify(api).matchAll(/"\$ref":"([^"]+)"/g)].map(([, ref = '']) => ref);
    expect(refs.length).toBeGreaterThan(5);
    for (const ref of refs.filter((one) => one.startsWith('#/components'))) {
      expect(Object.keys(api.components.schemas)).toContain(ref.replace('#/components/schemas/', ''));
    }
    for (const [, , { security }] of operations()) {
      for (const one of security) expect(api.components.securitySchemes).toHaveProperty(Object.keys(one as object));
    }
  });

  test('when an operation answers then each status has a description and a schema', () => {
    for (const [, , { responses }] of operations()) {
      expect(Object.keys(responses)).toContain('200');
      for (const [status, { description, content }] of Object.entries(responses)) {
        expect(status).toMatch(/^[2-5]\d\d$/);
        expect(description).toMatch(/\S/);
        expect(Object.values(content)[0]?.schema).toBeDefined();
      }
    }
  });

  test('when a schema is named then it is a JSON Schema that can be read', () => {
    for (const schema of Object.values(api.components.schemas)) expect(z.fromJSONSchema(schema as never)).toBeDefined();
  });
});

describe('the routes', () => {
  /** Routes as the code states them. */
  const stated = (file: string, prefix: string): string[] =>
    [...readFileSync(file, 'utf8').matchAll(/\b(?:app|router)\.(get|post|put|patch|delete)\(\s*'([^']+)'/g)].map(
      ([, method, path = '']) => `${method} ${`${prefix}${path}`.replace(/:(\w+)/g, '{$1}').replace(/(.)\/$/, '$1')}`,
    );

  test('when the code has a route then it is described, and no other', () => {
    const inCode = [
      ...stated('src/app.ts', ''),
      ...stated('src/http/cds-services.ts', '/cds-services'),
      ...stated('src/http/admin.ts', '/admin'),
    ];
    expect(inCode.length).toBeGreaterThan(3);
    expect(
      operations()
        .map(([path, method]) => `${method} ${path}`)
        .sort(),
    ).toEqual(inCode.sort());
  });

  test('when a described operation is asked for then there is something', async () => {
    for (const [path, method] of operations()) {
      const response = await fetch(`${service.base}${path.replace('{id}', topics[0]?.id ?? '')}`, { method });
      expect([404, 405]).not.toContain(response.status);
    }
  });
});

describe('requests and answers', () => {
  const schema = (name: string) => z.fromJSONSchema(api.components.schemas[name] as never);

  test('when a call is made then request and answer are as described', async () => {
    expect(schema('HookRequest').safeParse(requestOf(EMERGENCY)).error).toBeUndefined();
    const answer = await service.call(requestOf(EMERGENCY));
    expect(schema('CdsResponse').safeParse(answer).error).toBeUndefined();
    expect(answer.cards.length).toBeGreaterThan(0);
  });

  test('when services are discovered, or something is refused, then the answer is as described', async () => {
    const answers: [string, Response][] = [
      ['Discovery', await fetch(`${service.base}/cds-services`)],
      ['Alive', await fetch(`${service.base}/livez`)],
      ['Ready', await fetch(`${service.base}/readyz`)],
      ['OperationOutcome', await service.post(SERVICE, {})],
      ['OperationOutcome', await service.post(SERVICE, '{')],
      ['OperationOutcome', await service.post('/cds-services/nobody', {})],
      ['OperationOutcome', await service.post('/nothing', {})],
    ];
    for (const [name, response] of answers) expect(schema(name).safeParse(await response.json()).error).toBeUndefined();
  });

  test('when a request lacks what is required then the description says so too', () => {
    for (const name of ['hook', 'hookInstance', 'context']) {
      expect(schema('HookRequest').safeParse({ ...requestOf(EMERGENCY), [name]: undefined }).success).toBe(false);
    }
    expect(schema('CdsResponse').safeParse({ cards: [{}] }).success).toBe(false);
  });
});
