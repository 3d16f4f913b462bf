/** Assessment without an EHR gives the same answer as the hook, for every clinical case. */
import { expect, test } from '@jest/globals';
import { contentOf } from '../../src/call-service/content.ts';
import { type Card, EXTENSION_NAME } from '../../src/cds-hooks/card.ts';
import { hookRequest } from '../../src/cds-hooks/hook-request.ts';
import type { Bundle, FhirResource, GuidanceResponse, Parameters, ParametersParameter } from '../../src/fhir/types.ts';
import { type ClinicalCase, hookRequestOf, momentOf, readCases } from '../harness/case.ts';
import { coreOf } from '../harness/core.ts';
import { KEYS, questionnaires, topics } from '../harness/requests.ts';
import { named, ofType, operate, partCode } from './operate.ts';
import { faultsOfR4 } from './r4.ts';

const core = coreOf(topics[0] as (typeof topics)[number]);
const cases = readCases('back-pain-in-pregnancy');

type Request = { context: { encounterId?: string }; prefetch: Record<string, FhirResource> };
type Answer = { level: string | undefined; fired: string[]; open: string[]; restricted: string | undefined };

/** Draft orders get cards of their own: the same patient is looked at without them. */
function requestOf({ orders, selections, ...rest }: ClinicalCase): Request {
  const clinicalCase: ClinicalCase = orders ? { ...rest, hook: 'patient-view' } : rest;
  return hookRequestOf(clinicalCase, questionnaires) as unknown as Request;
}

/** What was read for the hook, as parameters. */
function parametersOf({ context, prefetch }: Request): ParametersParameter[] {
  const found = Object.entries(KEYS).flatMap(([key, type]) => {
    const value = prefetch[key];
    return value ? [{ type, ...contentOf(value, type) }] : [];
  });
  const resources = found.flatMap((one) => one.resources);
  const chart: Bundle = {
    resourceType: 'Bundle',
    type: 'collection',
    entry: resources
      .filter(({ resourceType }) => resourceType !== 'QuestionnaireResponse')
      .map((resource) => ({ resource })),
  };
  return [
    ...resources
      .filter(({ resourceType }) => resourceType === 'QuestionnaireResponse')
      .map((resource) => ({ name: 'response', resource })),
    { name: 'chart', resource: chart },
    ...found.filter(({ read }) => read).map(({ type }) => ({ name: 'searched', valueCode: type })),
    { name: 'subject', valueReference: { reference: 'Patient/case-patient' } },
    ...(context.encounterId === undefined
      ? []
      : [{ name: 'encounter', valueReference: { reference: `Encounter/${context.encounterId}` } }]),
  ];
}

function ofCards(cards: Card[]): Answer {
  const said = cards.map(({ extension }) => extension[EXTENSION_NAME]);
  const own = said.find(({ confidential }) => !confidential);
  const hidden = said.find(({ confidential }) => confidential);
  const { level, fired = [], open = [] } = own ?? {};
  return { level, fired: [...fired].sort(), open: [...open].sort(), restricted: hidden?.level };
}

function ofBundle(bundle: FhirResource): Answer {
  const [guidance, hidden] = ofType<GuidanceResponse>(bundle, 'GuidanceResponse');
  const [evidence, hiddenEvidence] = ofType<Parameters>(bundle, 'Parameters');
  if (!guidance || !evidence) throw new Error('no answer');
  expect(guidance.meta).toBeUndefined();
  if (hidden) expect(hidden.meta?.security?.[0]?.code).toBe('R');
  const rules = named(evidence, 'rule');
  const ids = (holds: (rule: ParametersParameter) => boolean) =>
    rules
      .filter(holds)
      .map((rule) => partCode(rule, 'id') ?? '')
      .sort();
  const isSaid = named(evidence, 'silent')[0]?.valueBoolean !== true;
  return {
    level: isSaid ? named(evidence, 'level')[0]?.valueCode : undefined,
    fired: isSaid ? ids((rule) => partCode(rule, 'state') === 'fires') : [],
    open: isSaid ? ids((rule) => partCode(rule, 'raises') !== undefined) : [],
    restricted: hiddenEvidence && named(hiddenEvidence, 'level')[0]?.valueCode,
  };
}

test('level, rules that fire and rules that stay open are those of the hook', async () => {
  const differences: string[] = [];
  const levels = new Set<string | undefined>();
  for (const { name: file, clinicalCase } of cases) {
    const request = requestOf(clinicalCase);
    const now = momentOf(clinicalCase);
    const hook = ofCards(await core.cardsOf(hookRequest.parse(request), now));
    const operation = ofBundle(operate('PlanDefinition', 'assess', parametersOf(request), now));
    levels.add(operation.level);
    const [one, other] = [JSON.stringify(operation), JSON.stringify(hook)];
    if (one !== other) differences.push(`${file}: ${one} instead of ${other}`);
  }
  expect(differences).toEqual([]);
  expect(cases.length).toBeGreaterThan(1_000);
  for (const { code } of core.topic.groups) expect(levels).toContain(code);
  expect(levels).toContain(undefined);
}, 120_000);

test('what it answers is valid R4, whatever the chart', () => {
  const faults: string[] = [];
  for (let at = 0; at < cases.length; at += 25) {
    const { name: file, clinicalCase } = cases[at] as (typeof cases)[number];
    const bundle = operate('PlanDefinition', 'assess', parametersOf(requestOf(clinicalCase)), momentOf(clinicalCase));
    faults.push(...faultsOfR4(bundle).map((fault) => `${file}: ${fault}`));
  }
  expect(faults).toEqual([]);
}, 120_000);
