/** What is remembered of a card: nothing that tells of a confidential finding, or of the patient. */
import { expect, test } from '@jest/globals';
import { type Card, EXTENSION_NAME } from '../../src/cds-hooks/card.ts';
import { issuedCard } from '../../src/cds-hooks/issued-cards.ts';

const CALL = { tenant: 't', service: 's', hook: 'patient-view', issuedAt: 5 };

const card = (confidential: boolean): Card => ({
  uuid: 'u',
  summary: 'Canary',
  detail: 'Canary 180/120',
  indicator: 'warning',
  source: { label: 'Canary' },
  extension: {
    [EXTENSION_NAME]: { level: 'high', fired: ['A1'], open: ['B2'], notAsked: ['c'], plan: 's|1', confidential },
  },
});

test('when a card is issued then its level, plan and rules are remembered, and no word of it', () => {
  const remembered = { ...CALL, uuid: 'u', plan: 's|1', level: 'high', rules: ['A1', 'B2'], fingerprint: 'f' };
  expect(issuedCard(card(false), CALL, 'f')).toEqual(remembered);
});

test('when it is confidential then it is private: no level, no rule, no fingerprint', () => {
  expect(issuedCard(card(true), CALL, 'f')).toEqual({ ...CALL, uuid: 'u', plan: 's|1', level: 'private', rules: [] });
});
