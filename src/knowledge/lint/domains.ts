/** What each name of a topic may hold: the domains against which expressions are checked. */
import type { FactDefinition } from '../fact-definition.ts';
import type { ContextName, DecisionName } from '../names.ts';
import type { Topic } from '../topic.ts';

export type Domain =
  | { kind: 'yes-no' }
  | { kind: 'number' }
  | { kind: 'date' }
  | { kind: 'quantity'; unit: string }
  /** One code, several codes of a multiple choice, or the codes of a list that the engine gives (never unknown). */
  | { kind: 'choice' | 'choices' | 'codes'; values: ReadonlySet<string> };

/** Domains by name; of equal names the engine's wins. */
export type Domains = ReadonlyMap<string, Domain>;

const YES_NO: Domain = { kind: 'yes-no' };
const NUMBER: Domain = { kind: 'number' };

/** All names that expressions of a topic may read. */
export function domainsOf(topic: Topic): Domains {
  const alternatives = topic.allGroups.flatMap(({ rules }) => rules.flatMap((rule) => rule.alternatives));
  return new Map<string, Domain>([
    ...[...topic.factByName.values()].map((fact): [string, Domain] => [fact.name, domainOf(fact)]),
    ...alternatives.map(({ id }): [string, Domain] => [id, YES_NO]),
    ...topic.variables.map(({ name }): [string, Domain] => [name, YES_NO]),
    ...topic.siteSettings.map(({ name, options }): [string, Domain] => {
      return [name, { kind: 'choice', values: new Set(options) }];
    }),
    ...Object.entries(engineDomains(topic)),
  ]);
}

function domainOf({ kind, unit = '1', options, sources }: FactDefinition): Domain {
  if (kind === 'boolean') return YES_NO;
  if (kind === 'quantity') return { kind, unit };
  if (kind === 'number' || kind === 'date') return { kind };
  const answers = options.flatMap(({ value }) => (typeof value === 'string' ? value : []));
  const charted = sources.flatMap(({ value, map }) => [...(value === undefined ? [] : [value]), ...map.values()]);
  const unsure = new Set(options.filter(({ value }) => value === undefined).map(({ coding }) => coding.code));
  return { kind, values: new Set([...answers, ...charted.filter((code) => !unsure.has(code))]) };
}

function engineDomains({ groups }: Topic): Record<ContextName | DecisionName, Domain> {
  const levels: Domain = { kind: 'codes', values: new Set(groups.map(({ code }) => code)) };
  // What private rules decide is told to no expression.
  const rules = groups.flatMap((group) => group.rules.filter((rule) => !rule.private).map(({ id }) => id));
  return {
    gatePreg: YES_NO,
    gatePoss: YES_NO,
    gateDiscord: YES_NO,
    gateEnded: YES_NO,
    gateLatePost: YES_NO,
    gateOut: YES_NO,
    pregnancyStatus: { kind: 'choice', values: new Set(['pregnant', 'possible', 'not', 'ended', 'unknown']) },
    gestationKnown: YES_NO,
    gestationMin: NUMBER,
    gestationMax: NUMBER,
    daysSinceEnd: NUMBER,
    datingConflict: YES_NO,
    faceToFace: YES_NO,
    responseStatus: { kind: 'choice', values: new Set(['none', 'in-progress', 'completed']) },
    responseHours: NUMBER,
    reached: levels,
    raised: levels,
    openDiscriminating: levels,
    firedRules: { kind: 'codes', values: new Set(rules) },
    closingUnanswered: YES_NO,
    allClosed: YES_NO,
  };
}
