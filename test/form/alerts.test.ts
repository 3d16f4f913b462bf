/**
 * What the page says at once against what the service decides with the same answers (spec F.5, ADR 0021): it never calls
 * out an emergency that the service would not find, and it keeps none back that the answers alone show.
 */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { raisedBy } from '../../app/form/model/alerts.ts';
import type { Answers } from '../../app/form/model/answers.ts';
import type { Decision } from '../../src/decision/decision.ts';
import { alertsOf } from '../../src/form/alerts.ts';
import { loadTopics } from '../../src/knowledge/load.ts';
import type { Topic } from '../../src/knowledge/topic.ts';
import { coreOf } from '../harness/core.ts';
import { caseOf } from '../properties/levels.ts';
import { anyPatient, type Patient } from '../properties/patients.ts';
import { pageAnswers } from './page-answers.ts';

const [topic] = loadTopics('.') as [Topic];
const core = coreOf(topic);
const SEED = 20_261_126;
const NONE = new Set<string>();
const critical = new Set(topic.groups.filter(({ indicator }) => indicator === 'critical').map(({ code }) => code));

/** The same person before she answers anything: what staff measured and recorded is there. */
function unasked({ situation, answers }: Patient): Patient {
  const asked = new Set(pageAnswers(topic, answers).keys());
  return { situation, answers: Object.fromEntries(Object.entries(answers).filter(([name]) => !asked.has(name))) };
}

const emergenciesOf = ({ results }: Decision): string[] =>
  results.filter(({ state, rule }) => state === 'fires' && critical.has(rule.level)).map(({ rule }) => rule.id);

/** Rules that the page calls out for these answers. */
const calledOut = (before: Decision, answers: Answers, kind: string): string[] =>
  raisedBy(alertsOf(topic, before, undefined).alerts, answers, NONE)
    .filter((raised) => raised.kind === kind)
    .map(({ alert }) => alert.rule);

test('what the page calls out at once fires in the service, and what fires by the answers alone is called out', async () => {
  const seen = new Set<string>();
  const keptBack = new Set<string>();
  await fc.assert(
    fc.asyncProperty(anyPatient(topic), async (patient) => {
      const answers = pageAnswers(topic, patient.answers);
      const before = await core.decision(caseOf(unasked(patient)));
      const after = await core.decision(caseOf(patient));
      const { renewOn } = alertsOf(topic, before, undefined);
      // The page asks anew when an answer decides for whom the rules are.
      const asked = renewOn.some((name) => answers.has(name)) ? after : before;
      const now = calledOut(asked, answers, 'now');
      const fires = emergenciesOf(after);
      expect(now.filter((rule) => !fires.includes(rule))).toEqual([]);
      const already = emergenciesOf(before);
      for (const rule of fires) {
        if (now.includes(rule)) seen.add(rule);
        else if (!already.includes(rule)) keptBack.add(rule);
      }
    }),
    { numRuns: 300, seed: SEED },
  );
  expect([...keptBack]).toEqual([]);
  // Every emergency that answers alone can show was shown by some of these people.
  expect(seen.size).toBeGreaterThan(5);
}, 120_000);
