/** Names that the engine gives to expressions (design/architecture section 2); none of them is clinical. */

/** Known before the decision: pregnancy, gate, setting, form. */
export const CONTEXT_NAMES = [
  'gatePreg',
  'gatePoss',
  'gateDiscord',
  'gateEnded',
  'gateLatePost',
  'gateOut',
  'pregnancyStatus',
  'gestationKnown',
  'gestationMin',
  'gestationMax',
  'daysSinceEnd',
  'datingConflict',
  'faceToFace',
  'responseStatus',
  'responseHours',
] as const;

/** Given by the decision while level groups are evaluated from the top. */
export const DECISION_NAMES = [
  'reached',
  'raised',
  'openDiscriminating',
  'firedRules',
  'closingUnanswered',
  'allClosed',
] as const;

export type ContextName = (typeof CONTEXT_NAMES)[number];
export type DecisionName = (typeof DECISION_NAMES)[number];

/** When a name is bound: what reads later names is forgotten when they change. `order`: anew for each draft order. */
export type Stage = 'facts' | 'gate' | 'decision' | 'order';

export const STAGES: readonly Stage[] = ['facts', 'gate', 'decision', 'order'];

/** The stage at which a name is bound. */
export function stageOf(name: string): Stage {
  if (GATE_DEPENDENT.has(name)) return 'gate';
  return (DECISION_NAMES as readonly string[]).includes(name) ? 'decision' : 'facts';
}

/** Variables of the plan that the engine looks up by name when present. */
export const LOOKED_UP = {
  discord: 'discord',
  discordEarly: 'discordEarly',
  endedStillPossible: 'endedStillPossible',
  inPathway: 'inPathway',
  silent: 'silent',
} as const;

/** Names that a variable read before the gate may not use: they depend on the gate. */
export const GATE_DEPENDENT: ReadonlySet<string> = new Set<ContextName>([
  'gatePreg',
  'gatePoss',
  'gateDiscord',
  'gateEnded',
  'gateLatePost',
  'gateOut',
  'gestationKnown',
  'gestationMin',
  'gestationMax',
]);
