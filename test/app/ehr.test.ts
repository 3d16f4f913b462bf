/**
 * The demonstration of a health record in a real browser, against the service as it is started. Clients are known by JWT
 * here: every call of the page is signed, or it would be refused.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Appointment, Encounter, MedicationRequest, ServiceRequest } from '@medplum/fhirtypes';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { accessibilityFaults, chromiumFound, openBrowser, sidewaysScroll, visit } from '../harness/browser.ts';
import { sqliteFound } from '../harness/databases.ts';
import { whenFound } from '../harness/when-found.ts';
import { answered, type Demonstration, firstCard, startDemonstration, tabTo } from './ehr-page.ts';
import { answerStep, fillToReview, goOn, send } from './form-page.ts';

const PHONE = { width: 320, height: 640 };

whenFound('Chromium and better-sqlite3', chromiumFound && sqliteFound, () => {
  let demonstration: Demonstration;
  let browser: Browser;
  beforeAll(async () => {
    [demonstration, browser] = await Promise.all([startDemonstration(), openBrowser()]);
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await demonstration.end();
  });

  const open = async (place: string, options?: BrowserContextOptions) => {
    const opened = await visit(browser, `${demonstration.base}/ehr/${place}`, options);
    opened.page.setDefaultTimeout(15_000);
    return opened;
  };
  const openChart = async (patient: string, options?: BrowserContextOptions) => {
    const opened = await open(`#${patient}`, options);
    await answered(opened.page, 'Open chart');
    return opened;
  };
  test('every patient is listed with the level that the service finds, the most urgent first; a private finding does not show', async () => {
    const { page, complaints, close } = await open('#/');
    await page.locator('.patients').waitFor();
    const rows = (await page.locator('.patient').allTextContents()).map((row) => row.replace(/\s+/g, ' '));
    const colours = await page.evaluate('getComputedStyle(document.documentElement).backgroundColor');
    expect(colours).toBe('rgb(255, 255, 255)');
    expect(rows.length).toBeGreaterThanOrEqual(16);
    expect(rows[0]).toContain('Emergency now');
    expect(rows.at(-1)).toContain('No level');
    expect(rows.find((row) => row.includes('Nora Fischer'))).toContain('Self-care advice');
    expect(rows.find((row) => row.includes('Amina Yusuf'))).toContain('31+0 weeks');
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('link', { name: /Amina Yusuf/ }).click();
    await answered(page, 'Open chart');
    expect(await page.locator('.banner').textContent()).toContain('Gestation: 31+0, from due date from ultrasound');
    expect(complaints).toEqual([]);
    await close();
  }, 60_000);

  test('the full loop: form filled, hook called, card shown, suggestion accepted, draft in the record, feedback stored', async () => {
    const patient = 'incomplete-not-sure';
    const { page, complaints, close } = await openChart(patient);
    await page.getByRole('link', { name: /opens the app/ }).click();
    await page.getByText(/^Part 1 of/).waitFor();
    // What is open, and for whom, came with the launch: neither stands in an address.
    expect(page.url()).not.toMatch(/patient=|appContext|saddleNumbness/);
    const [, steps] = /of (\d+)/.exec((await page.getByText(/^Part 1 of/).textContent()) ?? '') ?? [];
    expect(Number(steps)).toBeLessThan(8);
    await answerStep(page, { backPain: 'Y' });
    await goOn(page);
    await fillToReview(page, { backPain: 'Y', saddleNumbness: 'Y' });
    await send(page);
    await page.getByText('Your answers were sent to your care team.').waitFor();

    await page.goto(`${demonstration.base}/ehr/#${patient}`);
    await answered(page, 'Open chart');
    expect(await firstCard(page).getAttribute('data-indicator')).toBe('critical');
    expect(await page.locator('.banner .badge').textContent()).toBe('Emergency now');
    const before = (await demonstration.resources<ServiceRequest>('ServiceRequest', patient)).length;
    await page.getByRole('button', { name: /^Accept: Post-void residual$/ }).click();
    await page.getByText('The service was told.').waitFor();
    const drafts = await demonstration.resources<ServiceRequest>('ServiceRequest', patient);
    expect(drafts).toHaveLength(before + 1);
    expect(drafts.at(-1)).toMatchObject({ status: 'draft', subject: { reference: `Patient/${patient}` } });
    await page.locator(`[data-order="ServiceRequest/${drafts.at(-1)?.id}"]`).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(demonstration.feedback()).toEqual(['accepted']);

    await page.getByText('Not following this advice').first().click();
    await page.getByLabel('Reason').first().selectOption({ index: 1 });
    await page.getByLabel('Comment (may be left out)').first().fill('seen by the registrar');
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Override this card' }).first().click();
    await page.getByText('Overridden. The service was told.').waitFor();
    expect(demonstration.feedback()).toEqual(['accepted', 'overridden']);
    expect(complaints).toEqual([]);
    await close();
  }, 60_000);

  test('orders: a draft is checked when it is chosen and when it is signed, and replaced by what is suggested', async () => {
    const patient = 'order-late-anti-inflammatory';
    const { page, complaints, close } = await openChart(patient);
    await page.getByLabel('Order: what').selectOption({ label: 'Codeine 30 mg by mouth' });
    await page.getByRole('button', { name: 'Order', exact: true }).click();
    await answered(page, 'Order');
    await page.getByRole('button', { name: 'Sign orders (2)' }).click();
    await answered(page, 'Sign orders');
    expect(await firstCard(page).getAttribute('data-indicator')).toBe('critical');
    await page
      .getByRole('button', { name: /^Accept: Replace Ibuprofen/ })
      .first()
      .click();
    await page.getByText('was removed').waitFor();
    const names = (await demonstration.resources<MedicationRequest>('MedicationRequest', patient)).map((one) =>
      JSON.stringify(one),
    );
    expect(names.some((name) => name.includes('buprofen'))).toBe(false);
    await page.getByRole('button', { name: /^Sign orders/ }).click();
    await answered(page, 'Sign orders');
    await page.getByRole('button', { name: 'Sign them' }).click();
    await page.getByText(/orders are signed/).waitFor();
    const states = (await demonstration.resources<MedicationRequest>('MedicationRequest', patient)).map(
      ({ status }) => status,
    );
    expect(new Set(states)).toEqual(new Set(['active']));
    expect(complaints).toEqual([]);
    await close();
  }, 60_000);

  test('visits and bookings: each calls its hook, and the record changes when the clinician goes on', async () => {
    const patient = 'same-day-worse-pain';
    const { page, complaints, close } = await openChart(patient);
    expect(await page.getByRole('button', { name: 'Discharge' }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Start visit' }).click();
    await answered(page, 'Start visit');
    await page.getByLabel('Book: what').selectOption({ label: 'in 2 weeks' });
    await page.getByRole('button', { name: 'Book', exact: true }).click();
    await answered(page, 'Book');
    expect(await firstCard(page).locator('h3').textContent()).toContain('Same day needed');
    await page.getByRole('button', { name: 'Book it' }).click();
    await page.getByText('The appointment is booked').waitFor();
    await page.getByRole('button', { name: 'Discharge' }).click();
    await answered(page, 'Discharge');
    expect(await page.locator('.card').count()).toBeGreaterThan(0);
    await page.getByRole('button', { name: 'End the visit' }).click();
    await page.getByText('The visit is ended.').waitFor();
    const visits = (await demonstration.resources<Encounter>('Encounter', patient)).map(({ status }) => status);
    expect(visits).toContain('finished');
    expect(await demonstration.resources<Appointment>('Appointment', patient)).toHaveLength(1);
    expect(complaints).toEqual([]);
    await close();
  }, 60_000);

  test('with the keyboard alone: a measurement and an answer change the cards, and the exchange can be looked at', async () => {
    const { page, complaints, close } = await openChart('self-care-mild-pain');
    expect(await firstCard(page).getAttribute('data-indicator')).toBe('info');
    await tabTo(page, '#measure-form summary');
    await page.keyboard.press('Enter');
    await tabTo(page, '#measure-what');
    await page.keyboard.type('systolic');
    await tabTo(page, '#measure-value');
    await page.keyboard.type('176');
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await page.locator('.card[data-indicator=critical]').waitFor();
    expect(await page.locator('.series').textContent()).toContain('176');
    expect(await page.locator('.facts').first().textContent()).toContain('176');

    await tabTo(page, '#answer-form summary');
    await page.keyboard.press('Enter');
    await tabTo(page, '#answer-what');
    await page.keyboard.type('saddle');
    await tabTo(page, '#answer-value');
    await page.keyboard.type('Yes');
    await tabTo(page, '#answer-submit');
    await page.keyboard.press('Enter');
    await page.locator('.card h3', { hasText: '(+1 more)' }).waitFor();

    await page.locator('#tools button').focus();
    await page.keyboard.press('Enter');
    const drawer = page.getByRole('dialog');
    await drawer.waitFor();
    const hook = drawer.locator('details', { hasText: 'Hook patient-view: 200' }).first();
    await hook.locator('summary').press('Enter');
    await hook.locator('pre').first().waitFor();
    expect(await hook.textContent()).toContain('"hookInstance"');
    expect(await hook.textContent()).toContain(`"aud": "${demonstration.base}/cds-services/back-pain-in-pregnancy"`);
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    expect(await drawer.count()).toBe(0);
    expect(complaints).toEqual([]);
    await close();
  }, 60_000);

  test('a measurement that was wrong is marked as entered in error, and the card changes back', async () => {
    const { page, complaints, close } = await openChart('routine-weeks-of-pain');
    await page.getByText('Add a measurement').click();
    await page.getByLabel('Measured', { exact: true }).selectOption({ label: 'systolic blood pressure (mmHg)' });
    await page.getByLabel('Value').fill('176');
    await page.locator('#measure-submit').click();
    await page.locator('.card[data-indicator=critical]').waitFor();
    await page.getByText('Mark as entered in error').click();
    const options = await page.getByLabel('Measurement', { exact: true }).locator('option').allTextContents();
    await page
      .getByLabel('Measurement', { exact: true })
      .selectOption({ label: options.find((one) => one.includes('176')) ?? '' });
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.locator('#take-back-submit').click();
    await page.locator('.card:not([data-indicator=critical])').waitFor();
    expect(await page.locator('.series').textContent()).not.toContain('176');
    expect(complaints).toEqual([]);
    await close();
  }, 60_000);

  test('in the dark the list, a chart, a private card and the drawer are accessible and fit a small phone', async () => {
    const { page, complaints, close } = await openChart('private-answer', { colorScheme: 'dark', viewport: PHONE });
    const sound = async () => {
      expect(await accessibilityFaults(page)).toEqual([]);
      expect(await sidewaysScroll(page)).toBe(0);
    };
    const colours = await page.evaluate('getComputedStyle(document.documentElement).backgroundColor');
    expect(String(colours).includes('255, 255, 255')).toBe(false);
    // Nothing of it is shown before it is opened.
    expect(await firstCard(page).locator('.markdown').isVisible()).toBe(false);
    await sound();
    await page.getByText('Private: show it').click();
    expect(await firstCard(page).locator('.markdown').isVisible()).toBe(true);
    await sound();
    await page.getByRole('button', { name: 'Requests and responses' }).click();
    await page.locator('.exchanges summary').first().click();
    await sound();
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: 'Patients' }).click();
    await page.locator('.patients').waitFor();
    await sound();
    expect(complaints).toEqual([]);
    await close();
  }, 60_000);

  test('what a card holds stays text, and a failure is no all-clear', async () => {
    const { page, close } = await openChart('same-day-kidney-infection');
    const card = {
      uuid: crypto.randomUUID(),
      summary: '<b>summary</b>',
      detail: '<img src=x onerror="document.title=\'hit\'"> [press](javascript:alert(1)) **bold** &lt;i&gt; `a<b`',
      indicator: 'info',
      source: { label: 'x', url: 'javascript:alert(1)' },
      links: [
        { label: 'app', url: 'https://elsewhere.example/form/', type: 'smart', appContext: '{}' },
        { label: 'no address', url: 'https://[', type: 'smart' },
      ],
    };
    await page.route('**/cds-services/*', (route) => route.fulfill({ json: { cards: [card] } }));
    await page.getByRole('button', { name: 'Open chart' }).click();
    await page.getByText('<b>summary</b>').waitFor();
    expect(await page.locator('.card img, .card a').count()).toBe(0);
    expect(await page.locator('.markdown').last().textContent()).toContain('<img src=x');
    expect(await page.locator('.markdown').last().textContent()).toContain('<i>');
    expect(await page.locator('.card strong').first().textContent()).toBe('bold');

    await page.unroute('**/cds-services/*');
    await page.route('**/cds-services/*', (route) => route.fulfill({ status: 500, json: {} }));
    await page.getByRole('button', { name: 'Open chart' }).click();
    expect(await page.getByRole('alert').textContent()).toContain('This is not an all-clear');
    expect(await accessibilityFaults(page)).toEqual([]);
    await close();
  }, 60_000);
});
