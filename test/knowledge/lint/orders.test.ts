/** Draft orders: facts of orders, rules about them, and the terms by which they are recognised. */
import type {
  ConceptMap,
  Extension,
  PlanDefinitionAction,
  QuestionnaireItem,
  ValueSet,
} from '../../../src/fhir/types.ts';
import { add, type Base, define, extension, fires, type Mutation, put, refuses, remove } from './base.ts';

const LINT = 'http://example.org/lint';
const NAMES = `${LINT}/CodeSystem/name-in-text`;

type WithOrders = Base & {
  fact: QuestionnaireItem;
  dose: QuestionnaireItem;
  ordering: PlanDefinitionAction;
  set: ValueSet;
  map: ConceptMap;
};

/** The base with a second moment: one rule about one class of drugs. */
function withOrders(base: Base): WithOrders {
  const source = (limbs: Extension[]) => ({ extension: [{ url: 'resource', valueCode: 'Order' }, ...limbs] });
  const item = (linkId: string, type: 'boolean' | 'quantity', limbs: Extension[]): QuestionnaireItem => {
    const made: QuestionnaireItem = { linkId, text: `${linkId}?`, type, readOnly: true };
    add(made, 'fact-class', { valueCode: 'record' });
    add(made, 'fact-label', { valueString: linkId });
    add(made, 'fact-source', source(limbs));
    return made;
  };
  const valueSet = { url: 'value-set', valueCanonical: `${LINT}/ValueSet/sedatives` };
  const fact = item('orderedSedative', 'boolean', [{ url: 'order-part', valueCode: 'ingredient' }, valueSet]);
  const dose = item('orderedDose', 'quantity', [{ url: 'order-part', valueCode: 'daily-dose' }]);
  const unit = { system: 'http://unitsofmeasure.org', code: 'mg', display: 'mg' };
  add(dose, 'questionnaire-unitOption', { valueCoding: unit });
  base.form.item?.push(fact, dose);
  add(base.form, 'code-map', { valueCanonical: `${LINT}/ConceptMap/drugs` });
  const ordering = orderingOf(base);
  base.plan.action?.push(ordering);
  const [set, map] = terms();
  const bundle = base.files[2]?.resource as { entry: object[] };
  bundle.entry.push({ resource: set }, { resource: map });
  return { ...base, fact, dose, ordering, set, map };
}

function orderingOf({ action }: Base): PlanDefinitionAction {
  const rule: PlanDefinitionAction = JSON.parse(JSON.stringify({ ...action('H02'), id: 'O1', action: [] }));
  rule.extension = [];
  add(rule, 'review-due', { valueDate: '2027-01-01' });
  define(rule, 'O1a', "%orderedSedative and %orderedDose > 5 'mg'");
  fires(rule, '%O1a');
  const type = { coding: [{ system: `${LINT}/CodeSystem/action-type`, code: 'remove', display: 'Remove' }] };
  rule.action = [{ id: 'O1-remove', title: 'Take it away', type }];
  const level: PlanDefinitionAction = JSON.parse(JSON.stringify({ ...action('today'), id: 'order-stop', action: [] }));
  remove(level, 'raise-when-open');
  level.code = [{ coding: [{ system: `${LINT}/CodeSystem/level`, code: 'order-stop', display: 'stop' }] }];
  level.action = [rule];
  const trigger = [{ type: 'named-event' as const, name: 'order-sign' }];
  return { id: 'ordering', title: 'Ordering', trigger, action: [level] };
}

