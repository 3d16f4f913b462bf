/** A rule has everything that a clinician needs to judge it, and names only what exists. */
import { milliseconds } from '../../fhir/durations.ts';
import { extensionsNamed, extensionTexts } from '../../fhir/extensions.ts';
import type { PlanDefinitionAction, RelatedArtifact } from '../../fhir/types.ts';
import type { Problem } from '../sources.ts';
import { problems, type Subject } from './subject.ts';
import { textsOf, toldCodes, untold } from './told-texts.ts';

/** Findings about the rules of a plan. */
export function incompleteRules(subject: Subject): Problem[] {
  const known = knownNames(subject);
  return rulesOf(subject).flatMap((rule) =>
    problems(subject.file, rule.id ?? rule.title ?? 'rule', [
      ...missingParts(rule),
      ...alternativesWithout(rule),
      ...(rule.documentation ?? []).flatMap(wrongCitation),
      ...unknownReferences(rule, known),
      ...endlessLimit(rule),
    ]),
  );
}

type Known = {
  facts: ReadonlySet<string>;
  named: ReadonlySet<string>;
  rules: ReadonlySet<string>;
  texts: ReadonlySet<string>;
};

function knownNames({ topic, plan }: Subject): Known {
  const facts = new Set(topic.factByName.keys());
  return {
    facts,
    named: new Set([...facts, ...topic.variableByName.keys()]),
    rules: new Set(topic.allGroups.flatMap(({ rules }) => rules.map(({ id }) => id))),
    texts: textsOf(plan),
  };
}

/** Other units have no fixed length, and the level's own limit would be taken in silence. */
const endlessLimit = ({ timingDuration }: PlanDefinitionAction): string[] =>
  timingDuration && milliseconds(timingDuration) === undefined
    ? ['`timingDuration` has no fixed length: use wk, d, h or min']
    : [];

const rulesOf = ({ plan }: Subject): PlanDefinitionAction[] =>
  (plan.action ?? []).flatMap(({ action = [] }) => action.flatMap((group) => group.action ?? []));

function missingParts({ id, title, textEquivalent, code, documentation }: PlanDefinitionAction): string[] {
  const parts: [unknown, string][] = [
    [id, 'id'],
    [title, 'title (the name of the finding)'],
    [textEquivalent, 'textEquivalent (why)'],
    [code?.[0]?.coding?.[0]?.code, 'topic code'],
    [documentation?.length, 'documentation (a citation)'],
  ];
  return parts.filter(([part]) => !part).map(([, name]) => `the rule has no ${name}`);
}

/** Other engines read the condition, this one the alternatives: they must say the same. */
function alternativesWithout(rule: PlanDefinitionAction): string[] {
  const names = extensionsNamed(rule, 'variable').flatMap(({ valueExpression }) => valueExpression?.name ?? []);
  if (rule.condition?.length !== 1) return ['a rule has one condition; without it, it would never fire'];
  const written = rule.condition[0]?.expression?.expression?.replace(/\s+/g, ' ').trim();
  const meant = names.map((name) => `%${name}`).join(' or ');
  return names.length === 0 || written === meant
    ? []
    : [`the condition is not the \`or\` of the alternatives: ${meant}`];
}

function wrongCitation({ label, display, url }: RelatedArtifact): string[] {
  const parts: [unknown, string][] = [
    [label, 'label'],
    [display, 'display'],
    [url, 'url'],
  ];
  const missing = parts.filter(([part]) => !part).map(([, name]) => `a citation has no ${name}`);
  // Links of cards are https; example.org is documentation that stands beside the knowledge.
  const isSafe = !url || /^https:\/\//.test(url) || /^http:\/\/example\.org\//.test(url);
  if (!isSafe) return [...missing, `the url of a citation is not https: ${url}`];
  return !url || isReadable(url) ? missing : [...missing, `the url of a citation cannot be read: ${url}`];
}

/** Cards decode and encode it again. */
function isReadable(url: string): boolean {
  try {
    return URL.canParse(decodeURI(url));
  } catch {
    return false;
  }
}

function unknownReferences(rule: PlanDefinitionAction, { facts, named, rules, texts }: Known): string[] {
  const shown = extensionTexts(rule, 'also-show');
  const [twin] = extensionTexts(rule, 'twin-of');
  const discriminating = extensionsNamed(rule, 'variable').flatMap(({ valueExpression }) =>
    extensionTexts(valueExpression, 'discriminating'),
  );
  return [
    ...untold(toldCodes([rule, ...(rule.action ?? [])]), texts),
    ...shown.filter((name) => !facts.has(name)).map((name) => `\`also-show\` ${name} is no fact`),
    ...discriminating
      .filter((name) => !named.has(name))
      .map((name) => `\`discriminating\` ${name} is no fact or variable`),
    ...(twin !== undefined && (!rules.has(twin) || twin === rule.id) ? [`\`twin-of\` ${twin} is no other rule`] : []),
  ];
}
