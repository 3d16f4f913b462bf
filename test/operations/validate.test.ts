/** `$validate`: what is wrong with a response, and its twin that is right. */
import { describe, expect, test } from '@jest/globals';
import type { OperationOutcome, QuestionnaireResponse } from '../../src/fhir/types.ts';
import { changed, itemOf, NOW, responseTo, triage } from './forms.ts';
import { operate } from './operate.ts';

function issuesOf(response: QuestionnaireResponse): string[] {
  const outcome = operate('QuestionnaireResponse', 'validate', [{ name: 'resource', resource: response }], NOW);
  return (outcome as OperationOutcome).issue.map(({ severity, diagnostics }) => `${severity}: ${diagnostics}`);
}
const NONE = ['information: No issues'];
const errorsOf = (response: QuestionnaireResponse) => issuesOf(response).filter((issue) => issue.startsWith('error'));

const good = triage();
const observed = responseTo('clinician-observations', { temperature: 37 });
const YES = { system: 'http://terminology.hl7.org/CodeSystem/v2-0532', code: 'Y', display: 'Yes' };

test('a whole and correct response has no issues', () => {
  expect(issuesOf(good)).toEqual(NONE);
  expect(issuesOf(observed)).toEqual(NONE);
});

type Wrong = [what: string, right: QuestionnaireResponse, wrong: QuestionnaireResponse, says: string];

const answerWith = (linkId: string, answer: object[], from = good): QuestionnaireResponse =>
  changed(from, (copy) => {
    itemOf(copy, linkId).answer = answer as [];
  });

const scanned = triage({ scanSawBaby: 'yes', scanDate: '2026-11-01' });
const unfinished = changed(answerWith('backPain', []), (copy) => {
  copy.status = 'in-progress';
});
const PAIN = { value: 37, unit: '°C', system: 'http://unitsofmeasure.org', code: 'Cel' };

const WRONG: Wrong[] = [
  ['a required question without an answer', unfinished, answerWith('backPain', []), 'backPain is required'],
  ['a number below its range', triage({ severity: 0 }), triage({ severity: -1 }), 'severity is below 0'],
  ['a number above its range', triage({ severity: 10 }), triage({ severity: 11 }), 'severity is above 10'],
  ['a fraction for a whole number', good, answerWith('severity', [{ valueInteger: 2.5 }]), 'is no whole number'],
  ['a value of another type', good, answerWith('severity', [{ valueDecimal: 2 }]), 'severity takes a valueInteger'],
  ['an answer without a value', good, answerWith('severity', [{}]), 'has an answer without a value'],
  [
    'a code that is no option',
    answerWith('fever', [{ valueCoding: YES }]),
    answerWith('fever', [{ valueCoding: { ...YES, code: 'YES' } }]),
    'fever is answered with what is none of its options',
  ],
  [
    'two answers where one is taken',
    answerWith('fever', [{ valueCoding: YES }]),
    answerWith('fever', [{ valueCoding: YES }, { valueCoding: { ...YES, code: 'N' } }]),
    'fever takes one answer',
  ],
  [
    'an option that excludes all others, and another',
    triage({ urinarySymptoms: ['burning', 'frequency'] }),
    triage({ urinarySymptoms: ['burning', 'none'] }),
    'urinarySymptoms has an answer that excludes all others',
  ],
  [
    'the same option twice',
    triage({ urinarySymptoms: ['burning'] }),
    triage({ urinarySymptoms: ['burning', 'burning'] }),
    'urinarySymptoms has the same answer twice',
  ],
  [
    'an answer that another one disables',
    scanned,
    changed(scanned, (copy) => {
      itemOf(copy, 'scanSawBaby').answer = [{ valueCoding: { ...YES, code: 'N' } }];
    }),
    'scanDate is disabled',
  ],
  [
    'an answer whose question was not answered',
    scanned,
    changed(scanned, (copy) => {
      itemOf(copy, 'scanSawBaby').answer = [];
    }),
    'scanDate is disabled',
  ],
  [
    'a date that is none',
    triage({ lastPeriodDate: '2026-02-28' }),
    triage({ lastPeriodDate: '2026-02-30' }),
    'lastPeriodDate is no date',
  ],
  [
    'a time for a date',
    triage({ lastPeriodDate: '2026-02-28' }),
    triage({ lastPeriodDate: '2026-02-28T10:00:00Z' }),
    'lastPeriodDate is no date',
  ],
  [
    'a unit that is not offered',
    answerWith('temperature', [{ valueQuantity: { ...PAIN, value: 98, unit: '°F', code: '[degF]' } }], observed),
    answerWith('temperature', [{ valueQuantity: { ...PAIN, value: 310, unit: 'K', code: 'K' } }], observed),
    'temperature takes the units Cel, [degF]',
  ],
  [
    'a unit of something else',
    observed,
    answerWith('temperature', [{ valueQuantity: { ...PAIN, unit: 'g', code: 'g' } }], observed),
    'temperature is in a unit that does not become Cel',
  ],
  [
    'an amount without a unit',
    observed,
    answerWith('temperature', [{ valueQuantity: { value: 37 } }], observed),
    'temperature is no amount with a UCUM unit',
  ],
  ['an amount that cannot be true', observed, responseTo('clinician-observations', { temperature: 370 }), 'is above'],
  [
    'a linkId that the Questionnaire does not have',
    good,
    changed(good, ({ item }) => {
      item?.push({ linkId: 'secret-of-a-client' });
    }),
    'The Questionnaire has no such linkId',
  ],
  [
    'a question outside its group',
    good,
    changed(good, ({ item }) => {
      item?.push({ linkId: 'nightPain', answer: [{ valueCoding: YES }] });
    }),
    'nightPain does not belong here',
  ],
  [
    'a group that stands there twice',
    good,
    changed(good, ({ item }) => {
      item?.push({ linkId: 'groupHead' });
    }),
    'groupHead stands here twice',
  ],
  [
    'an answer to a group',
    good,
    changed(good, (copy) => {
      itemOf(copy, 'groupHead').answer = [{ valueCoding: YES }];
    }),
    'groupHead is a group: it takes no answer',
  ],
  [
    'an answer to another version',
    good,
    changed(good, (copy) => {
      copy.questionnaire = `${copy.questionnaire?.split('|')[0]}|0.0.1`;
    }),
    'It answers another version',
  ],
  [
    'an answer to a form of somebody else',
    good,
    changed(good, (copy) => {
      copy.questionnaire = 'http://example.com/Questionnaire/other';
    }),
    'none that is served here',
  ],
  [
    'a status that is none',
    good,
    changed(good, (copy) => {
      copy.status = 'done' as 'completed';
    }),
    'status is no status',
  ],
  [
    'a time of answering that is none',
    good,
    changed(good, (copy) => {
      copy.authored = 'yesterday';
    }),
    'authored is no dateTime',
  ],
];

