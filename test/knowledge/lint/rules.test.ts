/** Plans, levels and rules: complete, short enough, and naming what exists. */
import { add, type Base, define, extension, fires, type Mutation, put, refuses, remove } from './base.ts';

const without = (
  part: (base: Base) => object,
  name: string,
  reason: RegExp,
  refused: Omit<Mutation['refused'], 'reason'>,
): Mutation => ({
  name: `when ${refused.element} has no ${name} then it is refused`,
  break: (base) => put(part(base), name, undefined),
  refused: { ...refused, reason },
});
const rule = ({ action }: Base) => action('H02');
const citation = ({ action }: Base) => action('H02').documentation?.[0] ?? {};
const H02 = { element: 'H02' };

refuses([
  without(rule, 'title', /no title/, H02),
  without(rule, 'textEquivalent', /no textEquivalent/, H02),
  without(rule, 'priority', /`priority` is missing/, H02),
  without(rule, 'code', /no topic code/, H02),
  without(rule, 'documentation', /no documentation/, H02),
  without(rule, 'condition', /one condition/, H02),
  without(citation, 'label', /citation has no label/, H02),
  without(citation, 'display', /citation has no display/, H02),
  without(citation, 'url', /citation has no url/, H02),
  without(({ action }) => action('H02'), 'id', /no id/, { element: 'strong headache' }),
  without(({ action }) => action('H01-call'), 'id', /no id/, { element: 'H01 action' }),
  without(({ action }) => action('today'), 'title', /no title/, { element: 'today' }),
  without(({ action }) => action('today'), 'code', /no code/, { element: 'today' }),
  without(({ plan }) => plan, 'version', /no version/, { element: 'head' }),
  without(({ plan }) => plan, 'topic', /no topic code/, { element: 'head' }),
  without(({ action }) => action('triage'), 'trigger', /no trigger/, { element: 'head' }),
  without(({ plan }) => plan, 'relatedArtifact', /names no Questionnaire/, { element: 'head' }),
  without(({ plan }) => plan, 'action', /no level groups/, { element: 'head' }),
  without((base) => base.activity, 'title', /no title/, { in: 'actions', element: 'AC-CALL' }),
  without((base) => base.activity, 'url', /no url/, { in: 'actions', element: 'AC-CALL' }),
  {
    name: 'when a rule has no review date then it is refused',
    break: ({ action }) => remove(action('H02'), 'review-due'),
    refused: { ...H02, reason: /`review-due` is missing/ },
  },
  {
    name: 'when a citation is not https then it is refused',
    break: (base) => put(citation(base), 'url', 'http://example.com/guideline'),
    refused: { ...H02, reason: /not https/ },
    repair: (base) => put(citation(base), 'url', 'http://example.org/beside-the-knowledge#1'),
  },
  {
    name: 'when the url of a citation cannot be read then it is refused',
    break: (base) => put(citation(base), 'url', 'https://example.com/%zz'),
    refused: { ...H02, reason: /cannot be read/ },
    repair: (base) => put(citation(base), 'url', 'https://example.com/a%20b#2'),
  },
  {
    name: 'when the condition is not the or of the alternatives then it is refused',
    break: ({ action }) => fires(action('H01'), '%H01a or %H01b'),
    refused: { element: 'H01', reason: /not the `or` of the alternatives: %H01a or %H01b or %H01c/ },
    repair: ({ action }) => fires(action('H01'), ' %H01a or  %H01b or %H01c '),
  },
  {
    name: 'when a rule has two conditions then it is refused',
    break: ({ action }) =>
      put(action('H02'), 'condition', [...(action('H02').condition ?? []), ...(action('H03').condition ?? [])]),
    refused: { ...H02, reason: /one condition/ },
  },
]);

const texts = { in: 'plan' as const, element: 'head' };

