/** One question about several things: any yes is yes; no only when each of them is denied (spec B.1 "Compound items"). */
import type { FactDefinition } from '../knowledge/fact-definition.ts';
import type { Candidate } from './fact.ts';

/** Leaves out denials of a part, unless every part is denied. Parts that no code speaks of are never denied. */
export function withoutParts({ sources }: FactDefinition, fresh: Candidate[]): Candidate[] {
  if (!sources.some(({ part }) => part !== undefined)) return fresh;
  const denied = new Set(fresh.filter(({ sign }) => sign === 'negative').map(({ via }) => via?.part));
  const whole = sources.every(({ part }) => part === undefined || denied.has(part));
  return whole ? fresh : fresh.filter(({ sign, via }) => sign !== 'negative' || via?.part === undefined);
}
