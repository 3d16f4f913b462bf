/** Actions that depend on something beside their rule (anti-D, progesterone, routes), by what they depend on. */

import { conditionWords } from '../../src/explorer/words/condition-words.ts';
import type { Topic } from '../../src/knowledge/topic.ts';
import { table } from './markdown.ts';

/** One row for each condition and action. */
export function modifiers(topic: Topic): string {
  const rows = new Map<string, { when: string; action: string; rules: string[] }>();
  for (const rule of topic.allGroups.flatMap(({ rules }) => rules)) {
    for (const { conditions, title } of rule.actions.filter((action) => action.conditions.length > 0)) {
      const when = conditions.map((condition) => conditionWords(condition, topic)).join(' and ');
      const key = `${when} ${title}`;
      rows.set(key, { when, action: title, rules: [...(rows.get(key)?.rules ?? []), rule.id] });
    }
  }
  const sorted = [...rows.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  return table(
    ['when', 'action', 'in'],
    sorted.map(({ when, action, rules }) => [when, action, rules.join(', ')]),
  );
}
