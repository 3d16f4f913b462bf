/** What is known of the rules so far, as the next group of them may ask it. */
import type { Bindings } from '../fhir/fhirpath.ts';
import type { DecisionName } from '../knowledge/names.ts';
import type { RuleResult } from './decision.ts';

type RuleName = Exclude<DecisionName, 'closingUnanswered' | 'allClosed'>;

/** Names over the results of rules; as long as nothing fires or stands open they are what they are when unknown. */
export function createDecisionNames() {
  const names: Record<RuleName, string[]> = { reached: [], raised: [], openDiscriminating: [], firedRules: [] };
  let changed = false;

  function note(name: RuleName, text: string): void {
    if (names[name].includes(text)) return;
    names[name].push(text);
    changed = true;
  }

  return {
    add({ state, rule, open, raised }: RuleResult): void {
      if (state === 'excluded') return;
      if (state === 'fires') {
        note('reached', rule.level);
        note('firedRules', rule.id);
      }
      for (const { level } of raised) note('raised', level);
      if (open.some(({ discriminating }) => discriminating.length > 0)) note('openDiscriminating', rule.level);
    },
    /** The names, if they are others than the last time. */
    changed(): Bindings | undefined {
      if (!changed) return undefined;
      changed = false;
      // Copies: what was bound once may have been read.
      return {
        reached: [...names.reached],
        raised: [...names.raised],
        openDiscriminating: [...names.openDiscriminating],
        firedRules: [...names.firedRules],
      };
    },
  };
}
