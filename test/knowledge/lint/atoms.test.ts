/** Expressions: the language, the forms, the functions, and what fits which item. */
import { type Base, define, extension, fires, type Mutation, put, refuses } from './base.ts';

/** A variable of the plan whose expression is not to be, and one that is. */
const written = (name: string, expression: string, reason: RegExp, right: string): Mutation => ({
  name: `when ${name} then the variable is refused`,
  break: ({ plan }) => define(plan, 'added', expression),
  refused: { element: 'added', reason },
  repair: ({ plan }) => define(plan, 'added', right),
});

const ofPlan = ({ plan }: Base) => extension(plan, 'variable').valueExpression ?? {};

refuses([
  written('an expression does not parse', '%headache and (', /does not parse/, '%headache and (%fall)'),
  written(
    'an expression holds a comment',
    '%headache // and %fall',
    /comments are not read/,
    "%place = 'back' or %fall",
  ),
  written(
    'a comment stands inside it',
    '%headache /* now */ and %fall',
    /comments are not read/,
    '%headache and %fall',
  ),
  {
    name: 'when a variable is a FHIR search then it is refused',
    break: (base) => put(ofPlan(base), 'language', 'application/x-fhir-query'),
    refused: { element: 'signStiffNeck', reason: /language is application\/x-fhir-query/ },
  },
  {
    name: 'when a variable has no name then it is refused, for it would be ignored',
    break: (base) => put(ofPlan(base), 'name', undefined),
    refused: { element: 'variable', reason: /has no name/ },
  },
  {
    name: 'when an expression is empty then it is refused',
    break: ({ item }) => put(extension(item('headache'), 'closing-when').valueExpression ?? {}, 'expression', ' '),
    refused: { in: 'form', element: 'headache', reason: /no text/ },
  },
  {
    name: 'when a condition has no expression then it is refused',
    break: ({ action }) => put(action('H02').condition?.[0] ?? {}, 'expression', undefined),
    refused: { element: 'H02', reason: /no expression/ },
  },
  {
    name: 'when an expression of an item does not parse then the file of the item is named',
    break: ({ item }) =>
      put(extension(item('strength'), 'closed-by').valueExpression ?? {}, 'expression', '%strength <='),
    refused: { in: 'form', element: 'strength', reason: /does not parse/ },
  },
]);

refuses([
  written('a choice stands bare', '%place', /true whatever the answer/, "%place = 'front'"),
  written('a number stands bare', '%strength', /no yes\/no fact but a number/, '%strength >= 1'),
  written(
    'a yes/no fact is compared with a code',
    "%headache = 'Y'",
    /compare it with true or false/,
    '%headache = true',
  ),
  written('a choice is compared with what is no option', "%place = 'side'", /none of the codes/, "%place = 'back'"),
  written('a choice is compared with "not sure"', "%place = 'notSure'", /none of the codes/, "%place = 'back'"),
  written('a choice is ordered', "%place > 'back'", /no order/, "%place != 'back'"),
  written(
    'a choice is searched for what is no option',
    "%place in ('back' | 'top')",
    /'top' is none/,
    "%place in ('back' | 'front')",
  ),
  written('a yes/no fact is ordered', '%headache > true', /no order/, '%headache = true'),
  written('a number is compared with a quantity', "%strength >= 7 '1'", /plain number/, '%strength >= 7'),
  written('a quantity is compared with a number', '%pulse > 100', /quantity in '\/min'/, "%pulse > 100 '/min'"),
  written('a unit cannot be compared', "%pulse > 100 'mm[Hg]'", /'mm\[Hg\]' cannot be compared/, "%pulse > 2 '/s'"),
  written('a unit is a calendar word', '%pulse > 100 days', /has no such unit/, "%pulse > 100 '{beats}/min'"),
  written('a date is read', '%dueDate.exists()', /cannot read dates/, '%pulse.exists()'),
  written('the gate is compared with a code', "%gatePreg = 'PREG'", /true or false/, '%gatePreg = true'),
  written(
    'the status has no such code',
    "%pregnancyStatus = 'maybe'",
    /'maybe' is none/,
    "%pregnancyStatus = 'possible'",
  ),
  written(
    'a list of levels has no such level',
    "%reached contains 'never'",
    /'never' is none/,
    "%reached contains 'now'",
  ),
  written('a list of rules has no such rule', "%firedRules contains 'H99'", /'H99' is none/, "'H01' in %firedRules"),
  written('a list is compared', "%reached = 'now'", /use `contains`/, "%reached contains 'now'"),
  written('two facts are compared', '%strength > %gestationMin', /literal on its right/, '%strength > 3'),
  written('the literal comes first', '7 <= %strength', /fact on its left/, '%strength >= 7'),
  written('a count is compared with a code', "%signs.count() > 'a'", /plain number/, '%signs.count() > 1'),
]);

