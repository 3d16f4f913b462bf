/** The rules whose actions and texts stand on the card. */
import type { RuleResult } from '../decision/decision.ts';
import type { CardContext } from './card-context.ts';
import { printedRules } from './selection.ts';

/** What was dealt with is not proposed again. Fired rules in order of urgency, then rules that were raised: what they would do is not proposed, their texts are told. */
export function spokenRules({ decision, findings }: CardContext): RuleResult[] {
  const printed = printedRules(decision.results);
  return findings
    .filter(({ settled }) => !settled)
    .flatMap(({ fired, raised }) => [
      ...fired.filter((result) => printed.includes(result)),
      ...raised.map(({ result }) => ({ ...result, actions: [] })),
    ]);
}
