/** Plans that come with a request: refused, unless the site allows them; then apart, with a deadline (security/bar I2, I3). */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { CarePlan, RequestGroup } from '../../src/fhir/types.ts';
import { type ServiceProcess, startProcess } from '../harness/service-process.ts';
import * as given from './foreign-data.ts';

let service: ServiceProcess;
beforeAll(async () => {
  const quiet = { NODE_ENV: 'test', DATABASE_URL: 'memory:', ALLOW_INLINE_KNOWLEDGE: 'true' };
  service = await startProcess(quiet);
}, 60_000);
afterAll(() => service.end('SIGTERM'));

const VARIABLE = 'http://hl7.org/fhir/StructureDefinition/variable';
const fact = (name: string, expression: string) => ({
  url: VARIABLE,
  valueExpression: { name, language: 'text/fhirpath', expression },
});

const planOf = (condition: string, ...extension: unknown[]) => ({
  resourceType: 'PlanDefinition',
  id: 'inline',
  url: 'http://example.com/PlanDefinition/inline',
  title: 'Inline',
  status: 'active',
  extension,
  action: [
    {
      id: 'one',
      title: 'One',
      condition: [{ kind: 'applicability', expression: { language: 'text/fhirpath', expression: condition } }],
    },
    { id: 'two', title: 'Two' },
  ],
});

const send = (planDefinition: unknown, code = 'apply') =>
  fetch(`${service.base}/fhir-api/PlanDefinition/$${code}`, {
    method: 'POST',
    headers: { 'content-type': 'application/fhir+json' },
    body: JSON.stringify({
      resourceType: 'Parameters',
      parameter: [
        { name: 'subject', valueString: 'Patient/p' },
        { name: 'planDefinition', resource: planDefinition },
        { name: 'data', resource: given.bundle(given.patient()) },
      ],
    }),
  });

/** A slow machine may need more than the deadline for the first plan. */
async function applied(planDefinition: unknown, code?: string): Promise<CarePlan> {
  for (let at = 0; at < 5; at += 1) {
    const response = await send(planDefinition, code);
    if (response.status === 200) return (await response.json()) as CarePlan;
    expect(await response.text()).toContain('within 250 ms');
  }
  throw new Error('the plan was never applied in time');
}

function idsIn({ contained = [] }: CarePlan): unknown {
  const groups = contained.filter((one) => one.resourceType === 'RequestGroup') as RequestGroup[];
  return groups.flatMap(({ action = [] }) => action.map(({ id }) => id));
}

const LIST = `'${'a'.repeat(400)}'.toChars()`;

test('where it is allowed, a plan of the request is applied', async () => {
  expect(idsIn(await applied(planOf('%patient.birthDate < @1980-01-01')))).toEqual(['one', 'two']);
  expect(await applied(planOf('true'), 'r5.apply')).toMatchObject({ resourceType: 'Bundle' });
});

test('an expression that fails is reported, and the others are given', async () => {
  const plan = await applied(planOf('(1 | 2).single() = 1'));
  expect(idsIn(plan)).toEqual(['two']);
  expect(JSON.stringify(plan.contained)).toContain('one: not evaluated');
});

test.each<[string, unknown]>([
  ['a regular expression', planOf("'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!'.matches('^(a+)+$')")],
  ['replaceMatches', planOf("'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!'.replaceMatches('^(a+)+$', 'b') = 'c'")],
  ['loops in loops', planOf('%b.count() > 1', fact('a', LIST), fact('b', '%a.select(%a.select(%a.select(%a)))'))],
  ['twenty thousand terms', planOf(Array.from({ length: 20_000 }, () => 'true').join(' or '))],
  ['thousands of parentheses', planOf(`${'('.repeat(5_000)}true${')'.repeat(5_000)}`)],
  [
    'a path to the prototype',
    {
      ...planOf('true'),
      action: [
        {
          title: 'x',
          dynamicValue: [
            { path: '%action.__proto__.polluted', expression: { language: 'text/fhirpath', expression: 'true' } },
          ],
        },
      ],
    },
  ],
  [
    'itself inside',
    { ...planOf('true'), action: [{ title: 'x', definitionCanonical: 'http://example.com/PlanDefinition/inline' }] },
  ],
])('a plan with %s is refused within a second or so, and the service goes on answering', async (_, plan) => {
  const started = performance.now();
  const refused = send(plan);
  const lags: number[] = [];
  for (let at = 0; at < 5; at += 1) {
    const asked = performance.now();
    expect((await fetch(`${service.base}/livez`)).status).toBe(200);
    lags.push(performance.now() - asked);
  }
  const response = await refused;
  expect(response.status).toBe(422);
  expect(await response.json()).toMatchObject({ resourceType: 'OperationOutcome' });
  // Far above what it takes, far below what these expressions take: they do not end within minutes.
  expect(performance.now() - started).toBeLessThan(10_000);
  expect(Math.max(...lags)).toBeLessThan(2_000);
  expect(idsIn(await applied(planOf('true')))).toEqual(['one', 'two']);
});
