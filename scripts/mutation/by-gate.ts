/** What the gate alone decides of a condition: a proof that some mutants change nothing, whatever the facts are. */
import type { Atom, Condition } from '../../src/knowledge/condition.ts';
import type { Truth } from '../../src/knowledge/evaluate.ts';
import type { Gate } from '../../src/knowledge/topic.ts';

const NAMES: Readonly<Record<string, Gate>> = {
  '%gatePreg': 'PREG',
  '%gatePoss': 'POSS',
  '%gateEnded': 'ENDED',
  '%gateLatePost': 'LATEPOST',
  '%gateOut': 'OUT',
};

/** The truth of a condition when only the gates are known; what stays undefined depends on more. */
export function truthByGate(condition: Condition, gates: ReadonlySet<Gate>): Truth {
  if (condition.kind === 'atom') return atomByGate(condition.atom, gates);
  if (condition.kind === 'named') return truthByGate(condition.variable.condition, gates);
  const truths = condition.parts.map((part) => truthByGate(part, gates));
  const deciding = condition.kind === 'or';
  if (truths.includes(deciding)) return deciding;
  return truths.includes(undefined) ? undefined : !deciding;
}

/** Bare names of gates only: anything else may be anything. */
function atomByGate({ expression }: Atom, gates: ReadonlySet<Gate>): Truth {
  const gate = NAMES[expression];
  return gate && gates.has(gate);
}
