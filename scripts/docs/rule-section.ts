/** One rule in words. */
import { atomsOf } from '../../src/knowledge/condition.ts';
import type { LevelGroup, PatientText, Rule, RuleAction, Topic } from '../../src/knowledge/topic.ts';
import { length } from './durations.ts';
import { EVIDENCE_WORDS, evidenceOf } from './evidence-tag.ts';
import { blocks, code, points, table } from './markdown.ts';
import { openWords } from './open-words.ts';
import { conditionWords, fhirpath } from './words.ts';

/** A rule, its group, and the case files in which it fires. */
export function ruleSection(rule: Rule, group: LevelGroup, topic: Topic, reviewDue: string | undefined): string {
  return blocks(
    `### ${rule.id}: ${rule.title}`,
    rule.why,
    points(facts(rule, group, topic, reviewDue)),
    alternativesTable(rule, group, topic),
    section(
      'Actions',
      rule.actions.map((action) => actionWords(action, topic)),
    ),
    section('Tells the patient', rule.patientTexts.map(textWords)),
    section(
      'Sources',
      rule.citations.map((citation) => {
        const source = citation.url ? `[${citation.display}](${citation.url})` : citation.display;
        return `${source} — ${citation.citation ?? citation.label} — ${EVIDENCE_WORDS[evidenceOf(citation)]}`;
      }),
    ),
  );
}

const section = (title: string, lines: string[]): string | undefined =>
  lines.length > 0 ? `**${title}**\n\n${points(lines)}` : undefined;

function facts(rule: Rule, group: LevelGroup, topic: Topic, reviewDue: string | undefined): string[] {
  const limit = rule.limit ?? group.limit;
  return [
    `level ${code(rule.level)}, card ${group.indicator}, priority ${code(rule.priority)}, runs in ${[...rule.runsIn].join(', ')}`,
    limit === undefined ? 'no target time' : `to be acted on within ${length(limit)}`,
    ...(rule.private ? ['**private**: evaluated apart, said on the private card only'] : []),
    ...(rule.evaluatedLast ? ['evaluated after all levels'] : []),
    ...(rule.twinOf
      ? [`its reasons are given with ${rule.twinOf}; it is listed by itself only when it adds an action`]
      : []),
    ...(rule.suppressedWhen
      ? [`its text and actions are not printed when: ${conditionWords(rule.suppressedWhen, topic)}`]
      : []),
    ...(rule.alsoShow.length > 0
      ? [`printed with it when known: ${rule.alsoShow.map((name) => labelOf(name, topic)).join(', ')}`]
      : []),
    ...(rule.showsRulesOf.length > 0
      ? [`lists the rules of the level ${rule.showsRulesOf.join(', ')} that fired`]
      : []),
    ...(rule.gestationUnknownText ? [`gestation unknown: ${rule.gestationUnknownText}`] : []),
    `review due ${reviewDue ?? 'not stated'}`,
  ];
}

const labelOf = (name: string, { factByName }: Topic): string => factByName.get(name)?.label ?? name;

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

function actionWords(
  { title, activity, questionnaire, conditions, removes, patientTexts }: RuleAction,
  topic: Topic,
): string {
  const kind = activity ? `${code(activity.id ?? '')} draft ${activity.kind}` : questionnaire ? 'link to the form' : '';
  const when = conditions.map((condition) => conditionWords(condition, topic)).join(' and ');
  return [
    title,
    ...(kind ? [` (${kind})`] : []),
    ...(removes ? [' (takes the draft away)'] : []),
    ...(when ? [` — when ${when}`] : []),
    ...(patientTexts.length > 0 ? [` — tells the patient: ${patientTexts.map(({ text }) => text).join(' ')}`] : []),
  ].join('');
}

const textWords = ({ text, byGate }: PatientText): string =>
  [text, ...[...byGate].map(([gate, other]) => ` In ${gate}: ${other}`)].join('');

/** Facts and engine names that a rule reads, in its alternatives and elsewhere. */
export function namesReadBy(rule: Rule): Set<string> {
  const conditions = [
    ...rule.alternatives.map(({ condition }) => condition),
    ...rule.actions.flatMap(({ conditions: own }) => own),
    ...(rule.suppressedWhen ? [rule.suppressedWhen] : []),
  ];
  return new Set([...conditions.flatMap(atomsOf).flatMap(({ reads }) => reads), ...rule.alsoShow]);
}
