/** What hooks and gates add to the rules. */

import { conditionWords } from '../../src/explorer/words/condition-words.ts';
import { code } from '../../src/explorer/words/marks.ts';
import type { Topic } from '../../src/knowledge/topic.ts';
import { blocks, points, table } from './markdown.ts';

/** Words of levels at hooks, lines that hooks and gates print, the private card, and choices of the site. */
export const moments = (topic: Topic): string =>
  blocks(
    table(
      ['hook', 'level', 'when', 'summary begins', 'card'],
      topic.allGroups.flatMap(({ code: level, atHook }) =>
        atHook.map(({ hook, when, words, indicator }) => [hook, level, when, words, indicator]),
      ),
    ),
    table(
      ['hook', 'prints', 'unless certainly not'],
      topic.hookNotes.map(({ hooks, title, text, when, forPatient, encounterClasses }) => [
        `${hooks.join(', ')}${encounterClasses.length > 0 ? `, encounter class ${encounterClasses.join(' or ')}` : ''}`,
        `${title ? `${title}: ` : ''}${forPatient?.text ?? text}`,
        when ? conditionWords(when, topic) : '–',
      ]),
    ),
    table(
      ['gate', 'printed on every card'],
      [...topic.gateNotes].map(([gate, text]) => [gate, text]),
    ),
    table(
      ['gate', 'order cards begin with'],
      [...topic.orderPrefixes].map(([gate, text]) => [gate, text]),
    ),
    points([
      `gestation unknown, unless the rule says otherwise: ${topic.gestationUnknownText}`,
      `private card, when something is found: ${topic.privateCard.summary}; when questions are open: ${topic.privateCard.ask} (at ${topic.privateCard.hooks.join(', ')}); first: ${topic.privateCard.instruction}`,
      ...topic.siteSettings.map(({ name, options }) => `choice of the site ${code(name)}: ${options.join(', ')}`),
    ]),
  );
