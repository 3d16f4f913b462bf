/** What stands in the files is read, or is documentation: elements, extensions, codes, codings. */
import { add, type Base, extension, type Mutation, put, refuses, remove } from './base.ts';

/** A part with an element that the engine does not honour. */
const unhonoured = (
  part: (base: Base) => object,
  element: string,
  value: unknown,
  refused: Omit<Mutation['refused'], 'reason'>,
): Mutation => ({
  name: `when ${refused.element} has \`${element}\` then it is refused`,
  break: (base) => put(part(base), element, value),
  refused: { ...refused, reason: new RegExp(`\`${element}\` is not honoured`) },
});

const rule = ({ action }: Base) => action('H02');
const child = ({ action }: Base) => action('H01-call');
const group = ({ action }: Base) => action('today');
const expression = { language: 'text/fhirpath', expression: 'true' };
const condition = [{ kind: 'applicability', expression }];
const H02 = { element: 'H02' };
const place = { in: 'form' as const, element: 'place' };

refuses([
  unhonoured(({ plan }) => plan, 'goal', [{ description: { text: 'well' } }], { element: 'head' }),
  unhonoured(({ plan }) => plan, 'library', ['http://example.org/Library/x'], { element: 'head' }),
  unhonoured(({ plan }) => plan, 'modifierExtension', [], { element: 'head' }),
  unhonoured(({ action }) => action('triage'), 'condition', condition, { element: 'triage' }),
  unhonoured(({ action }) => action('triage').trigger?.[0] ?? {}, 'data', [], { element: 'triage' }),
  unhonoured(group, 'condition', condition, { element: 'today' }),
  unhonoured(group, 'selectionBehavior', 'any', { element: 'today' }),
  unhonoured(rule, 'relatedAction', [{ actionId: 'H01', relationship: 'after' }], H02),
  unhonoured(rule, 'timingPeriod', { start: '2026-01-01' }, H02),
  unhonoured(rule, 'participant', [{ type: 'practitioner' }], H02),
  unhonoured(rule, 'input', [{ type: 'Observation' }], H02),
  unhonoured(rule, 'output', [{ type: 'Observation' }], H02),
  unhonoured(rule, 'trigger', [{ type: 'named-event', name: 'order-sign' }], H02),
  unhonoured(rule, 'description', 'printed nowhere', H02),
  unhonoured(child, 'dynamicValue', [{ path: 'x', expression }], { element: 'H01-call' }),
  unhonoured(child, 'transform', 'http://example.org/StructureMap/x', { element: 'H01-call' }),
  unhonoured(child, 'definitionUri', 'http://example.org/x', { element: 'H01-call' }),
  unhonoured(child, 'priority', 'stat', { element: 'H01-call' }),
  unhonoured(child, 'action', [{ id: 'deeper', title: 'deeper' }], { element: 'H01-call' }),
  unhonoured(({ action }) => action('H02').condition?.[0]?.expression ?? {}, 'reference', 'http://example.org/x', H02),
  unhonoured(({ action }) => action('H02').documentation?.[0] ?? {}, 'document', { url: 'x' }, H02),
  unhonoured(({ form }) => form, 'derivedFrom', ['http://example.org/x'], { in: 'form', element: 'head-today' }),
  unhonoured(({ item }) => item('place'), 'answerValueSet', 'http://example.org/x', place),
  unhonoured(({ item }) => item('place'), 'initial', [{ valueBoolean: true }], place),
  unhonoured(({ item }) => item('place'), 'definition', 'http://example.org/x#y', place),
  unhonoured(({ item }) => item('groupHead'), 'repeats', true, { in: 'form', element: 'groupHead' }),
  unhonoured(({ item }) => item('place').answerOption?.[0] ?? {}, 'initialSelected', true, {
    in: 'form',
    element: 'place.front',
  }),
  unhonoured(({ activity }) => activity, 'dosage', [], { in: 'actions', element: 'AC-CALL' }),
  unhonoured(({ activity }) => activity, 'doNotPerform', true, { in: 'actions', element: 'AC-CALL' }),
  {
    name: 'when documentary elements stand there then they are accepted',
    break: ({ plan }) => put(plan, 'goal', []),
    refused: { element: 'head', reason: /goal/ },
    repair: ({ plan, item }) => {
      Object.assign(plan, { purpose: 'why', copyright: 'ours', _title: { extension: [] }, author: [{ name: 'A' }] });
      put(item('place'), 'prefix', '1.');
    },
  },
]);

refuses([
  {
    name: 'when an extension of ours is misspelt then it is refused',
    break: ({ item }) => add(item('place'), 'fact-clas', { valueCode: 'symptom' }),
    refused: { ...place, reason: /`fact-clas` is not honoured/ },
  },
  {
    name: 'when an extension stands at another level then it is refused',
    break: ({ action }) => add(action('today'), 'review-due', { valueDate: '2027-01-01' }),
    refused: { element: 'today', reason: /`review-due` is not honoured/ },
  },
  {
    name: 'when a standard extension would change what is asked then it is refused',
    break: ({ item }) => add(item('place'), 'sdc-questionnaire-enableWhenExpression', { valueExpression: expression }),
    refused: { ...place, reason: /is not honoured/ },
    repair: ({ item }) => add(item('place'), 'questionnaire-itemControl', { valueCodeableConcept: { text: 'radio' } }),
  },
  {
    name: 'when a limb is misspelt then it is refused',
    break: ({ item }) =>
      Object.assign(extension(item('migraine'), 'fact-window').extension?.[0] ?? {}, { url: 'never' }),
    refused: { in: 'form', element: 'migraine', reason: /`fact-window\.never` is not honoured/ },
    repair: ({ item }) =>
      Object.assign(extension(item('migraine'), 'fact-window').extension?.[0] ?? {}, { url: 'yes' }),
  },
  {
    name: 'when a limb is missing then it is refused',
    break: ({ plan }) => extension(plan, 'gate-note').extension?.pop(),
    refused: { element: 'head', reason: /`gate-note\.text` is missing/ },
  },
  {
    name: 'when an extension holds a value of another type then it is refused',
    break: ({ action }) =>
      Object.assign(extension(action('H02'), 'review-due'), { valueDate: undefined, valueString: '2027' }),
    refused: { element: 'H02', reason: /holds .*valueString instead of valueDate/ },
  },
  {
    name: 'when an extension stands twice then it is refused',
    break: ({ item }) => add(item('place'), 'fact-label', { valueString: 'another' }),
    refused: { ...place, reason: /stands here 2 times/ },
  },
  {
    name: 'when a part takes no extension at all then one there is refused',
    break: ({ action }) => add(action('triage').trigger?.[0] ?? {}, 'fact-label', { valueString: 'x' }),
    refused: { element: 'triage', reason: /`extension` is not honoured/ },
  },
  {
    name: 'when a group has no indicator then it is no level group',
    break: ({ action }) => remove(action('today'), 'level-indicator'),
    refused: { element: 'today', reason: /`level-indicator` is missing/ },
  },
]);