refuses([
  {
    name: 'when a text for the patient exists nowhere then it is refused',
    break: ({ action }) => put(extension(action('H01'), 'patient-text'), 'valueCode', 'T-OTHER'),
    refused: { element: 'H01', reason: /T-OTHER is no text of the plan/ },
  },
  {
    name: 'when a text that goes with an action exists nowhere then it is refused',
    break: ({ action }) => add(action('H01-call'), 'patient-text', { valueCode: 'T-OTHER' }),
    refused: { element: 'H01', reason: /T-OTHER is no text of the plan/ },
    repair: ({ action }) => add(action('H01-call'), 'patient-text', { valueCode: 'T-CALL' }),
  },
  {
    name: 'when what a level means for the patient exists nowhere then it is refused',
    break: ({ action }) => add(action('today'), 'patient-text', { valueCode: 'T-OTHER' }),
    refused: { element: 'today', reason: /T-OTHER is no text of the plan/ },
    repair: ({ action }) => add(action('today'), 'patient-text', { valueCode: 'T-CALL' }),
  },
  {
    name: 'when two texts have one code then it is refused, unless one is for a gate',
    break: ({ plan }) => add(plan, 'patient-text', structuredClone(extension(plan, 'patient-text'))),
    refused: { ...texts, reason: /two texts for patients are called T-CALL/ },
    repair: ({ plan }) => {
      const [code, text] = structuredClone(extension(plan, 'patient-text').extension ?? []);
      if (code && text) add(plan, 'patient-text', { extension: [code, { url: 'gate', valueCode: 'ENDED' }, text] });
    },
  },
  {
    name: 'when a gate has two notes then it is refused',
    break: ({ plan }) => add(plan, 'gate-note', { extension: extension(plan, 'gate-note').extension ?? [] }),
    refused: { ...texts, reason: /two notes for the gate POSS/ },
  },
  {
    name: 'when a rule shows what is no fact then it is refused',
    break: ({ action }) => put(extension(action('H01'), 'also-show'), 'valueCode', 'migrain'),
    refused: { element: 'H01', reason: /`also-show` migrain is no fact/ },
  },
  {
    name: 'when a rule is the twin of no rule then it is refused',
    break: ({ action }) => put(extension(action('H03'), 'twin-of'), 'valueCode', 'H99'),
    refused: { element: 'H03', reason: /`twin-of` H99 is no other rule/ },
  },
  {
    name: 'when a rule is its own twin then it is refused',
    break: ({ action }) => put(extension(action('H03'), 'twin-of'), 'valueCode', 'H03'),
    refused: { element: 'H03', reason: /no other rule/ },
  },
  {
    name: 'when an alternative discriminates by what does not exist then it is refused',
    break: ({ action }) => {
      const [, second] = action('H01').extension ?? [];
      put(second?.valueExpression?.extension?.[0] ?? {}, 'valueString', 'knwon');
    },
    refused: { element: 'H01', reason: /`discriminating` knwon is no fact or variable/ },
  },
  {
    name: 'when a group raises to an unknown level then it is refused',
    break: ({ action }) => put(extension(extension(action('now'), 'raise-when-open'), 'level'), 'valueCode', 'never'),
    refused: { element: 'now', reason: /unknown level never/ },
  },
  {
    name: 'when two groups have one level code then it is refused',
    break: ({ action }) => put(action('today'), 'code', action('now').code),
    refused: { element: 'today', reason: /two level groups have the code now/ },
  },
  {
    name: 'when the target of a level has no fixed length then it is refused',
    break: ({ action }) => put(extension(action('now'), 'level-target').valueDuration ?? {}, 'code', 'mo'),
    refused: { element: 'now', reason: /no fixed length/ },
    repair: ({ action }) => put(extension(action('now'), 'level-target').valueDuration ?? {}, 'code', 'h'),
  },
  ...(['now', 'today'] as const).map((level) => ({
    name: `when an override would silence the level ${level}, which open rules raise or reach, then it is refused`,
    break: ({ action }: Base) => add(action(level), 'override-silences', { valueDuration: { value: 24, code: 'h' } }),
    refused: { element: level, reason: /always shown again/ },
  })),
  {
    name: 'when the silence of a level has no fixed length then it is refused',
    break: ({ action }) => add(action('now'), 'override-silences', { valueDuration: { value: 1, code: 'mo' } }),
    refused: { element: 'now', reason: /`override-silences` has no fixed length/ },
  },
  {
    name: 'when a child action has neither words nor a definition then it is refused',
    break: ({ action }) => put(action('H01-call'), 'definitionCanonical', undefined),
    refused: { element: 'H01-call', reason: /proposes nothing/ },
    repair: ({ action }) => Object.assign(action('H01-lie'), { title: 'Call them' }),
  },
  {
    name: 'when its definition exists nowhere then it is refused',
    break: ({ action }) =>
      Object.assign(action('H01-call'), { definitionCanonical: 'http://example.org/x', title: 'Call' }),
    refused: { element: 'H01-call', reason: /neither an ActivityDefinition nor a Questionnaire/ },
  },
  {
    name: 'when a plan depends on a form that is not there then it is refused',
    break: ({ plan }) => put(plan.relatedArtifact?.[0] ?? {}, 'resource', 'http://example.org/x'),
    refused: { ...texts, reason: /depends on http:\/\/example.org\/x/ },
  },
  {
    name: 'when the end of its period is no date then it is refused',
    break: ({ plan }) => put(plan, 'effectivePeriod', { end: 'next year' }),
    refused: { ...texts, reason: /effectivePeriod\.end is no FHIR date/ },
    repair: ({ plan }) => Object.assign(plan, { effectivePeriod: { end: '2027-11' } }),
  },
  {
    name: 'when a file holds a resource that is not read then it is refused',
    break: ({ files }) => {
      files.push({
        file: 'plan-definitions/actions.json',
        resource: { resourceType: 'Library', id: 'logic', status: 'draft', type: {} },
      });
    },
    refused: { in: 'actions', element: 'logic', reason: /a Library is not read/ },
  },
  {
    name: 'when an activity has no code then it is refused',
    break: ({ activity }) => put(activity, 'code', undefined),
    refused: { in: 'actions', element: 'AC-CALL', reason: /no code/ },
    repair: ({ activity }) =>
      Object.assign(activity, { code: undefined, productCodeableConcept: { text: 'Paracetamol' } }),
  },
  {
    name: 'when a Bundle is no collection then it is refused',
    break: ({ files }) => put(files[2]?.resource ?? {}, 'type', 'transaction'),
    refused: { in: 'actions', element: 'actions', reason: /no collection/ },
  },
]);

