/** Everything a Decision rests on, so that it can be made again from this alone (bar section 4). */

import type { CardContext } from '../cards/card-context.ts';
import { isDated, pregnancyLines } from '../cards/detail-basis.ts';
import type { Decision, RuleResult } from '../decision/decision.ts';
import type { Candidate, Fact, SetAside } from '../evidence/fact.ts';
import type { InstantRange } from '../fhir/dates.ts';
import type { Parameters, ParametersParameter } from '../fhir/types.ts';
import { printGestation } from '../pregnancy/gestation.ts';

type Part = ParametersParameter;

/** Level, rules with their truth, facts with value, time and source, and what is unknown. */
export function evidenceParameters(context: CardContext): Parameters {
  const { topic, decision, isPrivate = false } = context;
  const { gates, gestation, evidence, silent, inPathway, results } = decision;
  const shown = [...decision.facts.values()].filter(({ definition }) => definition.confidential === isPrivate);
  const setAside = isPrivate ? [] : evidence.setAside;
  return {
    resourceType: 'Parameters',
    parameter: [
      ...levelParts(context),
      { name: 'plan', valueCanonical: `${topic.url}|${topic.version}` },
      { name: 'silent', valueBoolean: silent },
      { name: 'inPathway', valueBoolean: inPathway },
      ...[...gates].map((gate) => code('gate', gate)),
      ...(gestation.known ? gestationDays(decision) : []),
      ...(gestation.known && isDated(decision) ? [text('gestation', printGestation(gestation))] : []),
      ...pregnancyLines(context).map((line) => ({ name: 'pregnancy', valueMarkdown: line })),
      ...results.map(rulePart),
      ...shown.filter(({ value }) => value !== undefined).map(factPart),
      ...shown.filter(({ value, definition }) => value === undefined && !definition.readOnly).map(unknownPart),
      ...evidence.unread.map((type) => code('unread', type)),
      ...[...setAside, ...shown.flatMap((fact) => fact.setAside)].map(setAsidePart),
    ],
  };
}

const code = (name: string, valueCode: string): Part => ({ name, valueCode });
const text = (name: string, valueString: string): Part => ({ name, valueString });

/** The level as a code and as a card says it; `levelRank` counts the levels of the plan, 1 is the most urgent. */
function levelParts({ topic, decision: { level } }: CardContext): Part[] {
  const group = topic.groups.find((one) => one.code === level);
  if (level === undefined || !group) return [];
  return [
    code('level', level),
    text('levelTitle', group.title),
    code('indicator', group.indicator),
    { name: 'levelRank', valuePositiveInt: topic.groups.indexOf(group) + 1 },
  ];
}

/** An interval of completed days. */
const gestationDays = ({ gestation }: Decision): Part[] => [
  { name: 'gestationMin', valueInteger: gestation.min },
  { name: 'gestationMax', valueInteger: gestation.max },
];

function rulePart({ rule, state, because, open, raised, suppressed, fired }: RuleResult): Part {
  const read = [...new Set(because.flatMap(({ reads }) => reads))];
  const missing = [...new Set(open.flatMap(({ unknown }) => unknown.map(({ name }) => name)))];
  return {
    name: 'rule',
    part: [
      code('id', rule.id),
      text('title', rule.title),
      code('level', rule.level),
      code('state', state),
      ...(suppressed ? [{ name: 'suppressed', valueBoolean: true }] : []),
      ...fired.map(({ id }) => code('alternative', id)),
      ...read.map((name) => code('because', name)),
      ...raised.map((one) => code('raises', one.level)),
      ...missing.map((name) => code('missing', name)),
    ],
  };
}

function factPart(fact: Fact): Part {
  const { definition, used } = fact;
  return {
    name: 'fact',
    part: [
      code('name', definition.name),
      text('label', definition.label),
      ...valueParts(fact),
      ...used.map((candidate) => ({ name: 'source', part: sourceParts(candidate) })),
    ],
  };
}

function valueParts({ definition, value }: Fact): Part[] {
  if (typeof value === 'boolean') return [{ name: 'value', valueBoolean: value }];
  if (typeof value === 'number') return [{ name: 'value', valueDecimal: value }];
  if (typeof value === 'string') {
    return [definition.kind === 'date' ? { name: 'value', valueDateTime: value } : code('value', value)];
  }
  if (Array.isArray(value)) return value.map((one) => code('value', one));
  if (!value) return [];
  const { system } = value.comparable;
  return [{ name: 'value', valueQuantity: { value: value.value, unit: value.unit, system, code: value.unit } }];
}

const sourceParts = ({ reference, source, recorded, at }: Candidate): Part[] => [
  { name: 'reference', valueReference: { reference } },
  code('kind', source),
  text('recorded', recorded),
  ...time(at),
];

/** A partial date is the whole day, month or year. */
function time(at: InstantRange | undefined): Part[] {
  if (!at) return [];
  const [start, end] = [new Date(at.from).toISOString(), new Date(at.to).toISOString()];
  return [start === end ? { name: 'at', valueDateTime: start } : { name: 'at', valuePeriod: { start, end } }];
}

const unknownPart = ({ definition, unknown }: Fact): Part => ({
  name: 'unknown',
  part: [
    code('name', definition.name),
    text('label', definition.label),
    text('question', definition.question),
    ...(unknown === undefined ? [] : [code('reason', unknown)]),
  ],
});

const setAsidePart = ({ reference, reason, fact, at }: SetAside): Part => ({
  name: 'setAside',
  part: [
    { name: 'reference', valueReference: { reference } },
    code('reason', reason),
    ...(fact ? [code('name', fact.name)] : []),
    ...time(at),
  ],
});
