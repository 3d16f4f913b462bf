/** Answers at every published hook (RSP, NUL, EXT, CRD, UID, SRC, COD, OVR, SEL, SUG, ACT, SYS, LNK, DET). */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Card, CdsResponse, Link, Suggestion } from '../../src/cds-hooks/card.ts';
import { cardsAnswer } from '../../src/http/openapi/answers.ts';
import { compilePlans } from '../../src/plan/compile-plans.ts';
import { SERVICE, topics, withoutUuids } from '../harness/requests.ts';
import { type RunningService, startService } from '../harness/service.ts';
import * as given from '../plan/foreign-data.ts';
import { answersAt, cardsOf, hooks, requestsFor, start } from './hooks.ts';
import { proves } from './requirements.ts';

let service: RunningService;
beforeAll(async () => {
  service = await start();
});
afterAll(() => service.close());

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const uuidsIn = (value: unknown): string[] =>
  [...JSON.stringify(value).matchAll(/"uuid":"([^"]*)"/g)].map(([, uuid = '']) => uuid);
const isText = (value: unknown): boolean => typeof value === 'string' && /\S/.test(value);
const isCoding = (value: unknown): boolean => {
  const { system, code, display } = (value ?? {}) as Record<string, unknown>;
  return isText(system) && isText(code) && (display === undefined || isText(display));
};
const isAbsolute = (url: unknown): boolean => typeof url === 'string' && /^https?:/.test(url) && URL.canParse(url);

/** Places where a value that may not be sent stands. */
function empties(value: unknown, place: string): string[] {
  if (value === null || value === '') return [place];
  if (typeof value !== 'object') return [];
  const members = Object.entries(value);
  if (members.length === 0) return place === 'answer.cards' ? [] : [place];
  return members.flatMap(([name, member]) => empties(member, `${place}.${name}`));
}

