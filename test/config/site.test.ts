/** The site file: what it changes, and what stops the start (docs/site-file.md). */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type Card, EXTENSION_NAME } from '../../src/cds-hooks/card.ts';
import { readConfig } from '../../src/config.ts';
import { ServiceError } from '../../src/errors.ts';
import { applySite } from '../../src/knowledge/apply-site.ts';
import type { ClinicalCase } from '../harness/case.ts';
import { EMERGENCY, levelOf, MILD, requestOf, topics } from '../harness/requests.ts';
import { type RunningService, startService } from '../harness/service.ts';

let service: RunningService | undefined;
afterEach(() => service?.close());

/** The public cards of a case at a site. */
async function cardsAt(site: Record<string, unknown>, clinicalCase: ClinicalCase): Promise<Card[]> {
  await service?.close();
  service = await startService({ topics, site });
  const { cards } = await service.call(requestOf(clinicalCase));
  return cards.filter(({ extension }) => !extension[EXTENSION_NAME].confidential);
}

/** What the start says of a site file. */
function refusals(content: string): readonly string[] {
  const path = join(mkdtempSync(join(tmpdir(), 'site-')), 'site.json');
  writeFileSync(path, content);
  try {
    const { site } = readConfig({ SITE_CONFIG_FILE: path, DEMONSTRATION: 'false' }, '.');
    applySite(topics, site);
    return [];
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    expect(error.code).toBe('bad-configuration');
    return error.details;
  }
}

describe('when the site file is wrong then the start stops and names the field', () => {
  test.each<[string, Record<string, unknown>, RegExp]>([
    ['a member that nobody knows', { phone: '999' }, /phone/],
    ['an empty phone', { services: { ambulance: { phone: '  ' } } }, /^services\.ambulance\.phone: /],
    [
      'a service with a member that nobody knows',
      { services: { ambulance: { fax: '1' } } },
      /^services\.ambulance: .*fax/,
    ],
    [
      'a role that no action names',
      { services: { bakery: { phone: '1' } } },
      /^services\.bakery: no action names this role/,
    ],
    ['a policy that does not exist', { incompletePolicy: 'lax' }, /^incompletePolicy: /],
    ['a language without texts', { language: 'fr' }, /^language: /],
    ['a route that no plan leaves open', { routes: { taxi: 'yes' } }, /^routes\.taxi: no plan leaves this/],
    [
      'a destination that does not exist',
      { routes: { lateMiscarriageRoute: 'home' } },
      /^routes\.lateMiscarriageRoute: "home" is not one of both, /,
    ],
    ['codes of an action that nobody proposes', { orderCodes: { 'AC-NONE': [coding('1')] } }, /^orderCodes\.AC-NONE: /],
    [
      'a code without display',
      { orderCodes: { 'AC-MRI': [{ system: 'http://h.example', code: '1' }] } },
      /^orderCodes\.AC-MRI\.0\.display: /,
    ],
    [
      'a code without system in a value set',
      { valueSets: { 'imaging-codes': [{ code: '1', display: 'x' }] } },
      /^valueSets\.imaging-codes\.0\.system: /,
    ],
    ['a value set that no order is looked up in', { valueSets: { none: [coding('1')] } }, /^valueSets\.none: /],
    ['a rule that does not exist', { rulesOff: ['R99'] }, /^rulesOff\.0: R99 is no rule/],
    [
      'an emergency rule',
      { rulesOff: ['R03', 'E08'] },
      /^rulesOff\.1: E08 is of the level emergency, which is always on/,
    ],
    ['a private emergency rule', { rulesOff: ['E16'] }, /^rulesOff\.0: E16 .* always on/],
    ['a same-day rule', { rulesOff: ['U03'] }, /^rulesOff\.0: U03 is of the level same-day, which is always on/],
    ['what makes an open screen incomplete', { rulesOff: ['D01-i'] }, /^rulesOff\.0: D01-i is of the level incomplete/],
    ['a form address that is none', { formUrl: 'form' }, /^formUrl: /],
  ])('%s', (_, site, reason) => {
    expect(refusals(JSON.stringify(site))).toEqual([expect.stringMatching(reason)]);
  });

  test('no JSON', () => {
    expect(refusals('{')).toEqual([expect.stringMatching(/JSON/)]);
  });

  test('several faults are all named', () => {
    expect(refusals(JSON.stringify({ rulesOff: ['E08', 'U03'], routes: { taxi: 'yes' } }))).toHaveLength(3);
  });
});

test('when the example of the documentation is used then it is accepted', () => {
  expect(refusals(readFileSync('docs/site-file.example.json', 'utf8'))).toEqual([]);
});

test('when the site gives no phone then the card says local emergency number, and is never empty', async () => {
  const [card] = await cardsAt({}, EMERGENCY);
  expect(card?.detail).toContain('Send to the emergency department now: local emergency number\n');
  expect(card?.detail).not.toMatch(/: ?\n-|undefined/);
  const [named] = await cardsAt({ services: { 'emergency-department': { name: 'County ED' } } }, EMERGENCY);
  expect(named?.detail).toContain('Send to the emergency department now: County ED, local emergency number\n');
});

test('when the site gives name and phone then the card prints them, as text', async () => {
  const services = { 'emergency-department': { name: 'County ED [x](http://evil.example)', phone: '01234 567890' } };
  const [card] = await cardsAt({ services }, EMERGENCY);
  expect(card?.detail).toContain(', 01234 567890\n');
  expect(card?.detail).not.toContain('[x](http');
});

