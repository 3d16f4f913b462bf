/** `$apply`, `$data-requirements` and `ActivityDefinition/$apply` over HTTP, for plain plans and for our own. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { resourcesIn } from '../../src/fhir/bundles.ts';
import type {
  Bundle,
  CarePlan,
  FhirResource,
  Library,
  RequestGroup,
  RequestGroupAction,
} from '../../src/fhir/types.ts';
import { readKnowledgeFiles } from '../../src/knowledge/load.ts';
import { EMERGENCY, MILD, requestOf, SILENT } from '../harness/requests.ts';
import { type RunningService, startService } from '../harness/service.ts';
import { faultsOfR4 } from '../operations/r4.ts';
import * as given from './foreign-data.ts';

let service: RunningService;
beforeAll(async () => {
  const own = readKnowledgeFiles('.').flatMap(({ resource }) => resourcesIn(resource));
  service = await startService({ now: given.NOW, plans: given.plans, resources: [...own, ...given.resources] });
}, 60_000);
afterAll(() => service.close());

type Json = Record<string, unknown>;

const SUBJECT = { name: 'subject', valueString: 'Patient/p' };
const dataOf = (...found: unknown[]) => ({
  name: 'data',
  resource: { resourceType: 'Bundle', type: 'collection', entry: found.map((resource) => ({ resource })) },
});
const searched = (type: string) => ({ name: 'searched', valueCode: type });

const post = (path: string, ...parameter: unknown[]) =>
  service.post(`/fhir-api/${path}`, { resourceType: 'Parameters', parameter });

async function apply<T extends FhirResource>(path: string, ...parameter: unknown[]): Promise<T> {
  const response = await post(path, ...parameter);
  const body = (await response.json()) as T;
  expect([response.status, faultsOfR4(body), brokenActions(body)]).toEqual([200, [], []]);
  expect(response.headers.get('content-type')).toMatch(/^application\/fhir\+json/);
  return body;
}

/** rqg-1: every action holds actions or refers to a resource, not both; every reference inside leads somewhere. */
function brokenActions(resource: FhirResource): string[] {
  const places = new Map<string, FhirResource>();
  if (resource.resourceType === 'CarePlan')
    for (const one of resource.contained ?? []) places.set(`#${one.id}`, one as FhirResource);
  if (resource.resourceType === 'Bundle')
    for (const one of resource.entry ?? []) places.set(one.fullUrl ?? '', one.resource as FhirResource);
  const groups = [...places.values()].filter((one): one is RequestGroup => one.resourceType === 'RequestGroup');
  return groups.flatMap(({ action = [] }) => action.flatMap(broken));

  function broken({ id, action, resource: reference }: RequestGroupAction): string[] {
    if ((action !== undefined) === (reference !== undefined)) return [`${id}: holds both or neither`];
    if (reference && !places.has(reference.reference ?? '')) return [`${id}: ${reference.reference} is nowhere`];
    return (action ?? []).flatMap(broken);
  }
}

const groupIn = ({ contained = [] }: CarePlan): RequestGroup | undefined =>
  contained.find((one) => one.resourceType === 'RequestGroup') as RequestGroup | undefined;

const bleeding = () => [given.patient(), given.sign('bleeding'), given.pressure(120), given.smoking('smokes')];

test('a plan is applied at instance and at type level, by GET and by POST, to the same RequestGroup', async () => {
  const parameters = [SUBJECT, dataOf(...bleeding())];
  const url = 'http://example.com/who-style/PlanDefinition/antenatal-contact';
  const plan = await apply<CarePlan>('PlanDefinition/antenatal-contact/$apply', ...parameters);
  expect(plan).toMatchObject({
    resourceType: 'CarePlan',
    intent: 'proposal',
    subject: { reference: 'Patient/p' },
    instantiatesCanonical: [`${url}|0.3.0`],
  });
  const group = groupIn(plan);
  expect(group?.action?.map(({ id }) => id)).toEqual(['danger', 'counsel']);
  expect(group?.action?.[0]).toMatchObject({ selectionBehavior: 'exactly-one', groupingBehavior: 'logical-group' });
  expect(group?.action?.[0]?.action?.map(({ id, priority }) => [id, priority])).toEqual([['bleeding', 'stat']]);
  const tobacco = group?.action?.[1]?.action?.[0]?.action?.[0];
  expect(tobacco?.condition?.map(({ kind }) => kind)).toEqual(['applicability', 'stop']);
  expect(plan.contained?.filter(({ resourceType }) => resourceType === 'Task')).toMatchObject([
    { focus: { reference: 'http://example.com/who-style/Questionnaire/readiness' } },
  ]);
  const again = await apply<CarePlan>(
    'PlanDefinition/$apply',
    { name: 'url', valueCanonical: `${url}|0.3.0` },
    ...parameters,
  );
  expect(groupIn(again)).toEqual(group);
  const read = await fetch(`${service.base}/fhir-api/PlanDefinition/$apply?url=${url}&subject=Patient/p`);
  expect(read.status).toBe(200);
  expect(await read.json()).toMatchObject({ resourceType: 'CarePlan' });
});

