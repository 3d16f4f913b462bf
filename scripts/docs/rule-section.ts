/** One rule in words. */

import { conditionWords, fhirpath } from '../../src/explorer/words/condition-words.ts';
import { length } from '../../src/explorer/words/durations.ts';
import { code } from '../../src/explorer/words/marks.ts';
import { openWords } from '../../src/explorer/words/open-words.ts';
import type { PlanFacts } from '../../src/explorer/words/plan-texts.ts';
import { actionWords, sourceWords, textWords } from '../../src/explorer/words/rule-parts.ts';
import type { LevelGroup, Rule, Topic } from '../../src/knowledge/topic.ts';
import { blocks, points, table } from './markdown.ts';

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
