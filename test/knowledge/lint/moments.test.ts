/** Words at hooks, notes, choices of the site, limits of rules: reachable, complete, with names of their own. */
import type { Extension } from '../../../src/fhir/types.ts';
import { add, type Base, fires, type Mutation, put, refuses } from './base.ts';

const valueCode = (url: string, code: string): Extension => ({ url, valueCode: code });
const valueString = (url: string, text: string): Extension => ({ url, valueString: text });

const words = (hook: string, when: string, said = 'Read'): Extension[] => [
  valueCode('hook', hook),
  valueCode('when', when),
  valueCode('indicator', 'info'),
  valueString('words', said),
];
const note = (...limbs: Extension[]) => ({ extension: [valueCode('hook', 'patient-view'), ...limbs] });
const setting = (name: string, ...options: string[]) => ({
  extension: [valueCode('name', name), ...options.map((option) => valueCode('option', option))],
});
const whenExpression = (expression: string): Extension => ({
  url: 'when',
  valueExpression: { language: 'text/fhirpath', expression },
});
const hours = (code: string) => ({ value: 24, unit: 'hours', system: 'http://unitsofmeasure.org', code });

const ofPlan = (
  name: string,
  extension: string,
  broken: { extension: Extension[] },
  refused: Mutation['refused'],
  repaired: { extension: Extension[] },
): Mutation => ({
  name: `when ${name} then it is refused`,
  break: ({ plan }) => add(plan, extension, broken),
  refused,
  repair: ({ plan }) => add(plan, extension, repaired),
});

const NOTE = 'hook-note';
const triggered = ({ action }: Base, hook: string) =>
  put(action('triage'), 'trigger', [
    { type: 'named-event', name: 'patient-view' },
    { type: 'named-event', name: hook },
  ]);

refuses([
  {
    name: 'when a level has words for a hook at which the plan is never called then it is refused',
    break: ({ action }) => add(action('now'), 'at-hook', { extension: words('appointment-book', 'always') }),
    refused: { element: 'now', reason: /names appointment-book, at which the plan is never called/ },
    repair: (base) => {
      triggered(base, 'appointment-book');
      add(base.action('now'), 'at-hook', { extension: words('appointment-book', 'always') });
    },
  },
  {
    name: 'when words stand after those that always hold then they are refused',
    break: ({ action }) => {
      add(action('now'), 'at-hook', { extension: words('patient-view', 'always') });
      add(action('now'), 'at-hook', { extension: words('patient-view', 'unresolved') });
    },
    refused: { element: 'now', reason: /unresolved at patient-view is never reached/ },
    repair: ({ action }) => {
      add(action('now'), 'at-hook', { extension: words('patient-view', 'unresolved') });
      add(action('now'), 'at-hook', { extension: words('patient-view', 'always') });
    },
  },
  {
    name: 'when the words make a summary too long then they are refused',
    break: ({ action }) =>
      add(action('now'), 'at-hook', { extension: words('patient-view', 'always', 'x'.repeat(95)) }),
    refused: { element: 'H01', reason: /its summary may take/ },
    repair: ({ action }) =>
      add(action('now'), 'at-hook', { extension: words('patient-view', 'always', 'x'.repeat(60)) }),
  },
  {
    name: 'when words hold in a case that does not exist then they are refused',
    break: ({ action }) => add(action('now'), 'at-hook', { extension: words('patient-view', 'sometimes') }),
    refused: { element: 'now', reason: /`at-hook.when` is `sometimes`/ },
  },
  ofPlan(
    'a note says nothing',
    NOTE,
    note(),
    { element: NOTE, reason: /either `text` or `patient-text`/ },
    note(valueString('text', 'Look.')),
  ),
  ofPlan(
    'a note is for staff and for the patient at once',
    NOTE,
    note(valueString('text', 'Look.'), valueCode('patient-text', 'T-CALL')),
    { element: NOTE, reason: /either `text` or `patient-text`/ },
    note(valueCode('patient-text', 'T-CALL')),
  ),
  ofPlan(
    'a note tells a text that does not exist',
    NOTE,
    note(valueCode('patient-text', 'T-NONE')),
    { element: NOTE, reason: /T-NONE is no text of the plan/ },
    note(valueCode('patient-text', 'T-CALL')),
  ),
  ofPlan(
    'a note is for a hook at which the plan is never called',
    NOTE,
    { extension: [valueCode('hook', 'order-sign'), valueString('text', 'Look.')] },
    { element: NOTE, reason: /names order-sign, at which the plan is never called/ },
    note(valueString('text', 'Look.')),
  ),
  ofPlan(
    'a note depends on a name that does not exist',
    NOTE,
    note(valueString('text', 'Look.'), whenExpression('%nobody')),
    { element: NOTE, reason: /`%nobody` is no item/ },
    note(valueString('text', 'Look.'), whenExpression('%headache')),
  ),
  ofPlan(
    'a note depends on a confidential fact',
    NOTE,
    note(valueString('text', 'Look.'), whenExpression('%threatened')),
    { element: NOTE, reason: /reads the confidential %threatened/ },
    note(valueString('text', 'Look.'), whenExpression('%headache')),
  ),
  ofPlan(
    'a note depends on what does not parse',
    NOTE,
    note(valueString('text', 'Look.'), whenExpression('%headache and')),
    { element: NOTE, reason: /does not parse/ },
    note(valueString('text', 'Look.'), whenExpression('%headache')),
  ),
  ofPlan(
    'a rise is said at a hook at which the plan is never called',
    'level-history',
    { extension: [valueCode('hook', 'order-sign'), { url: 'gap', valueDuration: hours('h') }] },
    { element: 'head', reason: /`level-history` names order-sign/ },
    { extension: [valueCode('hook', 'patient-view'), { url: 'gap', valueDuration: hours('h') }] },
  ),
  ofPlan(
    'a choice of the site is none',
    'site-setting',
    setting('where', 'here'),
    { element: 'head', reason: /where leaves no choice/ },
    setting('where', 'here', 'there'),
  ),
  ofPlan(
    'a choice has no camelCase name',
    'site-setting',
    setting('to-where', 'here', 'there'),
    { element: 'head', reason: /to-where is not camelCase/ },
    setting('toWhere', 'here', 'there'),
  ),
  ofPlan(
    'a choice takes the name of an item',
    'site-setting',
    setting('headache', 'here', 'there'),
    { element: 'head', reason: /headache has the name of an item/ },
    setting('where', 'here', 'there'),
  ),
  ofPlan(
    'a choice takes the name of a variable',
    'site-setting',
    setting('strong', 'here', 'there'),
    { element: 'strong', reason: /a choice of the site has this name/ },
    setting('where', 'here', 'there'),
  ),
  {
    name: 'when an expression compares a choice with what is none of its options then it is refused',
    break: (base) => {
      add(base.plan, 'site-setting', setting('where', 'here', 'there'));
      fires(base.action('H01-lie'), "%where = 'nowhere'");
    },
    refused: { element: 'H01-lie', reason: /'nowhere' is none of the codes of %where \(here, there\)/ },
    repair: (base) => {
      add(base.plan, 'site-setting', setting('where', 'here', 'there'));
      fires(base.action('H01-lie'), "%where = 'there'");
    },
  },
  {
    name: 'when the limit of a rule has no fixed length then it is refused',
    break: ({ action }) => put(action('H02'), 'timingDuration', hours('mo')),
    refused: { element: 'H02', reason: /`timingDuration` has no fixed length/ },
    repair: ({ action }) => put(action('H02'), 'timingDuration', hours('h')),
  },
]);