const statin = (value: number, birthDate?: string) => [
  SUBJECT,
  dataOf(given.patient(birthDate), given.ldl(value)),
  searched('MedicationRequest'),
  searched('MedicationStatement'),
  searched('Condition'),
];

test.each([
  ['190, the limit', 190, ['MedicationRequest', 'MedicationRequest', 'ServiceRequest']],
  ['189.9, just under it', 189.9, []],
])(
  'a plan of another engine gives its drafts, with what its expressions set, at an LDL of %s',
  async (_name, value, drafts) => {
    const plan = await apply<CarePlan>('PlanDefinition/statin-use/$apply', ...statin(value));
    const bundle = await apply<Bundle>('PlanDefinition/statin-use/$r5.apply', ...statin(value));
    const drafted = (plan.contained ?? []).filter(({ resourceType }) =>
      /^(Medication|Service)Request$/.test(resourceType),
    );
    expect(drafted.map(({ resourceType }) => resourceType).sort()).toEqual(drafts);
    for (const draft of drafted) expect(draft).toMatchObject({ status: 'draft', intent: 'proposal' });
    expect(groupIn(plan)?.action?.map(({ title }) => title)).toEqual(
      drafts.length > 0 ? [`Offer a statin: LDL ${value} mg/dL`] : undefined,
    );
    const inBundle = bundle.entry?.map(({ resource }) => resource?.resourceType) ?? [];
    expect(inBundle.filter((type) => /^(Medication|Service)Request$/.test(type ?? '')).sort()).toEqual(drafts);
  },
);

test.each(given.plans.map(({ id, url, version }) => ({ id, url, version })))(
  'of $id the type and the instance, by GET and by POST, give the same; by GET nothing was sent, and that is said',
  async ({ id, url, version }) => {
    const byUrl = (canonical: string) => ({ name: 'url', valueCanonical: canonical });
    const people = [SUBJECT, dataOf(given.patient())];
    const instance = await apply<CarePlan>(`PlanDefinition/${id}/$apply`, ...people);
    for (const canonical of [url, `${url}|${version}`]) {
      const type = await apply<CarePlan>('PlanDefinition/$apply', byUrl(canonical), ...people);
      expect(groupIn(type)).toEqual(groupIn(instance));
    }
    const [one, other] = await Promise.all(
      [`PlanDefinition/${id}/$apply?subject=Patient/p`, `PlanDefinition/$apply?url=${url}&subject=Patient/p`].map(
        async (path) => (await fetch(`${service.base}/fhir-api/${path}`)).json() as Promise<CarePlan>,
      ),
    );
    expect([one, other].flatMap(faultsOfR4)).toEqual([]);
    expect(groupIn(one as CarePlan)).toEqual(groupIn(other as CarePlan));
    expect(JSON.stringify(one)).toContain('Could not be read');
  },
);

test('as CPG wants it, the answer is a Bundle with the RequestGroup first', async () => {
  const bundle = await apply<Bundle>('PlanDefinition/antenatal-contact/$r5.apply', SUBJECT, dataOf(...bleeding()));
  expect(bundle.entry?.map(({ resource }) => resource?.resourceType)).toEqual([
    'RequestGroup',
    'ServiceRequest',
    'Task',
  ]);
});

