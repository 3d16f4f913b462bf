/** Every card of every clinical case: CDS Hooks' own rules, and what a clinician can demand of it (bar section 4). */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Card, type CdsResponse, EXTENSION_NAME } from '../../src/cds-hooks/card.ts';
import { faultsOf } from '../harness/card-faults.ts';
import { hookRequestOf, momentOf, readCases } from '../harness/case.ts';
import { KEYS, questionnaires, requestOf, SILENT, topics, withPrefetch } from '../harness/requests.ts';
import { type RunningService, startService } from '../harness/service.ts';

const [topic] = topics;
const groups = topic?.allGroups ?? [];
const cases = readCases('back-pain-in-pregnancy');
const services = new Map<string, RunningService>();
const answers: { file: string; response: CdsResponse }[] = [];

async function serviceAt(now: string): Promise<RunningService> {
  const service = services.get(now) ?? (await startService({ now, topics, site: { formUrl: 'https://form.example' } }));
  services.set(now, service);
  return service;
}

beforeAll(async () => {
  for (const { name: file, clinicalCase } of cases) {
    const service = await serviceAt(momentOf(clinicalCase));
    answers.push({ file, response: await service.call(hookRequestOf(clinicalCase, questionnaires)) });
  }
  for (const name of Object.keys(KEYS)) {
    const service = await serviceAt('2026-11-25T10:00:00Z');
    const request = withPrefetch(requestOf(SILENT), { [name]: undefined });
    answers.push({ file: `silent, without ${name}`, response: await service.call(request) });
  }
}, 60_000);
afterAll(async () => {
  for (const service of services.values()) await service.close();
});

/** The faults that a check finds in any card. */
function inAnyCard(find: (card: Card) => string[]): string[] {
  return answers.flatMap(({ file, response }) => response.cards.flatMap(find).map((fault) => `${file}: ${fault}`));
}

const said = ({ extension }: Card) => extension[EXTENSION_NAME];
/** Cards of a level; the others say that nothing could be assessed. */
const assessed = (card: Card): boolean => said(card).level !== undefined;
const isPrivate = (card: Card): boolean => said(card).confidential;

test('when any case is called then its answer keeps to CDS Hooks', () => {
  expect(answers.flatMap(({ file, response }) => faultsOf(response).map((fault) => `${file}: ${fault}`))).toEqual([]);
  expect(answers.flatMap(({ response }) => response.cards).length).toBeGreaterThan(10);
});

test('when many answers are given then no uuid stands in two of them', () => {
  const uuids = JSON.stringify(answers).match(/"uuid":"[^"]*"/g) ?? [];
  expect(uuids.length).toBeGreaterThan(100);
  expect(new Set(uuids).size).toBe(uuids.length);
});