test('when the site has local order codes then drafts hold them first', async () => {
  const [card] = await cardsAt({ orderCodes: { 'AC-MRI': [coding('MRI-LS')], 'AC-ED': [coding('ED')] } }, EMERGENCY);
  const drafts = (card?.suggestions ?? []).flatMap(({ actions }) =>
    actions
      .flatMap((action) => (action.type === 'create' ? [action.resource] : []))
      .map((resource) => JSON.stringify(resource)),
  );
  expect(
    drafts.some((draft) => draft.includes('"coding":[{"system":"http://hospital.example/orders","code":"MRI-LS"')),
  ).toBe(true);
  expect(drafts.filter((draft) => draft.includes('hospital.example'))).toHaveLength(2);
});

const MODERATE: ClinicalCase = { ...MILD, form: { base: 'clear', answers: { severity: 5 } } };

test('when a rule below same-day is off then it does not fire, and nothing is silent', async () => {
  const [on] = await cardsAt({}, MODERATE);
  expect(on?.extension[EXTENSION_NAME].fired).toEqual(['R03']);
  const [off] = await cardsAt({ rulesOff: ['R03'] }, MODERATE);
  // 0.3-8: nothing fires in the pathway, so a lower level is not supported.
  expect(off?.extension[EXTENSION_NAME]).toMatchObject({ level: 'incomplete', fired: ['D01-none'] });
});

describe('when she is 16+0 to 19+6 then the site chooses who receives her', () => {
  const unit = 'Refer to the early pregnancy unit';
  const maternity = 'Refer to maternity triage';
  test.each<[string, string | undefined, string[]]>([
    ['15+6', undefined, [unit]],
    ['15+6', 'maternity-triage', [unit]],
    ['16+0', undefined, [unit, maternity]],
    ['16+0', 'early-pregnancy-unit', [unit]],
    ['16+0', 'maternity-triage', [maternity]],
    ['19+6', 'early-pregnancy-unit', [unit]],
    ['19+6', 'maternity-triage', [maternity]],
    ['20+0', 'early-pregnancy-unit', [maternity]],
    ['20+0', undefined, [maternity]],
  ])('at %s with %s', async (gestation, route, expected) => {
    const severe = { ...MILD, gestation, form: { base: 'clear', answers: { severity: 8 } } };
    const [card] = await cardsAt(route === undefined ? {} : { routes: { lateMiscarriageRoute: route } }, severe);
    expect(card?.extension[EXTENSION_NAME].fired).toContain('U03');
    expect([unit, maternity].filter((place) => card?.detail.includes(place))).toEqual(expected);
  });

  test('when the gestation is unknown then no choice of the site takes a place away', async () => {
    const { gestation, ...undated } = MILD;
    const severe = { ...undated, form: { base: 'clear', answers: { severity: 8, pregnancyKnown: 'scan' } } };
    const [card] = await cardsAt({ routes: { lateMiscarriageRoute: 'maternity-triage' } }, severe);
    for (const place of [unit, maternity]) expect(card?.detail).toContain(place);
  });
});

describe('when the policy for what is incomplete is strict', () => {
  // F.3 example 24: as 23 (30+0, pain 4 for weeks, closed, vital signs normal); cramps and character were not asked.
  const closed: ClinicalCase = {
    ...MILD,
    gestation: '30+0',
    form: { base: 'closed-24plus', answers: { severity: 4, painDuration: 'weeks' } },
  };

  test('then an unasked emergency question gives INC, and the level without it is said', async () => {
    const [lenient] = await cardsAt({}, closed);
    expect(levelOf(lenient ? [lenient] : [])).toBe('routine');
    const [card] = await cardsAt({ incompletePolicy: 'strict' }, closed);
    expect(card?.extension[EXTENSION_NAME]).toMatchObject({
      level: 'incomplete',
      fired: expect.arrayContaining(['R03']),
    });
    expect(card?.extension[EXTENSION_NAME].open).toContain('E09');
    expect(card?.detail).toContain('Provisional level if all unanswered items are no: Routine contact');
    expect(lenient?.detail).not.toContain('Provisional level');
  });

  test('then everything answered gives the level of the answers', async () => {
    const [card] = await cardsAt({ incompletePolicy: 'strict' }, MILD);
    expect(levelOf(card ? [card] : [])).toBe('self-care');
    expect(card?.detail).not.toContain('Provisional level');
  });

  test('then an emergency stays one, and private questions count as little as before', async () => {
    const [card] = await cardsAt({ incompletePolicy: 'strict' }, EMERGENCY);
    expect(levelOf(card ? [card] : [])).toBe('emergency');
    const unasked = { ...MILD, form: { base: 'clear', answers: { severity: 2, safeNow: null, selfHarmPlan: null } } };
    expect(levelOf(await cardsAt({ incompletePolicy: 'strict' }, unasked))).toBe('self-care');
  });

  test('then a person outside the pathway is not asked everything', async () => {
    const outside = { ...MILD, form: { answers: {} } };
    expect(await cardsAt({ incompletePolicy: 'strict' }, outside)).toEqual([]);
  });
});

function coding(code: string) {
  return { system: 'http://hospital.example/orders', code, display: `Local ${code}` };
}
