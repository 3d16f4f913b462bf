/** Urgent rules never take unknown for no; hidden items and confidential facts. */
import { add, type Base, define, extension, fires, type Mutation, put, refuses, remove } from './base.ts';

/** An alternative of the urgent rule that is refused, and one that says the same soundly. */
const alternative = (name: string, expression: string, reason: RegExp, right: string): Mutation => ({
  name: `when ${name} then the urgent rule is refused`,
  break: ({ action }) => define(action('H01'), 'H01a', expression),
  refused: { element: 'H01.H01a', reason },
  repair: ({ action }) => define(action('H01'), 'H01a', right),
});

const overFacts: Mutation[] = [
  alternative('it negates a symptom', '%strong and %headache.not()', /`not\(\)` over a fact/, '%strong and %headache'),
  alternative('it asks whether a symptom exists', '%strength.exists()', /`exists\(\)` over a fact/, '%strength >= 0'),
  alternative('it asks whether one is missing', '%strength.empty()', /`empty\(\)` over a fact/, '%strong'),
  alternative('it counts options', '%signs.count() > 1', /`count\(\)` over a fact/, '%signStiffNeck'),
  alternative(
    'it takes unknown for no',
    'iif(%headache, true, false)',
    /`iif\(\)` over a fact/,
    'iif(%migraine, true, false)',
  ),
  alternative(
    'it takes an unmeasured value for no',
    "iif(%pulse > 100 '/min', true, false)",
    /`iif/,
    "%pulse > 100 '/min'",
  ),
  alternative('it rests on a denied symptom', '%headache = false', /negative answer of %headache/, '%calm = false'),
  alternative(
    'it rests on one written otherwise',
    '%headache != true',
    /negative answer of %headache/,
    '%headache != false',
  ),
  alternative('it rests on any other answer', "%place != 'back'", /every other answer/, "%place = 'front'"),
  alternative('it rests on a safe answer', '%calm', /negative answer of %calm/, '%calm != true'),
  alternative(
    'it rests on a denied observation',
    '%confused = false',
    /negative answer of %confused/,
    '%confused = true',
  ),
  alternative(
    'it rests on a denying option',
    "iif(%signs.empty(), {}, %signs contains 'none')",
    /negative answer/,
    '%signStiffNeck',
  ),
  alternative(
    'a value stays unknown but the rest is negated',
    "iif(%place = 'back', {}, %place != 'front')",
    /every other/,
    "iif(%place = 'back', {}, %place in ('front' | 'back'))",
  ),
  {
    name: 'when an urgent rule negates through variables then it is refused',
    break: ({ plan }) => define(plan, 'strong', '%strength >= 7 or %fall.not()'),
    refused: { element: 'H01.H01a', reason: /`%fall\.not\(\)`/ },
    repair: ({ plan }) => define(plan, 'strong', '%strength >= 7 or %fall'),
  },
  {
    name: 'when it negates a variable then it is refused',
    break: ({ plan }) => define(plan, 'strong', '%strength >= 7 or (%signStiffNeck).not()'),
    refused: { element: 'H01.H01a', reason: /`not\(\)` over a fact/ },
  },
  {
    name: 'when it reads a variable by value that takes unknown for no then it is refused',
    break: ({ plan }) => define(plan, 'known', 'iif(%headache.empty(), {}, %headache)'),
    refused: { element: 'H01.H01b', reason: /`iif\(\)` over a fact/ },
  },
];

refuses(
  overFacts.map((mutation) => ({
    ...mutation,
    break: (base) => {
      define(base.action('H01'), 'H01a', '%headache and %strong');
      mutation.break(base);
    },
  })),
);

refuses([
  {
    name: 'when a group without raise-when-open negates then it is accepted, with it refused',
    break: ({ action }) => {
      const raise = extension(action('now'), 'raise-when-open');
      action('today').extension?.push(structuredClone(raise));
    },
    refused: { element: 'H03', reason: /`exists\(\)` over a fact/ },
  },
  {
    name: 'when a gate is negated then nothing unknown is at stake',
    break: ({ action }) => define(action('H01'), 'H01a', '%headache and %fall.not()'),
    refused: { element: 'H01.H01a', reason: /`not\(\)`/ },
    repair: ({ action }) => define(action('H01'), 'H01a', '%headache and %gatePoss.not() and %daysSinceEnd.exists()'),
  },
]);

const YES = { system: 'http://terminology.hl7.org/CodeSystem/v2-0532', code: 'Y', display: 'Yes' };
const whenFallen = [{ question: 'fall', operator: '=', answerCoding: YES }];

refuses([
  {
    name: 'when an urgent rule reads a hidden item without its condition then it is refused',
    break: ({ action }) => define(action('H01'), 'H01c', '%dazed'),
    refused: { element: 'H01.H01c', reason: /reads %dazed, which is hidden by `enableWhen` on fall/ },
    repair: ({ action }) => define(action('H01'), 'H01c', '%dazed and %strong and %fall = true'),
  },
  {
    name: 'when the condition is only one of several ways then it is refused',
    break: ({ action }) => define(action('H01'), 'H01c', '%dazed and (%fall or %strong)'),
    refused: { element: 'H01.H01c', reason: /hidden/ },
    repair: ({ action }) => define(action('H01'), 'H01c', '%fall and (%dazed or %strong)'),
  },
  {
    name: 'when a group around the item hides it then it is refused',
    break: ({ item }) => {
      put(item('groupHead'), 'enableWhen', [
        { question: 'unrousable', operator: '=', answerCoding: { ...YES, code: 'N' } },
      ]);
    },
    refused: { element: 'H01.H01a', reason: /%headache, which is hidden by `enableWhen` on unrousable/ },
  },
  {
    name: 'when the condition is another operator then it is refused',
    break: ({ item }) => put(item('dazed'), 'enableWhen', [{ ...whenFallen[0], operator: '!=' }]),
    refused: { element: 'H01.H01c', reason: /hidden/ },
  },
  {
    name: 'when a rule that raises nothing reads it then it is accepted',
    break: ({ item }) => put(item('signs'), 'enableWhen', whenFallen),
    refused: { element: 'H01.H01a', reason: /%signs/ },
    repair: ({ item }) => put(item('place'), 'enableWhen', whenFallen),
  },
]);

const threatened = (base: Base) => base.item('threatened');

function addPrivateCard({ plan }: Base): void {
  add(plan, 'private-card', {
    extension: [
      { url: 'summary', valueString: 'note to read alone' },
      { url: 'ask', valueString: 'Questions to ask alone' },
      { url: 'instruction', valueString: 'Read alone' },
    ],
  });
}

refuses([
  {
    name: 'when a rule reads a private fact then it is refused',
    break: ({ action }) => fires(action('H02'), '%strong and %threatened'),
    refused: { element: 'H02', reason: /confidential %threatened: only rules marked `private` may/ },
    repair: (base) => {
      fires(base.action('H02'), '%strong and %threatened');
      add(base.action('H02'), 'private', { valueBoolean: true });
      addPrivateCard(base);
    },
  },
  {
    name: 'when a variable reads one for a private rule to come then it is accepted',
    break: ({ action }) => fires(action('H02'), '%threatened'),
    refused: { element: 'H02', reason: /confidential %threatened/ },
    repair: ({ plan }) => define(plan, 'unsafe', '%threatened'),
  },
  {
    name: 'when an alternative of a private rule reads none then it is refused',
    break: (base) => {
      add(base.action('H02'), 'private', { valueBoolean: true });
      addPrivateCard(base);
    },
    refused: { element: 'H02', reason: /is `private`, but H02 reads no confidential fact/ },
  },
  {
    name: 'when a plan with private rules has no words for their card then it is refused',
    break: ({ action }) => {
      fires(action('H02'), '%threatened');
      add(action('H02'), 'private', { valueBoolean: true });
    },
    refused: { element: 'head', reason: /no `private-card`/ },
    repair: (base) => {
      fires(base.action('H02'), '%threatened');
      add(base.action('H02'), 'private', { valueBoolean: true });
      addPrivateCard(base);
    },
  },
  {
    name: 'when an expression reads what a private rule decides then it is refused',
    break: (base) => {
      fires(base.action('H02'), '%threatened');
      add(base.action('H02'), 'private', { valueBoolean: true });
      addPrivateCard(base);
      fires(base.action('H03'), "%headache and %firedRules contains 'H02'");
    },
    refused: { element: 'H03', reason: /'H02' is none of the codes/ },
    repair: ({ action }) => fires(action('H03'), "%headache and %firedRules contains 'H02'"),
  },
  {
    name: 'when it does through a variable then it is refused',
    break: ({ plan }) => define(plan, 'strong', '%strength >= 7 or %threatened'),
    refused: { element: 'H02', reason: /confidential %threatened/ },
  },
  {
    name: 'when an action of a rule does then it is refused',
    break: ({ action }) => fires(action('H01-lie'), '%threatened'),
    refused: { element: 'H01-lie', reason: /confidential %threatened/ },
  },
  {
    name: 'when a rule is suppressed by one then it is refused',
    break: ({ action }) =>
      put(extension(action('H03'), 'suppressed-when').valueExpression ?? {}, 'expression', '%threatened'),
    refused: { element: 'H03', reason: /confidential %threatened/ },
  },
  {
    name: 'when a card would show one then it is refused',
    break: ({ action }) => put(extension(action('H01'), 'also-show'), 'valueCode', 'threatened'),
    refused: { element: 'H01', reason: /shows the confidential %threatened/ },
  },
  {
    name: 'when what the engine looks up reads one then it is refused',
    break: ({ plan }) => define(plan, 'silent', '%quiet and %threatened'),
    refused: { element: 'silent', reason: /confidential/ },
  },
  {
    name: 'when a private item must be closed then it is refused',
    break: (base) => add(threatened(base), 'closing-when', extension(base.item('headache'), 'closing-when')),
    refused: { in: 'form', element: 'threatened', reason: /`closing-when` on a confidential item/ },
  },
  {
    name: 'when one sets a fact that is not confidential then it is refused',
    break: ({ item }) => put(extension(item('confused'), 'set-by').valueExpression ?? {}, 'expression', '%threatened'),
    refused: { in: 'form', element: 'confused', reason: /confidential %threatened/ },
  },
  {
    name: 'when a private item is not confidential itself then it is refused',
    break: (base) => remove(threatened(base), 'confidential'),
    refused: { in: 'form', element: 'threatened', reason: /not `confidential`/ },
  },
  {
    name: 'when an item of a confidential group is not confidential then it is refused',
    break: (base) => {
      remove(threatened(base), 'confidential');
      put(extension(threatened(base), 'fact-class'), 'valueCode', 'symptom');
    },
    refused: { in: 'form', element: 'threatened', reason: /confidential group/ },
  },
]);
