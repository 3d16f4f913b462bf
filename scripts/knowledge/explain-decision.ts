/** Why a Decision is as it is, in plain text: rules, alternatives, atoms, facts, evidence, unknowns. */
import { printCandidate } from '../../src/cards/print-fact.ts';
import type { Decision, RuleResult } from '../../src/decision/decision.ts';
import type { Moment } from '../../src/evidence/chart.ts';
import type { Fact, FactValue } from '../../src/evidence/fact.ts';
import type { Condition } from '../../src/knowledge/condition.ts';
import type { Truth } from '../../src/knowledge/evaluate.ts';
import type { Topic } from '../../src/knowledge/topic.ts';

/** The lines of an explanation. */
export function explainDecision(topic: Topic, decision: Decision, moment: Moment): string[] {
  const { results, level, gates, gestation } = decision;
  const all = [...results, ...decision.private.results];
  const group = topic.groups.find(({ code }) => code === level);
  const inState = (state: RuleResult['state']) => all.filter((result) => result.state === state);
  const raising = inState('open').filter(({ raised }) => raised.length > 0);
  const silentlyOpen = inState('open').filter(({ raised }) => raised.length === 0);
  return [
    `Level: ${group ? `${level} (${group.title})` : 'none'}${decision.silent ? ', nothing is said' : ''}`,
    `Gate: ${[...gates].join(', ') || 'none'}; ${gestation.known ? `${gestation.min} to ${gestation.max} completed days` : 'gestation not known'}`,
    ...inState('fires').flatMap((result) => ruleLines(result, decision, moment)),
    ...raising.flatMap((result) => ruleLines(result, decision, moment)),
    ...listed('Open, raising nothing', silentlyOpen),
    ...listed('Excluded', inState('excluded')),
    ...setAsideLines(decision),
    ...decision.evidence.unread.map((type) => `Could not be read: ${type}`),
    ...decision.failures.map(({ expression, reason }) => `Could not be evaluated: ${expression}: ${reason}`),
  ];
}

const listed = (title: string, results: RuleResult[]): string[] =>
  results.length === 0 ? [] : ['', `${title}: ${results.map(({ rule }) => rule.id).join(', ')}`];

function ruleLines({ rule, state, raised }: RuleResult, decision: Decision, moment: Moment): string[] {
  const raises = raised.map(({ level, when }) => `, raises to ${level} (${when})`).join('');
  const told = new Set<string>();
  return [
    '',
    `${rule.id} ${state === 'fires' ? 'FIRES' : 'OPEN'} [${rule.level}]${rule.private ? ' private' : ''}${raises}: ${rule.title}`,
    ...rule.alternatives.flatMap(({ id, condition }) => [
      `  ${id}: ${word(decision.evaluation.truthOf(condition))}`,
      ...treeLines(condition, '    ', { decision, moment, told }),
    ]),
  ];
}

type Telling = { decision: Decision; moment: Moment; told: Set<string> };

/** A condition with its truth, and what is in it. */
function treeLines(condition: Condition, indent: string, telling: Telling): string[] {
  const truth = word(telling.decision.evaluation.truthOf(condition));
  if (condition.kind === 'named') {
    const { name, description, condition: inner } = condition.variable;
    return [
      `${indent}%${name}: ${truth}${description ? ` – ${description}` : ''}`,
      ...treeLines(inner, `${indent}  `, telling),
    ];
  }
  if (condition.kind !== 'atom') {
    const parts = condition.parts.flatMap((part) => treeLines(part, `${indent}  `, telling));
    return [`${indent}${condition.kind}: ${truth}`, ...parts];
  }
  const { expression, reads } = condition.atom;
  return [`${indent}${expression}: ${truth}`, ...reads.flatMap((name) => factLines(name, `${indent}  `, telling))];
}

/** A fact is told once a rule; names of the engine are none. */
function factLines(name: string, indent: string, { decision, moment, told }: Telling): string[] {
  const fact = decision.facts.get(name);
  if (!fact || told.has(name)) return [];
  told.add(name);
  if (fact.value === undefined) return [`${indent}${name} unknown: ${fact.unknown}${refused(fact)}`];
  const evidence = fact.used.map((candidate) => printCandidate(candidate, moment).replaceAll('\\', ''));
  return [`${indent}${name} = ${print(fact.value)}: ${evidence.join('; ') || 'computed, or not recorded anywhere'}`];
}

const refused = ({ setAside }: Fact): string =>
  setAside.map(({ reference, reason }) => `; ${reference} was not used: ${reason}`).join('');

function print(value: FactValue): string {
  if (Array.isArray(value)) return value.join(', ');
  return typeof value === 'object' ? `${value.value} ${value.unit}` : String(value);
}

const word = (truth: Truth): string => (truth === undefined ? 'unknown' : String(truth));

function setAsideLines({ evidence, facts }: Decision): string[] {
  const all = [...evidence.setAside, ...[...facts.values()].flatMap(({ setAside }) => setAside)];
  if (all.length === 0) return [];
  const lines = all.map(({ reference, reason, fact }) => `  ${reference}: ${reason}${fact ? ` (${fact.name})` : ''}`);
  return ['', 'Read and not used:', ...new Set(lines)];
}