describe('when a card is of a level', () => {
  test('then its summary begins with the words of the level, and its colour is that of the level', () => {
    const faults = inAnyCard((card) => {
      const group = groups.find(({ code }) => code === said(card).level);
      if (!assessed(card)) return [];
      const atHook = group?.atHook.map(({ words, indicator }) => ({ title: words, indicator })) ?? [];
      const fits = [...(group ? [group, ...atHook] : [])].some(
        ({ title, indicator }) => card.summary.startsWith(`${title}: `) && card.indicator === indicator,
      );
      return fits ? [] : [`${card.summary} (${card.indicator})`];
    });
    expect(faults).toEqual([]);
  });

  test('then its detail has the sections in their order, each at most once', () => {
    const order = [
      'Draft order',
      'At this contact',
      'What to do now',
      'Why',
      'Not ruled out',
      'Tell the patient',
      'Basis',
    ];
    const faults = inAnyCard((card) => {
      const titles: string[] = card.detail.match(/^\*\*[^*\n]+\*\*$/gm) ?? [];
      const places = titles.map((title) => order.findIndex((wanted) => title.startsWith(`**${wanted}`)));
      const increasing = places.every((place, at) => place >= 0 && (at === 0 || place > (places[at - 1] ?? -1)));
      return !assessed(card) || (increasing && titles.at(-1) === '**Basis**' && titles.includes('**Why**'))
        ? []
        : [titles.join(' ')];
    });
    expect(faults).toEqual([]);
  });

  test('then it can be traced: every rule that fired or is open, the plan and its version, a source', () => {
    const faults = inAnyCard((card) => {
      const { fired = [], open = [], plan } = said(card);
      const ids = [...fired, ...open].filter((id) => !new RegExp(`\\b${id}\\b`).test(basisOf(card)));
      return !assessed(card)
        ? []
        : [
            ...ids.map((id) => `${id} is not named`),
            ...(basisOf(card).includes(plan.replace('|', ' ')) ? [] : ['no plan']),
            ...(/^- Source: \S/m.test(basisOf(card)) ? [] : ['no source']),
            ...(card.source.url || card.source.label ? [] : ['no source of the card']),
          ];
    });
    expect(faults).toEqual([]);
  });

  test('then an emergency links to a guideline', () => {
    const faults = inAnyCard((card) =>
      said(card).level === 'emergency' &&
      said(card).fired &&
      (!/^- Source: \[.+\]\(https:\/\//m.test(card.detail) || !card.links?.some(({ type }) => type === 'absolute'))
        ? [card.summary]
        : [],
    );
    expect(faults).toEqual([]);
  });

  test('then it proposes, and never says that it decides', () => {
    expect(
      inAnyCard((card) => (!assessed(card) || /advisory only/i.test(basisOf(card)) ? [] : ['not advisory'])),
    ).toEqual([]);
  });
});

test('when a card is of no level then it is an information that says what was not read, and is no all-clear', () => {
  const faults = inAnyCard((card) => {
    if (assessed(card) || isPrivate(card)) return [];
    const fits = /^Not assessed: /.test(card.summary) && card.indicator === 'info' && /could not be/i.test(card.detail);
    return fits && /not an all-clear/i.test(card.detail) && card.detail.includes(topic?.version ?? '?')
      ? []
      : [card.detail];
  });
  expect(faults).toEqual([]);
  expect(
    answers.flatMap(({ response }) => response.cards).filter((card) => !assessed(card) && !isPrivate(card)).length,
  ).toBeGreaterThan(0);
});

test('when a card may be routed by then its extension holds codes and names, and no value of the patient', () => {
  const names = new Set(topic?.facts.map(({ name }) => name));
  const faults = inAnyCard((card) => {
    if (isPrivate(card)) return [];
    const { plan, confidential, level, fired = [], open = [], notAsked = [], resolved = [], ...others } = said(card);
    const unknown = notAsked.filter((name) => !names.has(name));
    const odd = [...fired, ...open, ...resolved].filter((id) => !/^[A-Z]+[0-9]*(-[A-Za-z]+)?$/.test(id));
    return [...Object.keys(others), ...unknown, ...odd, ...(confidential === false ? [] : ['confidential'])];
  });
  expect(faults).toEqual([]);
});

test('when a card is private then nothing of it that stands outside names a rule, a fact or a guideline', () => {
  const cards = answers.flatMap(({ response }) => response.cards).filter(isPrivate);
  expect(cards.some(assessed)).toBe(true);
  expect(cards.some((card) => !assessed(card))).toBe(true);
  for (const { summary, source, links, extension } of cards) {
    const outside = JSON.stringify([summary, source, links, extension]);
    expect(Object.keys(extension[EXTENSION_NAME]).filter((key) => key !== 'level')).toEqual(['plan', 'confidential']);
    expect(outside).not.toMatch(/E16|S05|mood|violence|safe|harm|CG192|NG201|EPDS|PHQ/i);
  }
});

test('when the form is a SMART app then its context names questions only', () => {
  const contexts = answers.flatMap(({ response }) =>
    response.cards.flatMap(({ links = [] }) =>
      links.flatMap(({ type, appContext }) => (type === 'smart' ? [appContext] : [])),
    ),
  );
  expect(contexts.length).toBeGreaterThan(0);
  for (const context of contexts) {
    expect(Object.keys(JSON.parse(context ?? ''))).toEqual(['questionnaire', 'open']);
    expect(context).not.toMatch(/case-patient|Patient\//);
  }
});

const basisOf = ({ detail }: Card): string => detail.slice(detail.lastIndexOf('**Basis**'));
