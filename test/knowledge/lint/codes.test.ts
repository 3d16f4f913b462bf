/** Codes with required binding, codes of our extensions, and complete codings. */
import { add, type Base, extension, type Mutation, put, refuses } from './base.ts';

const rule = ({ action }: Base) => action('H02');
const H02 = { element: 'H02' };
const place = { in: 'form' as const, element: 'place' };

/** A code that is none of its list. */
const badCode = (
  part: (base: Base) => object,
  element: string,
  refused: Omit<Mutation['refused'], 'reason'>,
): Mutation => ({
  name: `when \`${element}\` of ${refused.element} is no code of its list then it is refused`,
  break: (base) => put(part(base), element, 'other'),
  refused: { ...refused, reason: new RegExp(`\`${element}\` is \`other\`: not one of`) },
});
const ownCode = (
  part: (base: Base) => object,
  name: string,
  refused: Omit<Mutation['refused'], 'reason'>,
): Mutation => ({
  name: `when \`${name}\` of ${refused.element} is no code of its list then it is refused`,
  break: (base) => put(extension(part(base), name), 'valueCode', 'other'),
  refused: { ...refused, reason: new RegExp(`\`${name}\` is \`other\`: not one of`) },
});
const activity = { in: 'actions' as const, element: 'AC-CALL' };
const dazed = { in: 'form' as const, element: 'dazed' };

refuses([
  badCode(({ plan }) => plan, 'status', { element: 'head' }),
  badCode(({ plan }) => plan.relatedArtifact?.[0] ?? {}, 'type', { element: 'head' }),
  badCode(rule, 'priority', H02),
  badCode(({ action }) => action('H02').condition?.[0] ?? {}, 'kind', H02),
  badCode(({ action }) => action('H02').documentation?.[0] ?? {}, 'type', H02),
  badCode(({ action }) => action('triage').trigger?.[0] ?? {}, 'type', { element: 'triage' }),
  badCode(({ action }) => action('triage').trigger?.[0] ?? {}, 'name', { element: 'triage' }),
  badCode(({ form }) => form, 'status', { in: 'form', element: 'head-today' }),
  badCode(({ item }) => item('dazed').enableWhen?.[0] ?? {}, 'operator', dazed),
  badCode(({ item }) => item('dazed'), 'enableBehavior', dazed),
  ...['attachment', 'reference', 'url', 'string', 'open-choice'].map(
    (type): Mutation => ({
      name: `when an item is of type ${type} then it is refused`,
      break: ({ item }) => put(item('glassesDate'), 'type', type),
      refused: { in: 'form', element: 'glassesDate', reason: new RegExp(`\`type\` is \`${type}\``) },
    }),
  ),
  badCode((base) => base.activity, 'kind', activity),
  badCode((base) => base.activity, 'intent', activity),
  badCode((base) => base.activity, 'priority', activity),
  badCode((base) => base.activity, 'status', activity),
  ownCode(({ item }) => item('place'), 'fact-class', place),
  ownCode(({ item }) => item('dueDate'), 'pregnancy-role', { in: 'form', element: 'dueDate' }),
  ownCode(({ item }) => item('calm').answerOption?.[1] ?? {}, 'answer-meaning', { in: 'form', element: 'calm.N' }),
  ownCode(({ action }) => action('now'), 'level-indicator', { element: 'now' }),
  ownCode(({ action }) => action('H01'), 'runs-in', { element: 'H01' }),
  {
    name: 'when a conflict rule is unknown then it is refused',
    break: ({ item }) => add(item('place'), 'conflict-rule', { valueCode: 'oldest' }),
    refused: { ...place, reason: /`conflict-rule` is `oldest`/ },
    repair: ({ item }) => add(item('place'), 'conflict-rule', { valueCode: 'newest' }),
  },
  ...['when', 'gate'].map(
    (limb): Mutation => ({
      name: `when \`${limb}\` of raise-when-open is unknown then it is refused`,
      break: ({ action }) => put(extension(extension(action('now'), 'raise-when-open'), limb), 'valueCode', 'other'),
      refused: { element: 'now', reason: new RegExp(`\`raise-when-open\\.${limb}\` is \`other\``) },
    }),
  ),
]);

/** A coding that lost one of its parts. */
const incomplete = (
  part: (base: Base) => object | undefined,
  name: string,
  refused: Omit<Mutation['refused'], 'reason'>,
): Mutation => ({
  name: `when a coding of ${refused.element} has no ${name} then it is refused`,
  break: (base) => put(part(base) ?? {}, name, undefined),
  refused: { ...refused, reason: new RegExp(`has no ${name}`) },
});
const source = ({ item }: Base) => extension(extension(item('migraine'), 'fact-source'), 'code').valueCoding;

refuses([
  incomplete(({ item }) => item('pulse').code?.[0], 'display', { in: 'form', element: 'pulse' }),
  incomplete(({ item }) => item('pulse').code?.[0], 'system', { in: 'form', element: 'pulse' }),
  incomplete(({ item }) => item('place').answerOption?.[0]?.valueCoding, 'display', {
    in: 'form',
    element: 'place.front',
  }),
  incomplete(source, 'code', { in: 'form', element: 'migraine' }),
  incomplete(source, 'display', { in: 'form', element: 'migraine' }),
  incomplete(({ action }) => action('H02').code?.[0]?.coding?.[0], 'display', H02),
  incomplete(({ action }) => action('now').code?.[0]?.coding?.[0], 'system', { element: 'now' }),
  incomplete(({ plan }) => plan.topic?.[0]?.coding?.[0], 'display', { element: 'head' }),
  incomplete((base) => base.activity.code?.coding?.[0], 'display', activity),
]);