function terms(): [ValueSet, ConceptMap] {
  const coded = { system: `${LINT}/CodeSystem/drug`, concept: [{ code: 'sleepwell', display: 'Sleepwell' }] };
  const atc = {
    system: 'http://www.whocc.no/atc',
    filter: [{ property: 'concept', op: 'is-a' as const, value: 'N05' }],
  };
  const spoken = { system: NAMES, concept: [{ code: 'no sedative', display: 'no sedative' }] };
  const target = [{ code: 'sleepwell', display: 'Sleepwell', equivalence: 'wider' as const }];
  const more = [...target, { equivalence: 'unmatched' as const }];
  return [
    {
      resourceType: 'ValueSet',
      id: 'sedatives',
      url: `${LINT}/ValueSet/sedatives`,
      status: 'draft',
      compose: { include: [coded, atc], exclude: [spoken] },
    },
    {
      resourceType: 'ConceptMap',
      id: 'drugs',
      url: `${LINT}/ConceptMap/drugs`,
      status: 'draft',
      group: [
        {
          source: NAMES,
          target: `${LINT}/CodeSystem/drug`,
          element: [{ code: 'night mix', display: 'night mix', target: more }],
        },
      ],
    },
  ];
}

const ofOrders = (
  name: string,
  breaks: (base: WithOrders) => void,
  refused: Mutation['refused'],
  repair: (base: WithOrders) => void = () => {},
): Mutation => ({
  name: `when ${name} then it is refused`,
  break: (base) => breaks(withOrders(base)),
  refused,
  repair: (base) => repair(withOrders(base)),
});

const fact = { in: 'form' as const, element: 'orderedSedative' };
const set = (element: string) => ({ in: 'actions' as const, element });
const source = (owner: QuestionnaireItem) => extension(owner, 'fact-source');
const limb = (owner: QuestionnaireItem, name: string) => extension(source(owner), name);
const without = (owner: QuestionnaireItem, name: string) => remove(source(owner), name);
const group = ({ ordering }: WithOrders) => ordering.action?.[0] ?? {};
const rule = (base: WithOrders) => group(base).action?.[0] ?? {};

