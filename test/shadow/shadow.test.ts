/** Shadow mode: differences are counted and logged without patient data, never shown, and do no harm. */
import { Writable } from 'node:stream';
import { afterEach, expect, test } from '@jest/globals';
import pino from 'pino';
import type { FhirResource } from '../../src/fhir/types.ts';
import { compileKnowledge, readKnowledgeFiles } from '../../src/knowledge/load.ts';
import type { Topic } from '../../src/knowledge/topic.ts';
import type { ClinicalCase } from '../harness/case.ts';
import { MILD, requestOf, topics, withoutUuids } from '../harness/requests.ts';
import { type RunningService, startService } from '../harness/service.ts';

let service: RunningService | undefined;
afterEach(() => service?.close());

const painOfSix: ClinicalCase = {
  ...MILD,
  form: { base: 'clear', answers: { severity: 6, selfHarmThoughts: 'yes' } },
};

/** The plan with another threshold of U03 a, or another private rule. */
function otherVersion(edit: (plan: string) => string): Topic[] {
  return compileKnowledge(
    readKnowledgeFiles('.').map(({ file, resource }) => {
      if (!file.endsWith('back-pain-in-pregnancy.json')) return { file, resource };
      const edited = edit(JSON.stringify(resource));
      expect(edited).not.toBe(JSON.stringify(resource));
      return { file, resource: { ...JSON.parse(edited), version: '9.9.9' } as FhirResource };
    }),
  );
}

const lowered = otherVersion((plan) => plan.replace(/("name":"U03a"[^}]*)%severity >= 7/, '$1%severity >= 6'));
const privatelyDifferent = otherVersion((plan) =>
  plan.replace('%preg and %selfHarmThoughts', '%preg and %selfHarmPlan'),
);

type Line = Record<string, unknown> & { msg: string };

/** Answers and log of a service with a shadow. */
async function answersWith(shadowTopics: Topic[] | undefined, times = 1) {
  const lines: Line[] = [];
  const sink = new Writable({
    write(chunk, _encoding, done) {
      lines.push(JSON.parse(String(chunk)) as Line);
      done();
    },
  });
  service = await startService({ topics, ...(shadowTopics && { shadowTopics }), log: pino({ level: 'trace' }, sink) });
  const answers = [];
  for (let at = 0; at < times; at += 1) answers.push(await service.call(requestOf(painOfSix)));
  await new Promise(setImmediate);
  await service.close();
  return { answers, lines, shadow: lines.filter(({ msg }) => msg.startsWith('shadow')) };
}

test('when the shadow reaches another level then the answer is the active one and the difference is logged', async () => {
  const { answers } = await answersWith(undefined);
  const { answers: beside, shadow } = await answersWith(lowered, 2);
  expect(beside.map(withoutUuids)).toEqual([...answers, ...answers].map(withoutUuids));
  const { version } = topics[0] ?? {};
  const difference = {
    service: 'back-pain-in-pregnancy',
    active: version,
    shadow: '9.9.9',
    levels: { active: 'routine', shadow: 'same-day' },
    // R03 needs `core`: no same-day rule may fire.
    onlyActive: ['R03=fires'],
    onlyShadow: ['U03=fires'],
    failed: 0,
  };
  expect(shadow).toEqual([
    expect.objectContaining({ ...difference, compared: 1, different: 1 }),
    expect.objectContaining({ ...difference, compared: 2, different: 2 }),
  ]);
});

test('when a difference is logged then nothing of the patient is, and no private rule', async () => {
  const { shadow } = await answersWith(lowered);
  expect(shadow).toHaveLength(1);
  const allowed = ['level', 'time', 'pid', 'hostname', 'msg', 'clientTrust', 'service', 'active', 'shadow', 'levels'];
  const counts = ['onlyActive', 'onlyShadow', 'compared', 'different', 'failed'];
  expect(Object.keys(shadow[0] ?? {}).sort()).toEqual([...allowed, ...counts].sort());
  expect(JSON.stringify(shadow)).not.toMatch(/case-patient|5c1f5f0a|S05|E16|severity/);
});

test('when the two versions differ in private rules only then nothing is logged', async () => {
  expect((await answersWith(privatelyDifferent)).shadow).toEqual([]);
});

test('when the shadow fails then the answer stands, and only that it failed is said', async () => {
  const { answers } = await answersWith(undefined);
  const [topic] = lowered;
  const facts = new Proxy(topic?.facts ?? [], {
    get: (target, key) => {
      // It works while the topic is prepared, and breaks at the first call.
      if (key === Symbol.iterator && broken) throw new Error('case-patient has severity 6');
      return Reflect.get(target, key);
    },
  });
  let broken = false;
  const lines: Line[] = [];
  const sink = new Writable({
    write(chunk, _encoding, done) {
      lines.push(JSON.parse(String(chunk)) as Line);
      done();
    },
  });
  service = await startService({
    topics,
    shadowTopics: [{ ...topic, facts } as Topic],
    log: pino({ level: 'trace' }, sink),
  });
  broken = true;
  expect(withoutUuids(await service.call(requestOf(painOfSix)))).toEqual(withoutUuids(answers[0]));
  await new Promise(setImmediate);
  const failures = lines.filter(({ msg }) => msg === 'shadow failed');
  expect(failures).toEqual([expect.objectContaining({ compared: 0, different: 0, failed: 1 })]);
  expect(JSON.stringify(failures)).not.toMatch(/case-patient|severity/);
});