test('what was not sent is not taken for none: the actions that rest on it are left out, and it is said', async () => {
  const plan = await apply<CarePlan>('PlanDefinition/antenatal-contact/$apply', SUBJECT, dataOf(given.patient()));
  expect(groupIn(plan)).toBeUndefined();
  const [outcome] = (plan.contained ?? []) as FhirResource[];
  expect(JSON.stringify(outcome)).toContain('Could not be read: Observation');
  const none = await apply<CarePlan>(
    'PlanDefinition/antenatal-contact/$apply',
    SUBJECT,
    dataOf(given.patient()),
    searched('Observation'),
  );
  expect(groupIn(none)?.action?.[0]?.action?.map(({ id }) => id)).toEqual(['none']);
});

test('the queries of the plan are answered from the data: code, category and order by time', async () => {
  const newer = given.pressure(120, { effectiveDateTime: '2026-11-21T09:00:00Z' });
  const plan = await apply<CarePlan>(
    'PlanDefinition/antenatal-contact/$apply',
    SUBJECT,
    dataOf(given.patient(), given.pressure(150), newer),
  );
  expect(groupIn(plan)?.action?.[0]?.action?.map(({ id }) => id)).toEqual(['none']);
  const data = [
    given.encounter,
    given.condition('14189004'),
    given.pressure(150),
    given.result('2026-11-20T09:00:00Z'),
  ];
  const ecr = await apply<CarePlan>(
    'PlanDefinition/report-measles/$apply',
    SUBJECT,
    { name: 'encounter', valueString: 'Encounter/e' },
    dataOf(...data),
    searched('Immunization'),
  );
  const [check] = groupIn(ecr)?.action ?? [];
  expect(check?.action?.map(({ id }) => id)).toEqual([
    'is-reportable',
    'recent-results',
    'one-encounter',
    'not-immune',
  ]);
  expect(check?.action?.[0]?.relatedAction).toMatchObject([
    { actionId: 'recent-results', relationship: 'before-start' },
  ]);
});

test('a prefetch key that is sent was read, empty or not', async () => {
  const prefetch = (key: string, data?: unknown) => ({
    name: 'prefetchData',
    part: [{ name: 'key', valueString: key }, ...(data ? [{ name: 'data', resource: data }] : [])],
  });
  const plan = await apply<CarePlan>(
    'PlanDefinition/antenatal-contact/$apply',
    SUBJECT,
    prefetch('signs', given.bundle(given.sign('bleeding'))),
    prefetch('pressures'),
    prefetch('smoking'),
  );
  expect(groupIn(plan)?.action?.[0]?.action?.map(({ id }) => id)).toEqual(['bleeding']);
});

test('an activity alone gives its draft, with what its expressions set', async () => {
  const draft = await apply('ActivityDefinition/atorvastatin/$apply', SUBJECT);
  expect(draft).toMatchObject({
    resourceType: 'MedicationRequest',
    status: 'draft',
    intent: 'proposal',
    dosageInstruction: [{ text: 'once a day' }],
    note: [{ text: 'Drafted on 2026-11-25' }],
  });
  const url = 'http://example.com/who-style/ActivityDefinition/refer';
  expect(await apply('ActivityDefinition/$apply', SUBJECT, { name: 'url', valueCanonical: url })).toMatchObject({
    resourceType: 'ServiceRequest',
  });
  const doctor = { resourceType: 'Practitioner', id: 'd', name: [{ text: 'Dr D' }] };
  const practitioner = { name: 'practitioner', valueString: 'Practitioner/d' };
  expect(await apply('ActivityDefinition/liver-tests/$apply', SUBJECT, practitioner, dataOf(doctor))).toMatchObject({
    occurrenceDateTime: '2027-02-17',
    patientInstruction: 'Dr D',
  });
});

test('what a plan reads is a module definition', async () => {
  const library = await apply<Library>('PlanDefinition/antenatal-contact/$data-requirements');
  expect(library.type.coding?.[0]?.code).toBe('module-definition');
  expect(library.dataRequirement?.map(({ type }) => type)).toEqual([
    'Patient',
    'Observation',
    'Observation',
    'Observation',
  ]);
  const own = await apply<Library>('PlanDefinition/back-pain-in-pregnancy/$data-requirements');
  const observations = own.dataRequirement?.find(({ type }) => type === 'Observation');
  expect(observations?.codeFilter?.[0]?.code).toContainEqual({ system: 'http://loinc.org', code: '8867-4' });
});