describe.each(hooks)('at %s', (hook) => {
  let answers: CdsResponse[];
  let cards: Card[];
  let suggestions: Suggestion[];
  let links: Link[];
  let actions: {
    type: string;
    description?: string;
    resource?: { resourceType?: string; id?: string };
    resourceId?: string;
  }[];
  beforeAll(async () => {
    answers = await answersAt(service, hook);
    cards = cardsOf(answers);
    suggestions = cards.flatMap((card) => card.suggestions ?? []);
    links = cards.flatMap((card) => card.links ?? []);
    actions = suggestions.flatMap((suggestion) => suggestion.actions as typeof actions);
  });
  /** Every one holds; `some` says that there must be one to look at where triage cards are shown. */
  const all = <T>(items: T[], holds: (item: T) => boolean) => expect(items.filter((item) => !holds(item))).toEqual([]);

  test(proves('RSP-1'), async () => {
    const [request] = requestsFor(hook);
    expect((await service.post(SERVICE, request)).status).toBe(200);
  });
  test(proves('RSP-2'), () => all(answers, (answer) => Array.isArray(answer.cards)));
  test(proves('RSP-3'), async () => {
    const response = await service.post(SERVICE, requestsFor(hook)[0]);
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    expect(await response.json()).toHaveProperty('cards');
  });
  test(proves('NUL-1'), () => expect(answers.flatMap((answer) => empties(answer, 'answer'))).toEqual([]));
  test(proves('EXT-1'), () =>
    all(cards, ({ extension }) => typeof extension === 'object' && !Array.isArray(extension)),
  );
  test(proves('EXT-2'), () => all(answers, (answer) => cardsAnswer.safeParse(answer).success));
  test(proves('EXT-3'), async () => {
    const [request] = requestsFor(hook);
    const extended = await service.call({ ...request, extension: { 'com.example.x': { a: [1, null] } } });
    expect(withoutUuids(extended)).toEqual(withoutUuids(answers[0]));
  });
  test(proves('HOK-2'), async () => {
    const [request] = requestsFor(hook);
    const later = await service.call({ ...request, context: { ...request?.context, laterField: [{ x: 1 }] } });
    expect(withoutUuids(later)).toEqual(withoutUuids(answers[0]));
  });
  test(proves('CRD-1'), () => all(cards, (card) => typeof card === 'object' && !Array.isArray(card)));
  test(proves('CRD-2'), () => all(cards, ({ summary }) => isText(summary) && !/[\r\n]/.test(summary)));
  test(proves('CRD-3'), () => all(cards, ({ summary }) => [...summary].length < 140));
  test(proves('CRD-4'), () => all(cards, ({ detail }) => isText(detail)));
  test(proves('CRD-5'), () => all(cards, ({ detail }) => !/<[a-z!/]|javascript:|\son\w+=/i.test(detail)));
  test(proves('CRD-6'), () => all(cards, ({ indicator }) => ['info', 'warning', 'critical'].includes(indicator)));
  test(proves('CRD-8'), () => all(cards, ({ uuid }) => UUID.test(uuid)));
  test(proves('UID-1'), () => all(answers, (answer) => new Set(uuidsIn(answer)).size === uuidsIn(answer).length));
  test(proves('UID-2'), async () => {
    const before = uuidsIn(answers);
    const again = uuidsIn(await answersAt(service, hook));
    expect(again.length).toBe(before.length);
    all(again, (uuid) => !before.includes(uuid));
  });
  test(proves('SRC-1'), () => all(cards, ({ source }) => isText(source.label)));
  test(proves('SRC-2'), () => all(cards, ({ source }) => source.url === undefined || isAbsolute(source.url)));
  test(proves('SRC-3'), () => all(cards, ({ source }) => source.icon === undefined || isAbsolute(source.icon)));
  test(proves('COD-1'), () =>
    all(
      cards.flatMap((card) => card.overrideReasons ?? []),
      ({ code }) => isText(code),
    ),
  );
  test(proves('COD-2'), () =>
    all(
      cards.flatMap((card) => card.overrideReasons ?? []),
      ({ system }) => isText(system),
    ),
  );
  test(proves('COD-3'), () => all(cards, ({ source }) => source.topic === undefined || isCoding(source.topic)));
  test(proves('OVR-1'), () =>
    all(
      cards.flatMap((card) => card.overrideReasons ?? []),
      (reason) => isCoding(reason) && isText(reason.display),
    ),
  );
  test(proves('SEL-1'), () => all(cards, (card) => !card.suggestions || card.selectionBehavior !== undefined));
  test(proves('SEL-2'), () => all(cards, (card) => ['any', 'at-most-one', undefined].includes(card.selectionBehavior)));
  test(proves('SEL-3'), () =>
    all(
      cards.filter((card) => card.selectionBehavior === 'at-most-one'),
      (card) => (card.suggestions ?? []).filter(({ isRecommended }) => isRecommended).length <= 1,
    ),
  );
  test(proves('SUG-1'), () => all(suggestions, ({ label }) => isText(label)));
  test(proves('SUG-2'), () => all(suggestions, ({ uuid }) => UUID.test(uuid)));
  test(proves('SUG-3'), () =>
    all(suggestions, ({ isRecommended }) => [true, false, undefined].includes(isRecommended)),
  );
  test(proves('SUG-4'), () => all(suggestions, (suggestion) => !('actionSelectionBehavior' in suggestion)));
  test(proves('SUG-5'), () => all(suggestions, (suggestion) => Array.isArray(suggestion.actions)));
  test(proves('SUG-6'), () => all(suggestions, (suggestion) => !('actionSelectionBehavior' in suggestion)));
  test(proves('ACT-1'), () => all(actions, ({ type }) => ['create', 'update', 'delete'].includes(type)));
  test(proves('ACT-2'), () => all(actions, ({ description }) => isText(description)));
  test(proves('ACT-3'), () =>
    all(actions, ({ type, resource }) => type === 'delete' || isText(resource?.resourceType)),
  );
  test(proves('ACT-4'), () => all(actions, ({ type, resource }) => type !== 'update' || isText(resource?.id)));
  test(proves('ACT-5'), () => all(actions, ({ type, resourceId }) => type !== 'delete' || isText(resourceId)));
  test(proves('ACT-6'), () =>
    all(
      actions,
      ({ resourceId }) => resourceId === undefined || /^[A-Z][A-Za-z]+\/[A-Za-z0-9\-.]{1,64}$/.test(resourceId),
    ),
  );
  test(proves('SYS-1'), () => all(answers, (answer) => !('systemActions' in answer)));
  test(proves('LNK-1'), () => all(links, ({ label }) => isText(label)));
  test(proves('LNK-2'), () => all(links, ({ url }) => isAbsolute(url)));
  test(proves('LNK-3'), () => all(links, ({ type }) => ['absolute', 'smart'].includes(type)));
  test(proves('LNK-4'), () =>
    all(links, ({ type, appContext }) => appContext === undefined || (type === 'smart' && isText(appContext))),
  );
  test(proves('LNK-5'), () => all(links, (link) => !('autolaunchable' in link)));
  test(proves('PRF-1'), async () => {
    const taken: number[] = [];
    for (let round = 0; round < 5; round += 1) {
      for (const request of requestsFor(hook)) {
        const started = performance.now();
        await service.call(request);
        taken.push(performance.now() - started);
      }
    }
    const [median = Number.POSITIVE_INFINITY] = taken.sort((one, other) => one - other).slice(taken.length / 2);
    expect(median).toBeLessThan(500);
  });
  test(proves('DET-1'), async () => {
    expect(withoutUuids(await answersAt(service, hook))).toEqual(withoutUuids(answers));
  });
});

test('when these rows are proved then on cards that have a source, suggestions, override reasons and links', async () => {
  const cards = cardsOf(await answersAt(service, 'patient-view'));
  expect(cards.length).toBeGreaterThan(1);
  for (const part of ['suggestions', 'overrideReasons', 'links', 'source', 'extension'] as const) {
    expect(cards.some((card) => card[part] !== undefined)).toBe(true);
  }
  expect(cards.flatMap((card) => card.links ?? []).map(({ type }) => type)).toEqual(
    expect.arrayContaining(['smart', 'absolute']),
  );
});

test.each([
  ['https://taskforce.example.com/logo.png', ['https://taskforce.example.com/logo.png']],
  ['logo.png', [undefined]],
  ['javascript:alert(1)', [undefined]],
])(`${proves('SRC-3')}; a plan in plain R4 that names %s`, async (icon, wanted) => {
  const named = JSON.stringify(given.files).replaceAll('https://taskforce.example.com/logo.png', icon);
  const running = await startService({ now: given.NOW, topics, plans: compilePlans(JSON.parse(named)) });
  const prefetch = { patient: given.patient(), ldl: given.bundle(given.ldl(210)) };
  const answer = await running.call(given.request(prefetch), 'statin-use');
  await running.close();
  expect(cardsAnswer.parse(answer)).toEqual(answer);
  expect(answer.cards.map(({ source }) => source.icon)).toEqual(wanted);
});
