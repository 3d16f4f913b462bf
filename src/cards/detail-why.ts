/** "Why": each rule with its reason, then each fact with value, time and source. */
import type { RaisedBy, RuleResult } from '../decision/decision.ts';
import type { Fact } from '../evidence/fact.ts';
import type { Atom } from '../knowledge/condition.ts';
import type { CardContext } from './card-context.ts';
import { escapedWords } from './escape.ts';
import { printFacts } from './print-fact.ts';
import { bullet, type Section, subBullet } from './section.ts';
import { mergedTwins, printedRules } from './selection.ts';

/** Findings of the first level, then "also" lines grouped by level. */
export function whySection(context: CardContext): Section {
  const printed = printedRules(context.decision.results);
  const lines = context.findings.flatMap(({ group, fired, raised, settled }, at) => {
    const rules = [
      ...fired
        .filter((result) => printed.includes(result))
        .flatMap((result) => firedLines(result, mergedTwins(result, context.decision.results, printed), context)),
      ...raised.flatMap(({ result, by }) => raisedLines(result, by, context)),
    ];
    const also = settled ? 'Dealt with' : 'Also';
    const heading = at === 0 || rules.length === 0 ? [] : [bullet(`${also}: ${escapedWords(group.title)}`)];
    return at === 0 ? rules : [...heading, ...rules.map((line) => `  ${line}`)];
  });
  return { title: 'Why', lines };
}

function firedLines(result: RuleResult, twins: RuleResult[], context: CardContext): string[] {
  const { rule } = result;
  const merged = [result, ...twins];
  const ids = merged.map((each) => escapedWords(each.rule.id)).join(', ');
  return [
    bullet(`**${escapedWords(rule.title)}** (${ids}): ${prefix(result, context)}${escapedWords(rule.why)}`),
    ...factLines(
      merged.flatMap(({ because }) => because),
      merged.flatMap((each) => each.rule.alsoShow),
      context,
    ),
  ];
}

function raisedLines(result: RuleResult, { when, open }: RaisedBy, context: CardContext): string[] {
  const { rule } = result;
  const missing = [...new Set(open.flatMap(({ unknown }) => unknown.map(({ label }) => label)))];
  const verb = when === 'measured' ? 'not recorded' : 'not known';
  return [
    bullet(
      `**Cannot exclude ${escapedWords(rule.title)}** (${escapedWords(rule.id)}): ${prefix(result, context)}${verb}: ${missing.map(escapedWords).join(', ')}`,
    ),
    ...factLines(
      open.flatMap(({ discriminating }) => discriminating),
      [],
      context,
    ),
  ];
}

/** Facts read by the atoms that are true, each once; confidential ones on the private card only. */
export function factLines(atoms: Atom[], alsoShow: string[], context: CardContext): string[] {
  const names = new Set<string>();
  for (const { reads } of atoms) for (const name of reads) names.add(name);
  for (const name of alsoShow) names.add(name);
  const facts: Fact[] = [];
  for (const name of names) {
    const fact = context.decision.facts.get(name);
    const mayPrint = context.isPrivate || !fact?.definition.confidential;
    if (fact && fact.value !== undefined && mayPrint) facts.push(fact);
  }
  return printFacts(facts, context.moment).map(subBullet);
}

/** Said before anything that a rule says while the gestation is unknown (spec C.4). */
export function prefix({ rule }: RuleResult, { decision, topic }: CardContext): string {
  const expecting = decision.gates.has('PREG') || decision.gates.has('POSS');
  const text = rule.gestationUnknownText ?? topic.gestationUnknownText;
  return decision.gestation.known || !expecting || !text ? '' : `${escapedWords(text)}. `;
}
