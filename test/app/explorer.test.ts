/** The rule explorer in a real browser: reading rules, supposing facts, the heat map, and what became of cards. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { type Card, EXTENSION_NAME } from '../../src/cds-hooks/card.ts';
import { resourcesIn } from '../../src/fhir/bundles.ts';
import { loadTopics, readKnowledgeFiles } from '../../src/knowledge/load.ts';
import { accessibilityFaults, chromiumFound, openBrowser, sidewaysScroll, visit } from '../harness/browser.ts';
import { FEEDBACK, override } from '../harness/feedback.ts';
import { EMERGENCY, requestOf } from '../harness/requests.ts';
import { type RunningService, startService } from '../harness/service.ts';
import { whenFound } from '../harness/when-found.ts';
import { tabTo } from './ehr-page.ts';

const ADMIN_TOKEN = 'a-token-of-thirty-two-characters';
const PHONE = { width: 320, height: 640 };

whenFound('Chromium', chromiumFound, () => {
  let service: RunningService;
  let browser: Browser;
  beforeAll(async () => {
    [service, browser] = await Promise.all([
      startService({ pagesDir: 'dist/app', config: { adminToken: ADMIN_TOKEN } }),
      openBrowser(),
    ]);
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await service.close();
  });

  const open = async (place = '', options?: BrowserContextOptions) => {
    const opened = await visit(browser, `${service.base}/explorer/${place}`, options);
    opened.page.setDefaultTimeout(15_000);
    await opened.page.locator('main section').first().waitFor();
    return opened;
  };
  const isSound = async (page: Page) => {
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await sidewaysScroll(page)).toBe(0);
  };
  const level = (page: Page, text: string) => page.locator('.level .badge', { hasText: text }).first().waitFor();

  test('a rule is found by search and filters, and says its alternatives, sources, review date and cases', async () => {
    const { page, complaints, close } = await open();
    const count = page.getByRole('status');
    const total = (await count.textContent())?.match(/of (\d+) rules/)?.[1];
    expect(await page.locator('.rules > li').count()).toBe(Number(total));
    await page.getByLabel('Search').fill('numbness saddle');
    expect(await page.locator('#rule-E08').count()).toBe(1);
    await page.getByLabel('Level').selectOption({ label: 'Self-care advice' });
    expect(await page.locator('#rule-E08').count()).toBe(0);
    await page.getByLabel('Level').selectOption('emergency');
    await page.locator('#rule-E08 > summary').click();
    const rule = page.locator('#rule-E08 .rule');
    const text = await rule.textContent();
    expect(text).toContain('%saddleNumbness');
    expect(text).toMatch(/Review due\d{4}-\d\d-\d\d/);
    for (const title of ['Fires when', 'Actions', 'Tells the patient', 'Sources']) expect(text).toContain(title);
    await rule.getByText('Cases that prove it').click();
    await rule.locator('.cases li').first().waitFor();
    expect(await rule.locator('.cases li').count()).toBeGreaterThan(2);
    await isSound(page);
    expect(complaints).toEqual([]);
    await close();
  }, 60_000);

  test('with the keyboard alone a fact is supposed, and the level, what fired and why follow', async () => {
    const { page, complaints, close } = await open('#what-if');
    await page.getByText('Excluded').waitFor();
    await tabTo(page, '.buttons button');
    await page.keyboard.press('Enter');
    await page.getByText('Nothing is said').waitFor();
    await tabTo(page, '[data-fact=backPain]');
    await page.keyboard.type('Yes');
    await page.getByText('Nothing is said').waitFor({ state: 'detached' });
    await tabTo(page, '[data-fact=saddleNumbness]');
    await page.keyboard.type('Yes');
    await level(page, 'Emergency now');
    expect(await page.locator('details.fired').textContent()).toContain('Because: ');
    await isSound(page);
    await page.locator('details.fired a').first().focus();
    await page.keyboard.press('Enter');
    await page.locator('.rules details[open]').waitFor();
    expect(complaints).toEqual([]);
    await close();
  }, 60_000);

  test('values, several choices and the gestation are supposed; what is not plausible is said', async () => {
    const { page, complaints, close } = await open('#what-if');
    await page.getByLabel('Find a fact').fill('systolic');
    await page.getByLabel(/^systolic blood pressure/).fill('900');
    await page.getByText('Not used: systolic blood pressure').waitFor();
    await page.getByLabel(/^systolic blood pressure/).fill('176');
    await level(page, 'Emergency now');
    await page.getByLabel('Weeks', { exact: true }).fill('');
    await page.locator('.level', { hasText: 'gestation not known' }).waitFor();
    await page.getByLabel('Find a fact').fill('character of pain');
    await page.getByLabel('Tearing or ripping').check();
    await page.getByRole('button', { name: 'Forget everything' }).click();
    await page.locator('.level', { hasText: '24+0' }).waitFor();
    expect(complaints).toEqual([]);
    await close();
  }, 60_000);

  test('what the service would compute is supposed like any fact, and its limit is where a rule says', async () => {
    const { page, complaints, close } = await open('#what-if');
    await page.locator('[data-fact=backPain]').selectOption({ label: 'Yes' });
    await page.getByLabel('face to face').check();
    const find = page.getByLabel('Find a fact');
    await find.fill('temperature');
    await page.getByLabel(/^temperature/).fill('38.4');
    const fired = page.locator('details.fired a[href="#E09"]');
    await find.fill('systolicFall');
    const fall = page.locator('.facts label:visible input');
    await fall.fill('40');
    await fired.waitFor();
    await isSound(page);
    await fall.fill('39');
    await fired.waitFor({ state: 'detached' });
    await page.locator('details.fired').waitFor();
    expect(complaints).toEqual([]);
    await close();
  }, 60_000);

  test('drafts are supposed by their name with the keyboard alone, and the rules about orders follow the gestation', async () => {
    const { page, complaints, close } = await open('#what-if', { colorScheme: 'dark', viewport: PHONE });
    await page.getByText('Excluded').waitFor();
    await tabTo(page, '[data-draft=name]');
    await page.keyboard.type('Ibuprofen 400 mg');
    await page.keyboard.press('Enter');
    const draft = page.getByRole('region', { name: 'Draft: Ibuprofen 400 mg' });
    await draft.getByText('Recognised: ibuprofen.').waitFor();
    expect(await draft.locator('a[href="#O01"]').isVisible()).toBe(false);
    await page.getByLabel('Weeks', { exact: true }).fill('30');
    await draft.locator('.order-fired-0 a[href="#O01"]').waitFor();
    await tabTo(page, '[data-draft=name]');
    await page.keyboard.type('Unheardofine 5 mg');
    await page.keyboard.press('Enter');
    const unknown = page.getByRole('region', { name: 'Draft: Unheardofine 5 mg' });
    await unknown.getByText('Not recognised by its name.').waitFor();
    await unknown.locator('.order-fired-1 a[href="#O00"]').waitFor();
    await isSound(page);
    await tabTo(page, '[aria-label="Take away Ibuprofen 400 mg"]');
    await page.keyboard.press('Enter');
    await draft.waitFor({ state: 'detached' });
    expect(await page.evaluate('document.activeElement.dataset.draft')).toBe('name');
    await page.getByRole('button', { name: 'Forget everything' }).click();
    await unknown.waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
    await close();
  }, 60_000);

  test('the heat map is drawn for the present facts, also in the dark on a small phone, and grows old when they change', async () => {
    const { page, complaints, close } = await open('#what-if', { colorScheme: 'dark', viewport: PHONE });
    await page.locator('[data-fact=syncope]').selectOption({ label: 'Yes' });
    await page.getByRole('button', { name: 'Draw' }).click();
    await page.locator('.heat').waitFor();
    expect(await page.locator('.heat tbody tr').count()).toBe(11);
    expect(await page.locator('.heat tbody tr').first().locator('td').count()).toBe(44);
    expect(new Set(await page.locator('.heat tbody td').allTextContents()).size).toBeGreaterThan(1);
    await isSound(page);
    await page.locator('[data-fact=syncope]').selectOption('');
    await page.getByText('The facts have changed').waitFor();
    expect(await page.locator('.heat').count()).toBe(0);
    expect(complaints).toEqual([]);
    await close();
  }, 60_000);

  test('override rates are what the service counted, told to whoever has the token and to nobody else', async () => {
    const { cards } = await service.call(requestOf(EMERGENCY));
    const card = cards[0] as Card;
    expect((await service.post(FEEDBACK, { feedback: [override(card)] })).status).toBe(200);
    const { page, close } = await open('#overrides');
    await page.getByText('The service gives none to this page.').waitFor();
    expect(await page.locator('table').count()).toBe(0);
    await isSound(page);
    await page.getByLabel('Token of the administration').fill(ADMIN_TOKEN);
    await page.keyboard.press('Enter');
    const row = page.locator('tbody tr', { hasText: card.extension[EXTENSION_NAME].fired?.[0] ?? 'none' });
    await row.waitFor();
    expect(await row.locator('td').allTextContents()).toEqual(['1', '0', '1', '100 %', 'already-done 1']);
    const chart = (title: string) => page.locator('figure', { hasText: title }).locator('li');
    expect(await chart('By month').allTextContents()).toEqual([
      expect.stringMatching(/^2026-110 % accepted, 100 % overridden of \d/),
    ]);
    expect(await chart('By hook').allTextContents()).toEqual([
      expect.stringMatching(/^patient-view0 % accepted, 100 % overridden/),
    ]);
    expect(await chart('Reasons').allTextContents()).toEqual([expect.stringMatching(/^already-done100 % \(\d\)$/)]);
    const bar = page.locator('figure', { hasText: 'By hook' }).locator('rect.overridden');
    expect(await bar.evaluate((rect) => rect.getBoundingClientRect().width)).toBeGreaterThan(100);
    await isSound(page);
    await close();
  }, 60_000);

  test('of two plans each has its own rules, levels and what-if, and one leads to the other', async () => {
    const folders = ['.', 'test/fixtures/headache'];
    const two = await startService({
      pagesDir: 'dist/app',
      topics: folders.flatMap(loadTopics),
      resources: folders.flatMap(readKnowledgeFiles).flatMap(({ resource }) => resourcesIn(resource)),
    });
    const { page, complaints, close } = await visit(browser, `${two.base}/explorer/`);
    page.setDefaultTimeout(15_000);
    await page.locator('#rule-E08').waitFor();
    const other = page.locator('header nav a[href^="?plan="]');
    expect(await other.count()).toBe(1);
    await other.click();
    await page.locator('.rules > li').first().waitFor();
    expect(await page.locator('#rule-E08').count()).toBe(0);
    expect(await page.locator('.rules > li').count()).toBeGreaterThan(0);
    await isSound(page);
    await page.goto(`${page.url().split('#')[0]}#what-if`);
    await page.locator('.level').waitFor();
    expect(await page.locator('[data-fact=saddleNumbness]').count()).toBe(0);
    expect(await page.locator('header nav a[href="?plan=back-pain-in-pregnancy"]').count()).toBe(1);
    expect(complaints).toEqual([]);
    await close();
    await two.close();
  }, 60_000);

  test('when the engine does not answer then no level is shown', async () => {
    const { page, close } = await open('#what-if');
    await page.locator('.level').waitFor();
    await page.route('**/explorer-api/what-if', (route) => route.fulfill({ status: 503, json: {} }));
    await page.locator('[data-fact=syncope]').selectOption({ label: 'Yes' });
    await page.getByRole('alert').waitFor();
    expect(await page.locator('.level').count()).toBe(0);
    await isSound(page);
    await close();
  }, 60_000);
});
