/** What the names that the engine gives mean (docs/knowledge-format.md), in words. */
import type { ContextName, DecisionName } from '../../knowledge/names.ts';

export const CONTEXT_WORDS: Record<ContextName, string> = {
  gatePreg: 'gate PREG (pregnant)',
  gatePoss: 'gate POSS (pregnancy possible)',
  gateDiscord: 'signs of pregnancy against a record that denies it',
  gateEnded: 'gate ENDED (a pregnancy ended at most 42 days ago)',
  gateLatePost: 'gate LATEPOST (ended 43 to 365 days ago)',
  gateOut: 'gate OUT (outside the pathway)',
  pregnancyStatus: 'pregnancy status',
  gestationKnown: 'gestation known',
  gestationMin: 'lowest possible gestation',
  gestationMax: 'highest possible gestation',
  daysSinceEnd: 'days since the end of the pregnancy',
  datingConflict: 'sources of dating disagree',
  faceToFace: 'face to face',
  responseStatus: 'status of the triage form',
  responseHours: 'age of the triage form in hours',
};

/** `contains 'x'` of a list that the decision gives. */
export const LIST_WORDS: Record<
  Exclude<DecisionName, 'closingUnanswered' | 'allClosed'>,
  (member: string) => string
> = {
  reached: (level) => `a rule of the level “${level}” fires`,
  raised: (level) => `an open rule raises to “${level}”`,
  openDiscriminating: (level) => `a rule of the level “${level}” is open with a sign of danger`,
  firedRules: (rule) => `rule ${rule} fires`,
};

/** The same lists without a member. */
export const ANY_WORDS: Record<keyof typeof LIST_WORDS, string> = {
  reached: 'a rule of some level fires',
  raised: 'an open rule raises a level',
  openDiscriminating: 'a rule is open with a sign of danger',
  firedRules: 'some rule fires',
};

export const DECISION_WORDS = {
  closingUnanswered: 'a needed safety question is not answered',
  allClosed: 'every needed safety question is closed',
};
