/** What was overridden is not told in full again where that is safe, and is never silent (spec C.2-8, E, F.1-9). */
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { type Card, EXTENSION_NAME } from '../../src/cds-hooks/card.ts';
import type { Store } from '../../src/store/open-store.ts';
import type { ClinicalCase } from '../harness/case.ts';
import { onEachDatabase, openReplica } from '../harness/databases.ts';
import { acceptance, FEEDBACK, override } from '../harness/feedback.ts';
import { type HookBody, requestOf, topics } from '../harness/requests.ts';
import { type RunningService, startService } from '../harness/service.ts';

const NOW = '2026-11-25T10:00:00Z';
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const at = (offset: number): string => new Date(Date.parse(NOW) + offset).toISOString();

let patients = 0;

/** Another patient with these answers, so that no test sees what another said. */
function requestFor(answers: Record<string, unknown>, { faceToFace = false } = {}): HookBody {
  patients += 1;
  const clinical = {
    title: 'repeat control',
    spec: 'C.2-8',
    gestation: '24+0',
    located: true,
    faceToFace,
    form: { base: faceToFace ? ['clear', 'observed'] : 'clear', authored: '{{now-1m}}', answers },
    expect: {},
  } as ClinicalCase;
  return JSON.parse(JSON.stringify(requestOf(clinical)).replaceAll('case-patient', `patient-${patients}`)) as HookBody;
}

/** Seen, with all vital signs recorded. */
const FACE_TO_FACE = { faceToFace: true };

const LEVELS: Record<string, Record<string, unknown>> = {
  emergency: { severity: 8, saddleNumbness: 'yes' },
  'same-day': { severity: 8 },
  incomplete: { severity: 2, bleeding: null },
  soon: { severity: 3, nightPain: 'yes' },
  routine: { severity: 6 },
  'self-care': { severity: 2 },
};

const extension = (card: Card | undefined) => card?.extension[EXTENSION_NAME];
const isReminder = (card: Card | undefined): boolean => extension(card)?.overridden === true;

