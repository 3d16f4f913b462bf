/** Every clinical case, through the public hook: real HTTP, real FHIR JSON. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Card, EXTENSION_NAME } from '../src/cds-hooks/card.ts';
import { loadTopics } from '../src/knowledge/load.ts';
import { type ClinicalCase, hookRequestOf, momentOf, readCases } from './harness/case.ts';
import { type RunningService, startService } from './harness/service.ts';

const topics = loadTopics('.');
const cases = readCases('back-pain-in-pregnancy');
const questionnaires = topics.flatMap((topic) => topic.questionnaires);

const services = new Map<string, RunningService>();

beforeAll(async () => {
  for (const now of new Set(cases.map(({ clinicalCase }) => momentOf(clinicalCase)))) {
    services.set(now, await startService({ now, topics }));
  }
});
afterAll(async () => {
  for (const service of services.values()) await service.close();
});

function serviceAt(now: string): RunningService {
  const service = services.get(now);
  if (!service) throw new Error(`no service at ${now}`);
  return service;
}

const sorted = (texts: string[] | undefined): string[] => [...(texts ?? [])].sort();

const isPrivate = (card: Card): boolean => card.extension[EXTENSION_NAME].confidential;

/** At most one private card, always; what it says, where the case tells it. */
function expectPrivate(cards: Card[], wanted: ClinicalCase['expect']['private']): void {
  expect(cards.length).toBeLessThanOrEqual(1);
  if (wanted === undefined) return;
  const [card] = cards;
  const level = card?.extension[EXTENSION_NAME].level;
  if (typeof wanted === 'string') {
    expect({ cards: cards.length, level }).toEqual({ cards: wanted === 'none' ? 0 : 1, level: undefined });
    return;
  }
  expect(level).toBe(wanted.level);
  const detail = card?.detail ?? '';
  if (wanted.fired) expect(detail).toContain(`Rules fired: ${wanted.fired.join(', ')}`);
  for (const words of wanted.says ?? []) expect(detail).toContain(words);
  for (const words of wanted.silentOn ?? []) expect(`${card?.summary}\n${detail}`).not.toContain(words);
}

describe('case', () => {
  test.each(cases.map(({ file, clinicalCase }) => [`${file}: ${clinicalCase.title}`, clinicalCase] as const))(
    '%s',
    async (_name, clinicalCase) => {
      const { expect: wanted } = clinicalCase;
      const answer = await serviceAt(momentOf(clinicalCase)).call(hookRequestOf(clinicalCase, questionnaires));
      const cards = answer.cards.filter((card) => !isPrivate(card));
      expectPrivate(answer.cards.filter(isPrivate), wanted.private);
      expect(cards).toHaveLength(wanted.cards ?? 1);
      const [card] = cards;
      if (!card) return;
      const said = card.extension[EXTENSION_NAME];
      const text = `${card.summary}\n${card.detail}`;
      expect({ level: said.level, fired: sorted(said.fired), open: sorted(said.open) }).toEqual({
        level: wanted.level,
        fired: sorted(wanted.fired),
        open: sorted(wanted.open),
      });
      expect(sorted(said.resolved)).toEqual(sorted(wanted.resolved));
      if (wanted.notAsked) expect(said.notAsked ?? []).toEqual(expect.arrayContaining(wanted.notAsked));
      if (wanted.summary) expect(card.summary).toContain(wanted.summary);
      if (wanted.indicator) expect(card.indicator).toBe(wanted.indicator);
      for (const words of wanted.says ?? []) expect(text).toContain(words);
      for (const words of wanted.silentOn ?? []) expect(text).not.toContain(words);
    },
  );
});
