/** What the card says of dating and location, through the hook. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { FhirResource } from '../../src/fhir/types.ts';
import { hookRequestOf } from '../harness/case.ts';
import { dateAgo, dated, daysAgo, observed, periodDue, procedure, scanDue } from '../harness/pregnancy.ts';
import { questionnaires, topics } from '../harness/requests.ts';
import { type RunningService, startService } from '../harness/service.ts';

let service: RunningService;
beforeAll(async () => {
  service = await startService({ topics });
});
afterAll(() => service.close());

async function said(chart: FhirResource[], answers = {}): Promise<string> {
  const form = { base: 'clear', answers: { severity: 3, ...answers } };
  const own = chart.map((resource) => ({ ...resource, subject: { reference: 'Patient/case-patient' } }));
  const clinicalCase = { title: '', spec: '', form, chart: own as FhirResource[], expect: {} };
  const { cards } = await service.call(hookRequestOf(clinicalCase, questionnaires));
  return cards.map(({ detail }) => detail).join('\n');
}

test('when scan and last period disagree then the card says both, which is used, and that it is above the limit', async () => {
  const text = await said([scanDue(231)], { lastPeriodDate: dateAgo(262), lastPeriodCertain: 'yes' });
  expect(text).toContain('Gestation: 33+0, from due date from ultrasound');
  expect(text).toContain('Dating conflict above the limit of ACOG CO 700');
  expect(text).toContain('scan says 33+0, last period says 37+3; the scan is used');
});

test('when nothing dates the pregnancy then no status is named as its source', async () => {
  const text = await said([observed('80384-1', { valueCodeableConcept: { coding: [{ code: '10828004' }] } })], {
    pregnancyKnown: 'scan',
  });
  expect(text).toMatch(/Gestation: unknown$/m);
});

test('when two sources count then the interval is said', async () => {
  const text = await said([
    periodDue(84),
    observed('18185-9', { valueQuantity: { value: 15, system: 'http://unitsofmeasure.org', code: 'wk' } }, daysAgo(0)),
  ]);
  expect(text).toContain('Gestation: 12+0 to 15+0');
});

test('when a due date is filled up with a time then it is the same day', async () => {
  const text = await said([observed('11778-8', dated('2027-02-14T00:00:00+13:00'))]);
  expect(text).toContain('Gestation: 28+3');
});

test('when a pregnancy ended then the card says from what', async () => {
  const text = await said([procedure('714812005', daysAgo(10))]);
  expect(text).toContain('pregnancy ended: 714812005 (recorded procedure 15 Nov 2026 10:00, Procedure/');
});

test('when an end has no date then the card says how it was taken', async () => {
  const text = await said([], { pregnancyKnown: 'no', pregnancyEnded: 'miscarriage' });
  expect(text).toContain('a pregnancy ended in the last year, the date is not known: taken as recent');
});