onEachDatabase((database) => {
  let time = Date.parse(NOW);
  const stores: Store[] = [];
  const services: RunningService[] = [];
  beforeAll(async () => {
    stores.push(await openReplica(database().url, { clock: () => time }));
    stores.push(await openReplica(database().url, { clock: () => time }));
  });
  afterEach(async () => {
    time = Date.parse(NOW);
    for (const service of services.splice(0)) await service.close();
  });
  afterAll(async () => {
    for (const store of stores) await store.close();
  });

  /** The public card that a replica shows at a time. */
  async function shown(request: HookBody, { later = 0, replica = 0 } = {}): Promise<Card | undefined> {
    time = Date.parse(NOW) + later;
    const service = await startService({ topics, now: at(later), store: stores[replica] as Store });
    services.push(service);
    const { cards } = await service.call(request);
    return cards.find((card) => extension(card)?.confidential === false);
  }
  /** A finding of a level that nobody has overridden yet. */
  async function shownFirst(level: string) {
    const request = requestFor(LEVELS[level] ?? {});
    const first = await shown(request);
    expect(extension(first)?.level).toBe(level);
    expect(isReminder(first)).toBe(false);
    expect(first?.detail).not.toContain('overridden');
    return { request, first };
  }
  async function say(feedback: unknown, { later = 0 } = {}): Promise<void> {
    time = Date.parse(NOW) + later;
    expect((await (services[0] as RunningService).post(FEEDBACK, { feedback: [feedback] })).status).toBe(200);
  }
  const overrideOf = (card: Card | undefined, when = NOW, code = 'already-done') => {
    const said = override(card as Card, when);
    const reason = card?.overrideReasons?.find((one) => one.code === code);
    return { ...said, overrideReason: { ...said.overrideReason, reason } };
  };

  test.each(['soon', 'routine', 'self-care'])(
    'when a finding of level %s was overridden then for 24 hours a reminder stands in its place, and no longer',
    async (level) => {
      const { request, first } = await shownFirst(level);
      // An hour ago, so that the answers hold longer than the silence.
      await say(overrideOf(first, at(-HOUR)));
      for (const later of [0, 60_000, 23 * HOUR - 1]) {
        const again = await shown(request, { later });
        expect(isReminder(again)).toBe(true);
        expect(again).toMatchObject({ indicator: 'info' });
        expect(extension(again)).toMatchObject({ level, fired: extension(first)?.fired });
        expect(again?.detail).toContain('Already done');
        expect(again?.detail).toContain('not an all-clear');
        expect(again?.suggestions).toBeUndefined();
        expect(again?.uuid).not.toBe(first?.uuid);
      }
      const after = await shown(request, { later: 23 * HOUR });
      expect(isReminder(after)).toBe(false);
      expect(after?.detail).toContain('Already done');
    },
  );

  test.each(['emergency', 'same-day', 'incomplete'])(
    'when a finding of level %s was overridden then it is told in full again, with the reason that was given',
    async (level) => {
      const { request, first } = await shownFirst(level);
      await say(overrideOf(first));
      const again = await shown(request, { later: 1000 });
      expect(isReminder(again)).toBe(false);
      expect(again).toMatchObject({ summary: first?.summary, indicator: first?.indicator });
      expect(again?.detail).toContain('The same finding was overridden 25 Nov 2026 10:00 UTC: Already done');
      expect(again?.detail).not.toContain('Mrs Canary');
    },
  );

  test('when another replica took the override then this one knows', async () => {
    const request = requestFor(LEVELS.soon ?? {});
    await say(overrideOf(await shown(request)));
    expect(isReminder(await shown(request, { replica: 1 }))).toBe(true);
  });

  test('when anything the finding rests on changed then it is told in full', async () => {
    const request = requestFor(LEVELS.soon ?? {});
    await say(overrideOf(await shown(request)));
    const samePatient = (answers: Record<string, unknown>) => {
      const id = request.context.patientId as string;
      return JSON.parse(JSON.stringify(requestFor(answers)).replaceAll(`patient-${patients}`, id)) as HookBody;
    };
    expect(isReminder(await shown(samePatient({ severity: 3, nightPain: 'yes' })))).toBe(true);
    expect(isReminder(await shown(samePatient({ severity: 3, nightPain: 'yes', cannotWalk: 'yes' })))).toBe(false);
    const worse = await shown(samePatient({ severity: 8, nightPain: 'yes' }));
    expect(isReminder(worse)).toBe(false);
    expect(extension(worse)?.level).toBe('same-day');
  });

  test('when the data could not all be read this time then the finding is told in full', async () => {
    const request = requestFor(LEVELS.soon ?? {});
    await say(overrideOf(await shown(request)));
    const { observations: _, ...prefetch } = request.prefetch;
    expect(isReminder(await shown({ ...request, prefetch }))).toBe(false);
  });

  test('when it was overridden at another hook then it is told in full', async () => {
    const request = requestFor(LEVELS.soon ?? {}, FACE_TO_FACE);
    await say(overrideOf(await shown(request)));
    expect(isReminder(await shown(request))).toBe(true);
    expect(isReminder(await shown({ ...request, hook: 'encounter-start' }))).toBe(false);
  });

  test('when only the reminder is overridden then the silence does not grow longer', async () => {
    const request = requestFor(LEVELS.soon ?? {});
    await say(overrideOf(await shown(request), at(-HOUR)));
    const reminder = await shown(request, { later: DAY / 2 });
    expect(isReminder(reminder)).toBe(true);
    await say(override(reminder as Card, at(DAY / 2)), { later: DAY / 2 });
    expect(isReminder(await shown(request, { later: 23 * HOUR }))).toBe(false);
  });

  test('when an EHR says that it was overridden tomorrow then the silence ends 24 hours from now all the same', async () => {
    const request = requestFor(LEVELS.soon ?? {});
    const first = await shown(request);
    await say(overrideOf(first, at(10 * DAY)), { later: -HOUR });
    expect(isReminder(await shown(request, { later: 23 * HOUR - 1 }))).toBe(true);
    expect(isReminder(await shown(request, { later: 23 * HOUR }))).toBe(false);
  });

  test('when a suggestion was taken then the finding is told in full', async () => {
    const request = requestFor(LEVELS.soon ?? {});
    await say(acceptance((await shown(request)) as Card, NOW));
    expect(isReminder(await shown(request))).toBe(false);
  });

  test('when the override gives no reason, or one of the EHR’s own, then that is said and none of its words', async () => {
    for (const [reason, words] of [
      [undefined, 'no reason given'],
      [{ code: 'kanarienvogel', system: 'http://ehr.example' }, 'a reason of the EHR’s own'],
    ] as const) {
      const request = requestFor(LEVELS['same-day'] ?? {});
      const first = await shown(request);
      await say({ ...override(first as Card, NOW), overrideReason: { reason, userComment: 'kanarienvogel' } });
      const again = await shown(request);
      expect(again?.detail).toContain(words);
      expect(again?.detail).not.toContain('kanarienvogel');
    }
  });

  const discharged = (request: HookBody): HookBody => ({ ...request, hook: 'encounter-discharge' });

  test.each([
    ['already-done', 'info'],
    ['not-applicable', 'info'],
    ['patient-declined', 'info'],
    ['wrong-data', 'info'],
    ['other', 'critical'],
  ])('when an emergency was overridden with %s then at discharge it is %s', async (code, indicator) => {
    const request = requestFor(LEVELS.emergency ?? {}, FACE_TO_FACE);
    const first = await shown(request);
    expect((await shown(discharged(request)))?.indicator).toBe('critical');
    await say(overrideOf(first, NOW, code));
    const atDischarge = await shown(discharged(request), { later: 1000 });
    expect(atDischarge?.indicator).toBe(indicator);
    expect(extension(atDischarge)?.level).toBe('emergency');
    const resolved = extension(atDischarge)?.resolved ?? [];
    expect(resolved.length > 0).toBe(indicator === 'info');
    if (indicator === 'info')
      expect(atDischarge?.detail).toMatch(/Dealt with: E\d\d, overridden 25 Nov 2026 10:00 UTC/);
  });

  test('when an override is older than what the finding rests on then it settles nothing', async () => {
    const request = requestFor(LEVELS.emergency ?? {}, FACE_TO_FACE);
    await say(overrideOf(await shown(request), at(-DAY)));
    expect((await shown(discharged(request)))?.indicator).toBe('critical');
  });
});

test('when the store is lost or slow then everything is told in full, and that is logged', async () => {
  const lines: string[] = [];
  const { default: pino } = await import('pino');
  const log = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) });
  const store = await openReplica('memory:', { clock: () => Date.parse(NOW) });
  const request = requestFor(LEVELS.soon ?? {});
  const service = await startService({ topics, now: NOW, store });
  const { cards } = await service.call(request);
  await service.post(FEEDBACK, { feedback: [override(cards[0] as Card, NOW)] });
  expect(isReminder((await service.call(request)).cards[0])).toBe(true);
  const failing = { of: () => Promise.reject(new Error('kanarienvogel')) };
  const lost = await startService({ topics, now: NOW, store: { ...store, overrides: failing }, log });
  expect(isReminder((await lost.call(request)).cards[0])).toBe(false);
  expect(lines.filter((line) => line.includes('what was overridden is not known'))).toHaveLength(1);
  expect(lines.join()).not.toMatch(/kanarienvogel|patient-/);
  for (const one of [service, lost]) await one.close();
  await store.close();
});
