/** The generated pages are what the knowledge says now, and what is written by hand names things that exist. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { claimFaults, readClaims } from '../scripts/docs/claims.ts';
import { codeStatus, readVerifiedCodes } from '../scripts/docs/code-status.ts';
import { codesOf } from '../scripts/docs/code-table.ts';
import { readKnowledge } from '../scripts/docs/knowledge.ts';
import { pages } from '../scripts/docs/pages.ts';
import { codeKey } from '../src/fhir/codings.ts';
import { readCases } from './harness/case.ts';

const knowledge = readKnowledge('.');
const cases = new Map(
  readCases(knowledge.topic.id).map(({ name, clinicalCase }) => [name.replace(/\.json$/, ''), clinicalCase] as const),
);

test('when the knowledge changes then the pages are made again (npm run docs)', async () => {
  const made = await pages('.');
  const stale = made.filter(({ path, text }) => !existsSync(path) || readFileSync(path, 'utf8') !== text);
  expect(stale.map(({ path }) => path)).toEqual([]);
});

test('when a claim has no case, or names what does not exist, then it is said', () => {
  const [claim] = readClaims('.');
  if (!claim) throw new Error('there is no claim');
  const none = { ...claim, cases: [] };
  const wrong = { ...claim, facts: ['noFact'], rules: ['X99'], texts: ['SN-NONE'], cases: ['no-such-case'] };
  expect(claimFaults([none, wrong], knowledge, cases)).toEqual([
    'A1: no case shows it',
    'A1: there is no fact noFact',
    'A1: there is no rule X99',
    'A1: there is no text SN-NONE',
    'A1: there is no case no-such-case',
  ]);
});

test('when a case has nothing to do with a claim then it is said', () => {
  const [claim] = readClaims('.');
  if (!claim) throw new Error('there is no claim');
  const faults = claimFaults([{ ...claim, facts: [], rules: ['E12'], cases: ['u10-a-calf'] }], knowledge, cases);
  expect(faults).toEqual(['A1: the case u10-a-calf names none of its rules and facts']);
});

test('the claims are those of the seed, each once', () => {
  expect(readClaims('.').map(({ id }) => id)).toEqual(Array.from({ length: 23 }, (_, at) => `A${at + 1}`));
});

test('when a code is not listed as verified then it is unverified', () => {
  const status = codeStatus(readVerifiedCodes('.'));
  expect(status({ system: 'http://loinc.org', code: '8867-4' })).toBe('verified');
  expect(status({ system: 'http://loinc.org', code: '99999-9' })).toBe('**unverified**');
});

test('every code listed as verified is shipped', () => {
  const { topic, catalogue } = knowledge;
  const shipped = new Set([
    ...topic.facts.flatMap((fact) => codesOf(fact).map(({ coding }) => codeKey(coding))),
    ...topic.facts.flatMap(({ sources }) => sources.flatMap(({ map }) => [...map.keys()])),
    ...[...catalogue.activities.values()].flatMap(({ code, productCodeableConcept }) =>
      [...(code?.coding ?? []), ...(productCodeableConcept?.coding ?? [])].map(codeKey),
    ),
  ]);
  expect(readVerifiedCodes('.').codes.filter((code) => !shipped.has(code))).toEqual([]);
});
