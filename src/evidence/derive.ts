/** Facts computed from other statements: a derivation adds a statement of its own to the fact (knowledge/derivation). */
import type { Derivation } from '../knowledge/derivation.ts';
import type { FactDefinition } from '../knowledge/fact-definition.ts';
import { oncePer } from '../knowledge/once-per.ts';
import type { Topic } from '../knowledge/topic.ts';
import type { Collector } from './collector.ts';
import type { Computed } from './computed.ts';
import { countOf, type Said } from './derive-count.ts';
import { fallFromUsual, fallOf, pairRatio, riseOf } from './derive-numbers.ts';
import type { Candidate } from './fact.ts';
import { type Reading, readingsOf } from './readings.ts';
import { type ResolveAt, resolve } from './resolve.ts';
import { readStatement } from './statement.ts';

type Deriving = { topic: Topic; collector: Collector; at: ResolveAt; read: ReadonlySet<string> };

/** Adds what can be computed to the candidates of the facts that ask for it. */
export function derive(topic: Topic, collector: Collector, at: ResolveAt, read: ReadonlySet<string>): void {
  for (const { fact, derivation } of derivedFacts(topic.facts)) {
    const own = collector.candidates.get(fact.name) ?? [];
    const computed = computedBy(fact, derivation, own, { topic, collector, at, read });
    // Statements that are counted are not believed one by one.
    const kept = derivation.kind === 'count' ? [] : own;
    collector.candidates.set(fact.name, computed ? [...kept, ...asCandidate(fact, computed)] : kept);
  }
}

const derivedFacts = oncePer((facts: FactDefinition[]) =>
  facts.flatMap((fact) => (fact.derivation ? [{ fact, derivation: fact.derivation }] : [])),
);

function computedBy(
  fact: FactDefinition,
  derivation: Derivation,
  own: Candidate[],
  { topic, collector, at, read }: Deriving,
): Computed | undefined {
  if (derivation.kind === 'count') {
    return countOf(
      derivation,
      [...own, ...saidWithoutValue(fact, collector)],
      at.now,
      fact.sources.every(({ resource }) => read.has(resource)),
    );
  }
  const of = topic.factByName.get(derivation.of);
  const candidates = collector.candidates.get(derivation.of) ?? [];
  if (!of || candidates.length === 0) return undefined;
  const readings = readingsOf(candidates, at.now);
  switch (derivation.kind) {
    case 'rise':
      return riseOf(derivation, readings);
    case 'fall':
      return fallOf(derivation, readings);
    case 'pair-ratio':
      return pairRatio(derivation, readings);
    case 'fall-from-usual':
      return fallFromUsual(derivation, readings, current(readings, resolve(of, candidates, at).used));
  }
}

/** Answers that settle nothing ("not sure") of resources that are used: they too were said at a contact. */
const saidWithoutValue = (fact: FactDefinition, { setAside }: Collector): Said[] =>
  setAside.flatMap(({ fact: of, source, reference, at }) =>
    of === fact && source !== undefined ? [{ reference, at }] : [],
  );

/** The reading that holds now. */
const current = (readings: Reading[], used: readonly Candidate[]): Reading | undefined =>
  readings.find(({ candidate }) => used.includes(candidate));

function asCandidate(fact: FactDefinition, { value, recorded, at, from }: Computed): Candidate[] {
  const statement = readStatement(fact, valueFor(fact, value));
  if (typeof statement === 'string') return [];
  const reference = [...new Set(from.map((candidate) => candidate.reference))].join(', ');
  const range = { from: at, to: at };
  const { value: found, sign, complete } = statement;
  return [
    { fact, reference, source: 'computed', value: found, sign, recorded, at: range, complete, positivesOnly: false },
  ];
}

function valueFor({ kind, unit }: FactDefinition, value: number | boolean) {
  if (typeof value === 'boolean') return { boolean: value };
  return kind === 'quantity' ? { quantity: { value, code: unit ?? '1' } } : { number: value };
}