describe('our own plan is applied by the same core as the hooks', () => {
  const own = (clinicalCase: Parameters<typeof requestOf>[0]) => {
    const { context, prefetch } = requestOf(clinicalCase);
    const found = Object.values(prefetch).flatMap((value) => (value ? resourcesIn(value as FhirResource) : []));
    const types = [
      'Observation',
      'Condition',
      'Procedure',
      'EpisodeOfCare',
      'MedicationRequest',
      'MedicationStatement',
      'List',
      'QuestionnaireResponse',
      'Encounter',
    ];
    return [
      { name: 'subject', valueString: `Patient/${context.patientId}` },
      ...(context.encounterId ? [{ name: 'encounter', valueString: `Encounter/${context.encounterId}` }] : []),
      dataOf(...found),
      ...types.map(searched),
    ];
  };

  test('an emergency is a level with the rules that fired, their drafts and the evidence', async () => {
    const plan = await apply<CarePlan>('PlanDefinition/back-pain-in-pregnancy/$apply', ...own(EMERGENCY));
    const group = groupIn(plan);
    const [level] = group?.action ?? [];
    expect([level?.id, level?.priority]).toEqual(['emergency', 'stat']);
    expect(level?.action?.map(({ id }) => id)).toContain('E08');
    expect(JSON.stringify(group?.extension)).toContain('QuestionnaireResponse/');
    const drafts = (plan.contained ?? []).filter(({ resourceType }) =>
      ['Task', 'ServiceRequest'].includes(resourceType),
    );
    expect(drafts.length).toBeGreaterThan(0);
    expect(drafts).toEqual(drafts.map(() => expect.objectContaining({ status: 'draft', intent: 'proposal' })));
    const bundle = await apply<Bundle>('PlanDefinition/back-pain-in-pregnancy/$r5.apply', ...own(EMERGENCY));
    expect((bundle.entry?.[0]?.resource as RequestGroup | undefined)?.action?.map(({ id }) => id)).toEqual(
      group?.action?.map(({ id }) => id),
    );
  });

  test('what is mild is self care, and what was denied is nothing', async () => {
    const mild = await apply<CarePlan>('PlanDefinition/back-pain-in-pregnancy/$apply', ...own(MILD));
    expect(groupIn(mild)?.action?.map(({ id }) => id)).not.toContain('emergency');
    expect(
      groupIn(await apply<CarePlan>('PlanDefinition/back-pain-in-pregnancy/$apply', ...own(SILENT))),
    ).toBeUndefined();
  });
});

const stranger: Json = { resourceType: 'PlanDefinition', status: 'active', url: 'http://x', action: [] };

test.each<[string, number, string, unknown[]]>([
  ['a plan that is not served', 404, 'PlanDefinition/nobody/$apply', [SUBJECT]],
  ['no plan at all', 400, 'PlanDefinition/$apply', [SUBJECT]],
  ['no subject', 400, 'PlanDefinition/statin-use/$apply', []],
  [
    'a subject that is no patient',
    400,
    'PlanDefinition/statin-use/$apply',
    [{ name: 'subject', valueString: 'Group/1' }],
  ],
  [
    'the Patient of another',
    400,
    'PlanDefinition/statin-use/$apply',
    [SUBJECT, dataOf({ resourceType: 'Patient', id: 'q' })],
  ],
  ['a plan of its own', 422, 'PlanDefinition/$apply', [SUBJECT, { name: 'planDefinition', resource: stranger }]],
  [
    'a plan of its own beside ours',
    422,
    'PlanDefinition/statin-use/$apply',
    [SUBJECT, { name: 'planDefinition', resource: stranger }],
  ],
  [
    'an activity of its own',
    422,
    'ActivityDefinition/$apply',
    [SUBJECT, { name: 'activityDefinition', resource: { resourceType: 'ActivityDefinition', status: 'active' } }],
  ],
  [
    'an endpoint',
    422,
    'PlanDefinition/statin-use/$apply',
    [SUBJECT, { name: 'dataEndpoint', resource: { resourceType: 'Endpoint' } }],
  ],
  ['an activity that is not served', 404, 'ActivityDefinition/nobody/$apply', [SUBJECT]],
  ['the requirements of nobody', 404, 'PlanDefinition/nobody/$data-requirements', []],
])('when the request has %s then it is refused with %d', async (_, status, path, parameter) => {
  const response = await post(path, ...parameter);
  expect(response.status).toBe(status);
  expect(await response.json()).toMatchObject({ resourceType: 'OperationOutcome' });
});