const words = (length: number) => 'x'.repeat(length);

refuses([
  {
    // "Today: " + title + " (+99 more)" has 139 characters with a title of 121.
    name: 'when a summary may take 140 characters then the rule is refused, 139 are accepted',
    break: ({ action }) => put(action('H02'), 'title', words(122)),
    refused: { ...H02, reason: /may take 140 characters/ },
    repair: ({ action }) => put(action('H02'), 'title', words(121)),
  },
  {
    // "Today: cannot exclude " + title + " (+99 more)": an open rule is summarised under the level it raises to.
    name: 'when it may as an open rule then it is refused',
    break: ({ action }) => put(action('H01'), 'title', words(107)),
    refused: { element: 'H01', reason: /may take 140 characters/ },
    repair: ({ action }) => put(action('H01'), 'title', words(106)),
  },
  {
    name: 'when the title of the level makes it too long then it is refused',
    break: ({ action }) => put(action('today'), 'title', words(130)),
    refused: { ...H02, reason: /fewer than 140/ },
    repair: ({ action }) => put(action('today'), 'title', words(90)),
  },
  {
    name: 'when an alternative does not parse then rule and alternative are named',
    break: ({ action }) => define(action('H01'), 'H01a', '%headache and'),
    refused: { element: 'H01.H01a', reason: /does not parse/ },
  },
]);