const oneOption = "iif(%signs.empty(), {}, %signs contains 'rash')";
refuses([
  written('a multiple choice is searched bare', "%signs contains 'rash'", /unanswered counts as no/, oneOption),
  written('an option is looked for in it', "'rash' in %signs", /unanswered counts as no/, oneOption),
  written('it is compared', "%signs = 'rash'", /unanswered counts as no/, oneOption),
  written(
    'its guard gives something else than unknown',
    "iif(%signs.empty(), false, %signs contains 'rash')",
    /unanswered counts as no/,
    oneOption,
  ),
  written('the guard stands inside another form', `${oneOption}.not()`, /alone between/, `${oneOption} or %headache`),
  written('it has no such option', "iif(%signs.empty(), {}, %signs contains 'x')", /no option/, oneOption),
  written(
    'a single choice is guarded so',
    "iif(%place.empty(), {}, %place contains 'back')",
    /no multiple/,
    "%place = 'back'",
  ),
]);

refuses(
  [
    ['today() > @2026-01-01', /`today\(\)` reads the clock/],
    ['now() > @2026-01-01T00:00:00Z', /`now\(\)` reads the clock/],
    ['timeOfDay() > @T12:00', /`timeOfDay\(\)` reads the clock/],
    ["%place.matches('b.*')", /regular expression/],
    ["%place.matchesFull('b.*')", /regular expression/],
    ["%place.replaceMatches('b', 'a') = 'a'", /regular expression/],
    ['%headache xor %fall', /`xor` is not read/],
    ['%headache implies %fall', /`implies` is not read/],
    ['%headache.resolve().exists()', /reads beyond the facts/],
    ["%place.memberOf('http://example.org/lint/ValueSet/v')", /reads beyond the facts/],
    ['%signs.repeat($this).exists()', /`repeat\(\)` is not among the functions/],
    ['%signs.descendants().exists()', /`descendants\(\)` is not among/],
    ['%signs.where($this = 1).exists()', /`where\(\)` is not among/],
    ["%place ~ 'back'", /`~` is not read/],
    ['%pulse.value > 3', /fact on its left/],
    ['%signs[0].exists()', /not read here/],
    ['iif(%headache)', /takes a condition and one or two results/],
    ["%pulse.exists(%x > 3 '/min')", /not read in this form/],
  ].map(([expression, reason]) =>
    written(`rules use \`${expression}\``, String(expression), reason as RegExp, '%headache and %fall'),
  ),
);

refuses([
  {
    name: 'when a rule reads a choice bare then the rule is named',
    break: ({ action }) => fires(action('H02'), '%strong and %place'),
    refused: { element: 'H02', reason: /true whatever the answer/ },
    repair: ({ action }) => fires(action('H02'), "%strong and %place = 'front'"),
  },
  {
    name: 'when a value that only a chart states is compared then it is an option',
    break: ({ action }) => fires(action('H02'), "%place = 'inside'"),
    refused: { element: 'H02', reason: /'inside' is none/ },
    repair: ({ item, action }) => {
      const source = extension(item('migraine'), 'fact-source');
      const limbs = (source.extension ?? []).filter(({ url }) => url !== 'history');
      const place = item('place');
      place.extension = [
        ...(place.extension ?? []),
        { ...source, extension: [...limbs, { url: 'value', valueCode: 'inside' }] },
      ];
      fires(action('H02'), "%place = 'inside'");
    },
  },
]);
