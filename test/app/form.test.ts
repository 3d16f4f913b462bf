/** The form in a real browser, against the service as it is started, with its embedded data. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Bundle, QuestionnaireResponse } from '@medplum/fhirtypes';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import type { CdsResponse } from '../../src/cds-hooks/card.ts';
import { accessibilityFaults, chromiumFound, openBrowser, sidewaysScroll, visit } from '../harness/browser.ts';
import { type ServiceProcess, startProcess } from '../harness/service-process.ts';
import { whenFound } from '../harness/when-found.ts';
import { answerStep, fillToReview, goOn, send, untilAsked } from './form-page.ts';

const PATIENT = 'self-care-mild-pain';
const PHONE = { width: 320, height: 640 };
const PAIN = { backPain: 'Y', severity: '2' };
const NUMB = { ...PAIN, saddleNumbness: 'Y' };

whenFound('Chromium', chromiumFound, () => {
  let service: ServiceProcess;
  let browser: Browser;
  beforeAll(async () => {
    [service, browser] = await Promise.all([
      startProcess({ DATABASE_URL: 'memory:', DEMONSTRATION: 'true' }),
      openBrowser(),
    ]);
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await service.end('SIGTERM');
  });

  const open = async (query: string, options?: BrowserContextOptions) => {
    const opened = await visit(browser, `${service.base}/form/?patient=${PATIENT}&${query}`, options);
    opened.page.setDefaultTimeout(15_000);
    await opened.page.locator('form').waitFor();
    return opened;
  };
  const onlyAsking = (...names: string[]) => `appContext=${encodeURIComponent(JSON.stringify({ open: names }))}`;

  const stored = async (): Promise<QuestionnaireResponse[]> => {
    const found = await fetch(`${service.base}/fhir/QuestionnaireResponse?patient=${PATIENT}&_count=200`);
    const { entry = [] } = (await found.json()) as Bundle<QuestionnaireResponse>;
    return entry.flatMap(({ resource }) => resource ?? []);
  };

  const cards = async () => {
    const hook = { hook: 'patient-view', hookInstance: crypto.randomUUID(), fhirServer: `${service.base}/fhir` };
    const response = await fetch(`${service.base}/cds-services/back-pain-in-pregnancy`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...hook, context: { userId: 'Practitioner/demo', patientId: PATIENT } }),
    });
    return ((await response.json()) as CdsResponse).cards;
  };

  test('from the first question to what to do: the answers are in the record, and the card of the clinician rests on them', async () => {
    const before = (await stored()).length;
    const { page, complaints, close } = await open('lang=en');
    expect(await page.locator('.alert').count()).toBe(0);
    await fillToReview(page, PAIN);
    expect(await accessibilityFaults(page)).toEqual([]);
    await send(page);
    await page.getByText('Your answers were sent to your care team.').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await stored()).toHaveLength(before + 1);
    const [card] = await cards();
    expect(card?.detail).toContain('QuestionnaireResponse/');
    expect(card?.indicator).not.toBe('critical');
    expect(complaints).toEqual([]);
    await close();
  }, 60_000);

  test('an answer that is an emergency says at once what to do, before the next question; and the clinician gets a critical card', async () => {
    const { page, complaints, close } = await open(`lang=en&${onlyAsking('saddleNumbness', 'bladderBowel')}`);
    await untilAsked(page, 'saddleNumbness');
    await page.locator('input[name="saddleNumbness"][value="Y"]').check();
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.getAttribute('data-indicator')).toBe('critical');
    expect(await alert.textContent()).toContain('go to emergency now');
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.locator('input[name="saddleNumbness"][value="N"]').check();
    expect(await page.getByRole('alert').count()).toBe(0);
    await page.locator('input[name="saddleNumbness"][value="Y"]').check();
    await answerStep(page, { saddleNumbness: 'Y' });
    await goOn(page);
    await send(page);
    await page.getByRole('heading', { name: 'You need help now' }).waitFor();
    await page.getByText('Your answers were sent to your care team.').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    const [card] = await cards();
    expect(card?.indicator).toBe('critical');
    expect(complaints).toEqual([]);
    await close();
  }, 60_000);

  test('launched from a card that asks for something, only that is asked', async () => {
    const { page, close } = await open(`lang=en&${onlyAsking('saddleNumbness', 'noQuestionOfOurs')}`);
    const asked: (string | null)[] = [];
    for (let step = 0; step < 10 && (await page.locator('form').count()) > 0; step += 1) {
      asked.push(
        ...(await page.locator('form input').evaluateAll((all) => all.map((one) => one.getAttribute('name')))),
      );
      await answerStep(page, PAIN);
      await goOn(page);
    }
    // What the form requires is asked as well: without it the response would not be valid.
    expect([...new Set(asked)]).toEqual(['backPain', 'saddleNumbness']);
    expect(await page.locator('form').count()).toBe(0);
    await close();
  });

  test('what was answered is there again after a reload; the private answers are not kept on the device', async () => {
    const { page, close } = await open('lang=en');
    await answerStep(page, PAIN);
    await goOn(page);
    await page.reload();
    await page.getByText('Part 2 of').waitFor();
    const kept = (await page.evaluate('JSON.stringify(localStorage)')) as string;
    expect(kept).toContain('backPain');
    await close();

    const other = await open(`lang=en&${onlyAsking('selfHarmThoughts')}`);
    await untilAsked(other.page, 'selfHarmThoughts');
    await other.page.locator('input[name="selfHarmThoughts"][value="Y"]').check();
    const secret = (await other.page.evaluate(
      'JSON.stringify(localStorage) + JSON.stringify(sessionStorage)',
    )) as string;
    expect(secret).not.toContain('selfHarmThoughts');
    await goOn(other.page);
    expect(await other.page.locator('main').textContent()).toContain('Answered. Not shown here.');
    await other.close();
  }, 60_000);

  test('when the server is gone, and then stores but its answer is lost, then the response is sent again and is there once', async () => {
    const before = (await stored()).length;
    const { page, close } = await open(`lang=en&${onlyAsking('saddleNumbness')}`);
    await fillToReview(page, PAIN);
    let tries = 0;
    await page.route('**/fhir/QuestionnaireResponse', async (route) => {
      if (route.request().method() !== 'POST') return route.continue();
      tries += 1;
      if (tries === 1) return route.abort('connectionrefused');
      if (tries > 2) return route.continue();
      await route.fetch();
      await route.abort('connectionreset');
    });
    await send(page);
    await page.getByText('Your answers are NOT sent yet.').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.reload();
    await page.getByText('Your answers were sent to your care team.').waitFor({ timeout: 20_000 });
    // The third time it asks first, and finds what was stored.
    expect(tries).toBe(2);
    expect(await stored()).toHaveLength(before + 1);
    await close();
  }, 60_000);

  test('with the keyboard alone', async () => {
    const before = (await stored()).length;
    const { page, close } = await open(`lang=en&${onlyAsking('saddleNumbness')}`);
    const tabTo = async (selector: string) => {
      for (let presses = 0; presses < 40; presses += 1) {
        if (await page.locator(selector).evaluateAll((all) => all.some((one) => one.matches(':focus')))) return;
        await page.keyboard.press('Tab');
      }
      throw new Error(`${selector} cannot be reached`);
    };
    await tabTo('input[name="backPain"]');
    await page.keyboard.press('Space');
    await tabTo('form button[type=submit]');
    await page.keyboard.press('Enter');
    await tabTo('input[name="saddleNumbness"]');
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowDown');
    expect(await page.locator('input[name="saddleNumbness"][value="N"]').isChecked()).toBe(true);
    await tabTo('form button[type=submit]');
    await page.keyboard.press('Enter');
    await tabTo('button:text("Send my answers")');
    await page.keyboard.press('Enter');
    await page.getByText('Your answers were sent to your care team.').waitFor();
    expect(await stored()).toHaveLength(before + 1);
    await close();
  }, 60_000);

  test.each([
    ['en', 'light', 'ltr', 'Get help now'],
    ['es', 'dark', 'ltr', 'Pida ayuda ahora'],
    ['fa', 'dark', 'rtl', 'همین حالا کمک بخواهید'],
  ] as const)(
    'in %s and %s it is accessible, fits a small phone, and says that translations are not reviewed',
    async (lang, colorScheme, dir, heading) => {
      const { page, complaints, close } = await open(`lang=${lang}&${onlyAsking('saddleNumbness', 'bladderBowel')}`, {
        colorScheme,
        viewport: PHONE,
      });
      expect(await page.locator('html').getAttribute('dir')).toBe(dir);
      expect(await page.locator('html').getAttribute('lang')).toBe(lang);
      await untilAsked(page, 'saddleNumbness');
      await page.locator('input[name="saddleNumbness"][value="Y"]').check();
      const alert = page.getByRole('alert');
      await alert.waitFor();
      expect(await alert.textContent()).toContain(heading);
      // Everything that is said is in the language that was chosen.
      expect(await page.locator('main [lang="en"]').count()).toBe(0);
      const colours = await page.evaluate(
        'getComputedStyle(document.body).backgroundColor + getComputedStyle(document.documentElement).backgroundColor',
      );
      expect(String(colours).includes('255, 255, 255')).toBe(colorScheme === 'light');
      expect(await accessibilityFaults(page)).toEqual([]);
      expect(await sidewaysScroll(page)).toBe(0);
      await goOn(page);
      expect(await accessibilityFaults(page)).toEqual([]);
      expect(await sidewaysScroll(page)).toBe(0);
      const notice = ((await page.locator('body').textContent()) ?? '').replace(/\s+/g, ' ');
      expect(notice).toContain(
        { en: 'No clinician has approved it yet', es: 'revisado todavía esta traducción', fa: 'بازبینی نکرده است' }[
          lang
        ],
      );
      expect(complaints).toEqual([]);
      await close();
    },
    60_000,
  );

  test('in Persian numbers are in Persian digits, and typed ones may be of either kind', async () => {
    const { page, close } = await open(`lang=fa&${onlyAsking('severity', 'previousMiscarriages')}`);
    await page.locator('form').waitFor();
    const said = async () => (await page.locator('main').textContent()) ?? '';
    expect(await said()).toMatch(/[۰-۹]/);
    expect(await said()).not.toMatch(/[0-9]/);
    const written: string[] = [];
    for (let step = 0; step < 8 && (await page.locator('form').count()) > 0; step += 1) {
      const box = page.locator('input[name="previousMiscarriages"]');
      if (await box.isVisible()) await box.fill('۲');
      await answerStep(page, PAIN);
      await goOn(page);
      written.push(await said());
      expect(written.at(-1)).not.toMatch(/[0-9]/);
    }
    // The review says the number that was typed.
    expect(written.at(-1)).toContain('۲');
    await close();
  }, 60_000);

  test('what the record says is asked back, not taken for granted', async () => {
    const { page, close } = await open('lang=en');
    for (let step = 0; step < 40 && (await page.locator('.record:visible').count()) === 0; step += 1) {
      await answerStep(page, NUMB);
      await goOn(page);
    }
    expect(await page.locator('.record:visible').first().textContent()).toContain('Your record says');
    await close();
  }, 60_000);
});
