/** `docs/clinical/decision-table.md`: every rule in words. */

import { conditionWords } from '../../src/explorer/words/condition-words.ts';
import { length } from '../../src/explorer/words/durations.ts';
import { EVIDENCE_WORDS, evidenceOf, isVerified } from '../../src/explorer/words/evidence-tag.ts';
import { code } from '../../src/explorer/words/marks.ts';
import { type PlanFacts, planFacts, planTexts, textsTold } from '../../src/explorer/words/plan-texts.ts';
import type { PlanDefinition } from '../../src/fhir/types.ts';
import type { Citation, LevelGroup, Rule, Topic } from '../../src/knowledge/topic.ts';
import { blocks, GENERATED, NOT_APPROVED, type Page, table } from './markdown.ts';
import { modifiers } from './modifiers.ts';
import { moments } from './moments.ts';
import { ruleSection } from './rule-section.ts';

export function decisionTable(topic: Topic, plan: PlanDefinition): Page {
  const text = blocks(
    GENERATED,
    '# Decision table',
    `${topic.title}, plan ${code(`${topic.id}|${topic.version}`)}.`,
    NOT_APPROVED,
    INTRODUCTION,
    '## Levels',
    levelTable(topic),
    '## Rules of triage',
    ruleTable(topic.groups),
    '## Rules about draft orders',
    ruleTable(topic.orderGroups),
    '## Sources that are not verified',
    unverified(topic),
    '## Modifiers: actions under a condition',
    modifiers(topic),
    '## Derived facts',
    table(
      ['name', 'is true when', 'FHIRPath'],
      topic.variables.map((variable) => [
        `${code(variable.name)} ${variable.description}`,
        conditionWords(variable.condition, topic),
        code(variable.expression),
      ]),
    ),
    '## Texts for patients',
    textTable(plan),
    '## At each hook, in each gate',
    moments(topic),
    ...[...topic.groups, ...topic.orderGroups].flatMap((group) => groupSections(group, topic, planFacts(plan))),
  );
  return { path: 'docs/clinical/decision-table.md', text };
}

const INTRODUCTION = `A rule fires when one of its alternatives is true. An alternative of which something is unknown is *open*: it never counts as "no". *Raises while open* says what an open alternative does: it raises a level only when something in it is certainly true and points to danger; otherwise the card prints what was not asked or not recorded. A derived fact points to danger only when it is true through a data element that does. At a site with a strict policy any unasked question of an open emergency rule gives \`incomplete\`. The level is the highest that fired or was raised; no rule lowers it.

The words are made from the labels of the [data elements](data-elements.md); the FHIRPath beside them is what runs.`;

const levelTable = ({ allGroups }: Topic): string =>
  table(
    ['level', 'said as', 'card', 'target', 'means', 'open rules raise'],
    allGroups.map(({ code: level, title, indicator, limit, meaning, raises }) => [
      code(level),
      title,
      indicator,
      limit === undefined ? '–' : length(limit),
      meaning || '–',
      raises.map((raise) => `${raise.when} → ${raise.level} in ${[...raise.gates].join(', ')}`).join('; ') || 'nothing',
    ]),
  );

const ruleTable = (groups: LevelGroup[]): string =>
  table(
    ['rule', 'finding', 'level', 'runs in', 'sources'],
    groups.flatMap(({ rules }) =>
      rules.map((rule) => [
        `[${rule.id}](#${anchor(rule)})`,
        `${rule.title}${rule.private ? ' (private)' : ''}`,
        rule.level,
        [...rule.runsIn].join(', '),
        [...new Set(rule.citations.map(evidenceOf))].join(', '),
      ]),
    ),
  );

/** As GitHub makes it from the heading. */
const anchor = ({ id, title }: Rule): string =>
  `${id}: ${title}`
    .toLowerCase()
    .replace(/[^\p{L}\p{N} -]/gu, '')
    .replace(/ /g, '-');

function unverified({ allGroups }: Topic): string {
  const cited = new Map<string, { citation: Citation; rules: string[] }>();
  for (const rule of allGroups.flatMap(({ rules }) => rules)) {
    for (const citation of rule.citations.filter((one) => !isVerified(one) && evidenceOf(one) !== 'local')) {
      const key = `${citation.display} ${citation.citation}`;
      cited.set(key, { citation, rules: [...(cited.get(key)?.rules ?? []), rule.id] });
    }
  }
  const rows = [...cited.values()].map(({ citation, rules }) => [
    citation.citation ?? citation.display,
    EVIDENCE_WORDS[evidenceOf(citation)],
    [...new Set(rules)].join(', '),
  ]);
  return blocks(
    'Nobody has read the text itself of these; they are checked against the originals before use. Sources tagged as local design choices cite no guideline and are for the clinical safety officer to accept or change.',
    table(
      ['source', 'how far', 'rules'],
      rows.sort(([a = ''], [b = '']) => (a < b ? -1 : 1)),
    ),
  );
}

function textTable(plan: PlanDefinition): string {
  const told = textsTold(plan);
  return table(
    ['code', 'only in', 'text', 'told by'],
    planTexts(plan).map(({ code: id, gates, text }) => [
      code(id),
      gates.join(', ') || '–',
      text,
      told.get(id)?.join(', ') ?? '**no rule**: held for the form and for translation only',
    ]),
  );
}

const groupSections = (group: LevelGroup, topic: Topic, plan: PlanFacts): string[] => [
  `## Level ${group.code}: ${group.title}`,
  ...group.rules.map((rule) => ruleSection(rule, group, topic, plan)),
];
