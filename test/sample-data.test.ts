/** Published synthetic charts through the public hook, at moments inside a pregnancy, around its end, and today. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { gatherChart } from '../src/call-service/gather-chart.ts';
import { assess, prepareTopic } from '../src/call-service.ts';
import { type Card, EXTENSION_NAME } from '../src/cds-hooks/card.ts';
import { hookRequest } from '../src/cds-hooks/hook-request.ts';
import type { Service } from '../src/cds-hooks/service.ts';
import type { Decision } from '../src/decision/decision.ts';
import { numberOf } from '../src/evidence/resolve.ts';
import type { FhirResource } from '../src/fhir/types.ts';
import { loadTopics } from '../src/knowledge/load.ts';
import {
  asItStood,
  chartOf,
  type ExpectedCall,
  type ExpectedChart,
  expectedOf,
  FOLDERS,
  filesOf,
  type Sample,
  type SampleMoment,
  sampleRequest,
  smallResponse,
} from './harness/sample-data.ts';
import { type RunningService, startService } from './harness/service.ts';

const [topic] = loadTopics('.');
if (!topic) throw new Error('there is no topic');
const prepared = prepareTopic(topic);
const samples = FOLDERS.flatMap(expectedOf);

/** The prefetch that discovery asks for at patient-view. */
let discovered: Service;
const services = new Map<string, RunningService>();

beforeAll(async () => {
  for (const now of new Set(samples.flatMap(({ moments }) => moments.map((moment) => moment.now)))) {
    services.set(now, await startService({ now, topics: [topic] }));
  }
  const [any] = services.values();
  const found = (await (await fetch(`${any?.base}/cds-services`)).json()) as { services: Service[] };
  const service = found.services.find(({ id, hook }) => id === topic.id && hook === 'patient-view');
  if (!service) throw new Error('discovery does not offer patient-view');
  discovered = service;
});
afterAll(async () => {
  for (const service of services.values()) await service.close();
});

function cardsAt(now: string, chart: FhirResource[]): Promise<Card[]> {
  const service = services.get(now);
  if (!service) throw new Error(`no service at ${now}`);
  return service.call(sampleRequest(discovered, chart)).then(({ cards }) => cards);
}

/** What the service concludes, by the functions that it uses itself. */
async function decisionAt(now: string, chart: FhirResource[]): Promise<Decision> {
  const request = hookRequest.parse(sampleRequest(discovered, chart));
  return assess(prepared, await gatherChart(prepared.needs, request), { now: Date.parse(now), zone: 'UTC' });
}

const withResponse = (chart: FhirResource[], now: string): FhirResource[] => [
  ...chart,
  ...smallResponse(chart, topic.questionnaires, now),
];

const clinical = (rules: string[] = []): string[] => rules.filter((id) => /^[EUSRC]\d\d$/.test(id)).sort();

function checkCards(cards: Card[], wanted: ExpectedCall): void {
  if (wanted.level === undefined && wanted.cards === undefined) {
    expect(cards).toEqual([]);
    return;
  }
  const [card] = cards;
  if (!card) throw new Error('no card');
  const { level, fired, open } = card.extension[EXTENSION_NAME];
  if (wanted.level !== undefined) expect(level).toBe(wanted.level);
  for (const rule of wanted.neverFired ?? []) expect(fired ?? []).not.toContain(rule);
  if (!wanted.neverFired) {
    expect({ fired: clinical(fired), raised: clinical(open) }).toEqual({
      fired: wanted.fired ?? [],
      raised: wanted.raised ?? [],
    });
  }
  const text = `${card.summary}\n${card.detail}`;
  for (const words of wanted.says ?? []) expect(text.toLowerCase()).toContain(words.toLowerCase());
}

function checkChart({ gestation, pregnancy, evidence }: Decision, wanted: ExpectedChart): void {
  if (wanted.gestation === 'unknown') expect(gestation.known).toBe(false);
  else if (wanted.gestation) {
    const [min, max] = wanted.gestation;
    expect(gestation).toMatchObject({ min, max, known: true });
  }
  if (wanted.located !== undefined) expect(pregnancy.located).toBe(wanted.located);
  if (wanted.ended !== undefined) expect(pregnancy.end?.daysAgo).toBe(wanted.ended);
  for (const [name, value] of Object.entries(wanted.facts ?? {})) {
    const read = evidence.facts.get(name)?.value;
    if (typeof value === 'number') expect(numberOf(read)).toBeCloseTo(value, 9);
    else expect({ [name]: read }).toEqual({ [name]: value ?? undefined });
  }
  for (const [name, reference] of Object.entries(wanted.used ?? {})) {
    expect(evidence.facts.get(name)?.used.map((candidate) => candidate.reference)).toEqual([reference]);
  }
  for (const name of wanted.notTrue ?? []) {
    expect(evidence.facts.has(name)).toBe(true);
    expect({ [name]: evidence.facts.get(name)?.value }).not.toEqual({ [name]: true });
  }
}

async function check(chart: FhirResource[], now: string, call: ExpectedCall, read: ExpectedChart): Promise<void> {
  const decision = await decisionAt(now, chart);
  if (call.gates) expect([...decision.gates].sort()).toEqual(call.gates);
  checkChart(decision, read);
  expect(decision.failures).toEqual([]);
  checkCards(await cardsAt(now, chart), call);
}

const rows = samples.flatMap((sample) =>
  sample.moments.map((moment): [string, string, Sample, SampleMoment] => [
    sample.files.join(' and '),
    moment.now,
    sample,
    moment,
  ]),
);

describe('sample data', () => {
  test.each(FOLDERS)('every chart of %s has an expectation, at a time of its own or today', (folder) => {
    expect([...new Set(expectedOf(folder).flatMap(({ files }) => files))].sort()).toEqual(filesOf(folder).sort());
  });

  test.each(rows)('%s as it is at %s', async (_file, now, sample, { asItIs, chart = {} }) => {
    await check(asItStood(chartOf(sample), now), now, asItIs, chart);
  });

  test.each(rows)('%s at %s with a fresh response: back pain', async (_file, now, sample, moment) => {
    const chart = withResponse(asItStood(chartOf(sample), now), now);
    await check(chart, now, moment.withResponse, moment.chart ?? {});
  });

  test.each(rows)(
    '%s with all that was recorded after %s: no error, no all-clear',
    async (_file, now, sample, moment) => {
      const whole = chartOf(sample);
      await cardsAt(now, whole);
      const cards = await cardsAt(now, withResponse(whole, now));
      expect(cards.length > 0).toBe(moment.withResponse.level !== undefined || moment.withResponse.cards !== undefined);
    },
  );
});
