/** Every ingredient of specification section D is recognised, by each of the codes that it gives. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Card, EXTENSION_NAME } from '../../src/cds-hooks/card.ts';
import type { ClinicalCase } from '../harness/case.ts';
import { requestOf } from '../harness/requests.ts';
import { type RunningService, startService } from '../harness/service.ts';

const RXNORM = 'http://www.nlm.nih.gov/research/umls/rxnorm';
const ATC = 'http://www.whocc.no/atc';

let service: RunningService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());

async function firedFor(system: string, code: string, gestation = '31+0'): Promise<string[]> {
  const order = { resourceType: 'MedicationRequest', medicationCodeableConcept: { coding: [{ system, code }] } };
  const clinicalCase: ClinicalCase = {
    title: code,
    spec: 'D',
    gestation,
    located: true,
    orders: [order],
    expect: {},
  };
  const { cards } = await service.call(requestOf(clinicalCase));
  return cards.flatMap((card: Card) => card.extension[EXTENSION_NAME].fired ?? []);
}

/** Rule -> RxNorm ingredients of the specification, with the gestation at which the rule fires. */
const RXNORM_INGREDIENTS: [rule: string, codes: string[], gestation?: string][] = [
  [
    'O01',
    [
      '5640',
      '7258',
      '3355',
      '35827',
      '5781',
      '140587',
      '41493',
      '6142',
      '8356',
      '24605',
      '31448',
      '10237',
      '3393',
      '32613',
    ],
  ],
  ['O05', ['1191']],
  ['O06', ['2670', '10689', '7804', '5489', '7052', '3423', '787390']],
  ['O08', ['21949', '1292', '6845', '57258', '2101']],
  ['O08-benzodiazepine', ['3322', '6470']],
  ['O09', ['187832', '25480']],
  ['O12', ['6851']],
  ['O13', ['42331']],
  ['O14', ['10829'], '10+0'],
  ['O14', ['7454'], '37+0'],
  ['O14', ['2551']],
  ['O15-oral', ['11289', '1364430', '1114195', '1037042']],
];

const ATC_CODES: [rule: string, codes: string[], gestation?: string][] = [
  ['O01', ['M01AE01', 'M01AB05', 'M01AH01', 'M01BA01', 'N02AJ08', 'N02AJ14', 'N02AJ19', 'N02BA11']],
  ['O04', ['M02AA15']],
  ['O05', ['B01AC06']],
  ['O06', ['N02AA01', 'N02AX02', 'N02AJ06', 'N02AJ13', 'R05DA04', 'N02AB03']],
  ['O08', ['M03BX01', 'M03BA03']],
  ['O08-benzodiazepine', ['N05BA01', 'N05BA06']],
  ['O09', ['N02BF01', 'N02BF02', 'N03AX12', 'N03AX16']],
  ['O12', ['L01BA01', 'L04AX03']],
  ['O13', ['A02BB01', 'G02AD06', 'G03XB01']],
  ['O14', ['J01EA01', 'J01EE01'], '10+0'],
  ['O14', ['J01XE01'], '37+0'],
  ['O14', ['J01MA02']],
  ['O15-oral', ['B01AA03', 'B01AE07', 'B01AF01']],
];

const each = (table: typeof RXNORM_INGREDIENTS) =>
  table.flatMap(([rule, codes, gestation]) => codes.map((code) => [code, rule, gestation] as const));

describe('when an ingredient is ordered by its RxNorm code', () => {
  test.each(each(RXNORM_INGREDIENTS))('%s then %s fires', async (code, rule, gestation) => {
    expect(await firedFor(RXNORM, code, gestation)).toEqual([rule]);
  });
});

describe('when a drug is ordered by its ATC code', () => {
  test.each(each(ATC_CODES))('%s then %s fires', async (code, rule, gestation) => {
    expect(await firedFor(ATC, code, gestation)).toContain(rule);
  });
});

test('when an ATC code of another system is sent then it is no drug that is known', async () => {
  expect(await firedFor('http://example.com/codes', 'M01AE01')).toEqual(['O00']);
});

test.each([
  ['N02BE01', 'paracetamol'],
  ['S01BC03', 'diclofenac for the eye'],
  ['N07BC02', 'methadone of a programme'],
  ['B01AB05', 'a heparin, when nothing bleeds'],
  ['A10BA02', 'metformin'],
])('when %s (%s) is ordered then there is no card', async (code) => {
  expect(await firedFor(ATC, code)).toEqual([]);
});