describe('when a response holds', () => {
  test.each(WRONG)('%s then it is an error, and without it there is none', (_what, right, wrong, says) => {
    expect(errorsOf(right)).toEqual([]);
    expect(errorsOf(wrong)).toEqual([expect.stringContaining(says)]);
  });
});

test('what a client made up is not repeated', () => {
  const [, , wrong] = WRONG.find(([what]) => what.startsWith('a linkId that')) ?? [];
  expect(JSON.stringify(issuesOf(wrong as QuestionnaireResponse))).not.toContain('secret-of-a-client');
});

test('what leaves it doubtful is a warning', () => {
  const doubtful = changed(good, (copy) => {
    copy.questionnaire = copy.questionnaire?.split('|')[0] ?? '';
    copy.authored = '2026-11-25T10:06:00Z';
    delete copy.subject;
  });
  expect(issuesOf(doubtful)).toEqual([
    'warning: It is not said whose answers these are',
    'warning: It lies in the future',
    expect.stringContaining('warning: It does not say which version it answers'),
  ]);
  expect(issuesOf(changed(good, (copy) => (copy.authored = '2026-11-25T10:04:59Z')))).toEqual(NONE);
});

test('when a response is huge then it is answered soon, and an error stays one among remarks', () => {
  const mark = { url: 'http://example.org/pregnancy-back-pain-cds/StructureDefinition/prefilled-from' };
  const burning = triage({ urinarySymptoms: ['burning'] });
  const answer = { ...itemOf(burning, 'urinarySymptoms').answer?.[0], extension: [mark] };
  const many = answerWith('urinarySymptoms', Array(50_000).fill(answer), burning);
  const wrong = changed(many, ({ item }) => {
    for (let at = 0; at < 50_000; at += 1) item?.push({ linkId: 'there-is-none' });
  });
  const started = performance.now();
  const issues = issuesOf(wrong);
  expect(performance.now() - started).toBeLessThan(5_000);
  expect(issues.filter((issue) => issue.startsWith('information'))).toHaveLength(100);
  expect(issues.filter((issue) => issue.startsWith('error'))).toHaveLength(100);
  expect(errorsOf(many)).toEqual([expect.stringContaining('the same answer twice')]);
});
