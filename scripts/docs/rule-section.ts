/** One rule in words. */
import { atomsOf } from '../../src/knowledge/condition.ts';
import type { LevelGroup, Rule, Topic } from '../../src/knowledge/topic.ts';
import { length } from './durations.ts';
import { blocks, code, points, table } from './markdown.ts';
import { openWords } from './open-words.ts';
import type { PlanFacts } from './plan-texts.ts';
import { actionWords, sourceWords, textWords } from './rule-parts.ts';
import { conditionWords, fhirpath } from './words.ts';

/** A rule of a group. */
export function ruleSection(rule: Rule, group: LevelGroup, topic: Topic, plan: PlanFacts): string {
  const section = (title: string, lines: string[]) =>
    lines.length > 0 ? `**${title}**\n\n${points(lines)}` : undefined;
  return blocks(
    `### ${rule.id}: ${rule.title}`,
    rule.why,
    points([...about(rule, group, topic), `review due ${plan.due.get(rule.id)}`]),
    alternativesTable(rule, group, topic),
    section(
      'Actions',
      rule.actions.map((action) => actionWords(action, topic, plan)),
    ),
    section(
      'Tells the patient',
      rule.patientTexts.map((text) => textWords(text, plan)),
    ),
    section('Sources', rule.citations.map(sourceWords)),
  );
}

function about(rule: Rule, { indicator, limit: ofLevel }: LevelGroup, topic: Topic): string[] {
  const limit = rule.limit ?? ofLevel;
  const shown = rule.alsoShow.map((name) => topic.factByName.get(name)?.label ?? name);
  return [
    `level ${code(rule.level)}, card ${indicator}, priority ${code(rule.priority)}, runs in ${[...rule.runsIn].join(', ')}`,
    limit === undefined ? 'no target time' : `to be acted on within ${length(limit)}`,
    ...when(rule.private, '**private**: evaluated apart, said on the private card only'),
    ...when(rule.evaluatedLast, 'evaluated after all levels'),
    ...when(rule.twinOf, `its reasons are given with ${rule.twinOf}; listed by itself only when it adds an action`),
    ...(rule.suppressedWhen ? [`text and actions not printed when ${conditionWords(rule.suppressedWhen, topic)}`] : []),
    ...when(shown.length > 0, `printed with it when known: ${shown.join(', ')}`),
    ...when(rule.showsRulesOf.length > 0, `lists the rules of ${rule.showsRulesOf.join(', ')} that fired`),
    ...when(rule.gestationUnknownText, `says: ${rule.gestationUnknownText}`),
  ];
}

const when = (holds: unknown, line: string): string[] => (holds ? [line] : []);

function alternativesTable(rule: Rule, group: LevelGroup, topic: Topic): string {
  const raises = group.raises.length > 0;
  return table(
    ['', 'fires when', 'FHIRPath', ...(raises ? ['raises while open'] : [])],
    rule.alternatives.map((alternative, at) => [
      letter(rule, at),
      conditionWords(alternative.condition, topic),
      code(fhirpath(alternative.condition)),
      ...(raises ? [openWords(alternative, group, topic)] : []),
    ]),
  );
}

const letter = ({ alternatives }: Rule, at: number): string =>
  alternatives.length > 1 ? String.fromCharCode('a'.charCodeAt(0) + at) : '';

/** Facts and engine names that a rule reads, in its alternatives and elsewhere. */
export function namesReadBy(rule: Rule): Set<string> {
  const conditions = [
    ...rule.alternatives.map(({ condition }) => condition),
    ...rule.actions.flatMap(({ conditions: own }) => own),
    ...(rule.suppressedWhen ? [rule.suppressedWhen] : []),
  ];
  return new Set([...conditions.flatMap(atomsOf).flatMap(({ reads }) => reads), ...rule.alsoShow]);
}