refuses([
  ofOrders('a source in Order names no part', ({ fact: f }) => without(f, 'order-part'), {
    ...fact,
    reason: /names no `order-part`/,
  }),
  ofOrders('a part is unknown', ({ fact: f }) => put(limb(f, 'order-part'), 'valueCode', 'colour'), {
    ...fact,
    reason: /`fact-source\.order-part` is `colour`/,
  }),
  ofOrders('a part is looked up in nothing', ({ fact: f }) => without(f, 'value-set'), {
    ...fact,
    reason: /looked up in nothing/,
  }),
  ofOrders(
    'a ValueSet does not exist',
    ({ fact: f }) => put(limb(f, 'value-set'), 'valueCanonical', `${LINT}/ValueSet/none`),
    { ...fact, reason: /no ValueSet here/ },
  ),
  ofOrders(
    'a dose is looked up in a ValueSet',
    ({ dose }) => source(dose).extension?.push({ url: 'value-set', valueCanonical: `${LINT}/ValueSet/sedatives` }),
    { in: 'form', element: 'orderedDose', reason: /looked up in no ValueSet/ },
  ),
  ofOrders(
    'a class of drugs is read as a quantity',
    ({ dose }) => put(limb(dose, 'order-part'), 'valueCode', 'single-dose'),
    {
      in: 'form',
      element: 'orderedDose',
      reason: /read as a boolean/,
    },
  ),
  ofOrders('somebody is asked what an order says', ({ fact: f }) => put(f, 'readOnly', undefined), {
    ...fact,
    reason: /nobody is asked what an order says/,
  }),
  ofOrders(
    'a fact is of an order and of the chart',
    ({ fact: f }) => put(f, 'code', [{ system: 'http://loinc.org', code: '1-8', display: 'x' }]),
    { ...fact, reason: /not of both/ },
  ),
  ofOrders(
    'a source in the chart names a part',
    ({ fact: f }) => put(limb(f, 'resource'), 'valueCode', 'Observation'),
    {
      ...fact,
      reason: /belong to a `fact-source` in Order/,
    },
  ),
  ofOrders(
    'a rule of triage reads an order',
    ({ action }) => {
      define(action('H03'), 'H03z', '%orderedSedative');
      fires(action('H03'), '%H03z');
    },
    { element: 'H03.H03z', reason: /reads `%orderedSedative` of an order/ },
    (base) => define(rule(base), 'O1a', '%orderedSedative'),
  ),
  ofOrders(
    'a variable that the engine looks up reads an order',
    ({ plan }) => define(plan, 'silent', '%orderedSedative'),
    { element: 'silent', reason: /of an order/ },
  ),
  ofOrders(
    'a moment mixes hooks about orders and about the person',
    ({ ordering }) => ordering.trigger?.push({ type: 'named-event', name: 'patient-view' }),
    { element: 'ordering', reason: /its triggers mix both/ },
    ({ ordering }) => ordering.trigger?.push({ type: 'named-event', name: 'order-select' }),
  ),
  ofOrders(
    'an open rule about an order would raise a level',
    (base) =>
      add(group(base), 'raise-when-open', {
        extension: [
          { url: 'when', valueCode: 'asked' },
          { url: 'level', valueCode: 'order-stop' },
          { url: 'gate', valueCode: 'PREG' },
        ],
      }),
    { element: 'ordering', reason: /raises nothing/ },
  ),
  ofOrders(
    'an action of an unknown type',
    (base) => put(rule(base).action?.[0]?.type?.coding?.[0] ?? {}, 'code', 'update'),
    { element: 'ordering', reason: /`update` is not read/ },
  ),
  ofOrders(
    'triage would take an order away',
    (base) => put(base.action('H01-call'), 'type', rule(base).action?.[0]?.type),
    { element: 'triage', reason: /only a rule about an order/ },
  ),
  ofOrders(
    'the rules of an unknown level are listed',
    (base) => add(rule(base), 'show-rules', { valueCode: 'later' }),
    { element: 'ordering', reason: /unknown level later/ },
    (base) => add(rule(base), 'show-rules', { valueCode: 'today' }),
  ),
  ofOrders('a code has no display', ({ set: s }) => put(s.compose?.include[0]?.concept?.[0] ?? {}, 'display', ''), {
    ...set('sedatives.sleepwell'),
    reason: /concept has no display/,
  }),
  ofOrders('codes have no system', ({ set: s }) => put(s.compose?.include[0] ?? {}, 'system', undefined), {
    ...set('sedatives'),
    reason: /include has no system/,
  }),
  ofOrders('a whole code system is included', ({ set: s }) => put(s.compose?.include[0] ?? {}, 'concept', undefined), {
    ...set('sedatives'),
    reason: /whole code system is not read/,
  }),
  ofOrders(
    'a filter is no beginning of a code',
    ({ set: s }) => put(s.compose?.include[1]?.filter?.[0] ?? {}, 'op', 'regex'),
    { ...set('sedatives'), reason: /`regex` is not read/ },
  ),
  ofOrders('a ValueSet has an expansion', ({ set: s }) => put(s, 'expansion', { timestamp: '2026-01-01' }), {
    ...set('sedatives'),
    reason: /`expansion` is not honoured/,
  }),
  ofOrders(
    'a mapping says that it does not hold',
    ({ map }) => put(map.group?.[0]?.element[0]?.target?.[0] ?? {}, 'equivalence', 'disjoint'),
    { ...set('drugs.night mix'), reason: /`equivalence` is `disjoint`/ },
  ),
  ofOrders(
    'a mapping names nothing',
    ({ map }) => put(map.group?.[0]?.element[0]?.target?.[0] ?? {}, 'code', undefined),
    { ...set('drugs.night mix'), reason: /mapTarget has no code/ },
  ),
  ofOrders('a ConceptMap does not exist', ({ form }) => put(extension(form, 'code-map'), 'valueCanonical', 'x'), {
    in: 'form',
    element: 'head-today',
    reason: /x is no ConceptMap here/,
  }),
]);
