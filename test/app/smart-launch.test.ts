/** The form as a SMART app in a real browser, against an authorization server: launches, refusals, and an access that ends. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Bundle, QuestionnaireResponse } from '@medplum/fhirtypes';
import type { Browser, Page, Request } from 'playwright-core';
import { accessibilityFaults, chromiumFound, openBrowser, sidewaysScroll, visit } from '../harness/browser.ts';
import { type ServiceProcess, startProcess } from '../harness/service-process.ts';
import { whenFound } from '../harness/when-found.ts';
import { answerStep, fillToReview, goOn, send } from './form-page.ts';

const PAIN = { backPain: 'Y', severity: '2' };
const NOT_OPENED = 'Your health record did not open this page. Nothing was sent.';
const AGAIN = 'Open my health record again';

whenFound('Chromium', chromiumFound, () => {
  let service: ServiceProcess;
  let browser: Browser;
  let iss: string;
  beforeAll(async () => {
    [service, browser] = await Promise.all([
      startProcess({ DATABASE_URL: 'memory:', DEMONSTRATION: 'true' }),
      openBrowser(),
    ]);
    iss = `${service.base}/smart/fhir`;
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await service.end('SIGTERM');
  });

  const open = async (query: Record<string, string>, before: (page: Page) => Promise<unknown> = async () => {}) => {
    // The address is opened after the page is prepared, so that nothing is missed.
    const opened = await visit(browser, 'about:blank');
    opened.page.setDefaultTimeout(15_000);
    await before(opened.page);
    await opened.page.goto(`${service.base}/form/?${new URLSearchParams({ lang: 'en', ...query })}`);
    return opened;
  };

  const stored = async (patient: string): Promise<QuestionnaireResponse[]> => {
    const found = await fetch(`${service.base}/fhir/QuestionnaireResponse?patient=${patient}&_count=200`);
    const { entry = [] } = (await found.json()) as Bundle<QuestionnaireResponse>;
    return entry.flatMap(({ resource }) => resource ?? []);
  };

  const launched = async (patient: string, appContext?: string): Promise<string> => {
    const response = await fetch(`${service.base}/smart/launch`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ patient, ...(appContext !== undefined && { appContext }) }),
    });
    return ((await response.json()) as { launch: string }).launch;
  };

  /** The requests that a page makes to an address. */
  const watched = (page: Page, path: string): Request[] => {
    const seen: Request[] = [];
    page.on('request', (request) => request.url().startsWith(service.base + path) && seen.push(request));
    return seen;
  };

  const pick = (page: Page, patient: string) => page.locator(`a[href*="patient=${patient}"]`).click();

  /** Not let in: said in words that a patient understands, with a way to try again, and no faults. */
  async function isNotOpened(page: Page, complaints: string[]): Promise<void> {
    await page.getByText(NOT_OPENED).waitFor();
    expect(await page.getByRole('main').getByRole('link').count()).toBeGreaterThan(0);
    expect(await page.locator('form').count()).toBe(0);
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(complaints.filter((line) => !line.startsWith('console:'))).toEqual([]);
  }

  test('launched by an EHR: with PKCE by S256, prefilled from the record, only what is open is asked, sent with the token', async () => {
    const patient = 'self-care-mild-pain';
    const before = (await stored(patient)).length;
    const context = JSON.stringify({ open: ['saddleNumbness'] });
    let asked: Request[] = [];
    let toRecord: Request[] = [];
    const { page, complaints, close } = await open({ iss, launch: await launched(patient, context) }, async (page) => {
      asked = watched(page, '/smart/authorize');
      toRecord = watched(page, '/smart/fhir/');
    });
    await page.locator('form').waitFor();
    const query = new URL(asked[0]?.url() ?? '').searchParams;
    expect(query.get('code_challenge_method')).toBe('S256');
    expect(query.get('code_challenge')).toMatch(/^[\w-]{43}$/);
    expect(query.get('client_id')).toBe('form');
    expect(query.get('scope')).toContain('patient/QuestionnaireResponse.write');
    await fillToReview(page, PAIN);
    await send(page);
    await page.getByText('Your answers were sent to your care team.').waitFor();
    const responses = await stored(patient);
    expect(responses).toHaveLength(before + 1);
    const answered = responses.at(-1)?.item?.flatMap(({ item = [] }) => item) ?? [];
    expect(JSON.stringify(answered)).toContain('saddleNumbness');
    expect(JSON.stringify(answered)).not.toContain('"fever"');
    const withoutToken = toRecord.filter((request) => {
      const isOpen = /smart-configuration|metadata/.test(request.url());
      return !isOpen && request.method() !== 'OPTIONS' && !/^Bearer ./.test(request.headers().authorization ?? '');
    });
    expect(withoutToken.map((request) => request.url())).toEqual([]);
    expect(toRecord.some((request) => /\/smart\/fhir\/Observation\?/.test(request.url()))).toBe(true);
    // Neither the token nor the answers stand in the address.
    expect(page.url()).not.toMatch(/code=|token|patient=/);
    expect(complaints).toEqual([]);
    await close();
  }, 60_000);

  test('opened alone: the server asks for whom, then the record of that person is used', async () => {
    const { page, complaints, close } = await open({ iss });
    await page.getByRole('heading', { name: 'For whom is the form?' }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    const [first] = await page
      .locator('a[href*="patient="]')
      .evaluateAll((all) =>
        all.map((one) => new URL(one.getAttribute('href') ?? '', 'http://any').searchParams.get('patient') ?? ''),
      );
    const chosen = first ?? '';
    const before = (await stored(chosen)).length;
    await pick(page, chosen);
    await page.locator('form').waitFor();
    await fillToReview(page, PAIN);
    await send(page);
    await page.getByText('Your answers were sent to your care team.').waitFor();
    const responses = await stored(chosen);
    expect(responses).toHaveLength(before + 1);
    expect(responses.at(-1)?.subject?.reference).toBe(`Patient/${chosen}`);
    expect(complaints).toEqual([]);
    await close();
  }, 60_000);

  test('when the access ends before the answers are sent then they stay on the device, and the next launch sends them once', async () => {
    const patient = 'emergency-numbness';
    const before = (await stored(patient)).length;
    const tokens: string[] = [];
    const { page, close } = await open({ iss, launch: await launched(patient) }, async (page) => {
      page.on('response', async (response) => {
        if (!response.url().endsWith('/smart/token')) return;
        tokens.push(((await response.json()) as { access_token: string }).access_token);
      });
    });
    await page.locator('form').waitFor();
    await fillToReview(page, PAIN);
    await fetch(`${service.base}/smart/revoke`, {
      method: 'POST',
      body: new URLSearchParams({ token: tokens[0] ?? '' }),
    });
    await send(page);
    await page.getByText('The connection to your health record has ended.').waitFor();
    expect(await page.locator('[data-delivery=signed-out]').count()).toBe(1);
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await stored(patient)).toHaveLength(before);
    expect((await page.evaluate('JSON.stringify(localStorage)')) as string).toContain('backPain');
    await page.setViewportSize({ width: 320, height: 640 });
    expect(await sidewaysScroll(page)).toBe(0);
    await page.getByRole('button', { name: AGAIN }).click();
    await pick(page, patient);
    await page.getByText('Your answers were sent to your care team.').waitFor();
    expect(await stored(patient)).toHaveLength(before + 1);
    expect((await page.evaluate('JSON.stringify(localStorage)')) as string).not.toContain('backPain');
    await page.reload();
    await page.locator('form').waitFor();
    expect(await stored(patient)).toHaveLength(before + 1);
    await close();
  }, 60_000);

  test('when the page is reloaded in the middle then the record is still open, and the answers are there', async () => {
    const { page, complaints, close } = await open({ iss, launch: await launched('self-care-mild-pain') });
    await page.locator('form').waitFor();
    await answerStep(page, PAIN);
    await goOn(page);
    await page.getByText(/^Part 2 of/).waitFor();
    await page.reload();
    await page.getByText(/^Part 2 of/).waitFor();
    expect(complaints).toEqual([]);
    await close();
  }, 60_000);

  test('when another person is chosen after the access ended then nobody gets the answers of the first', async () => {
    const [patient, other] = ['self-care-mild-pain', 'emergency-numbness'];
    const counts = async () => [(await stored(patient)).length, (await stored(other)).length];
    const before = await counts();
    const { page, close } = await open({ iss, launch: await launched(patient) });
    await page.locator('form').waitFor();
    await page.route('**/smart/fhir/QuestionnaireResponse', (route) => route.fulfill({ status: 401, json: {} }));
    await fillToReview(page, PAIN);
    await send(page);
    await page.getByText('The connection to your health record has ended.').waitFor();
    await page.unroute('**/smart/fhir/QuestionnaireResponse');
    await page.getByRole('button', { name: AGAIN }).click();
    await pick(page, other);
    await page.locator('form').waitFor();
    expect(await counts()).toEqual(before);
    await close();
  }, 60_000);

  test('when the server refuses then that is said, and the next try works', async () => {
    const { page, complaints, close } = await open({ iss, launch: 'a-launch-that-nobody-gave' });
    await isNotOpened(page, complaints);
    await page.getByRole('main').getByRole('link').first().click();
    await page.getByRole('heading', { name: 'For whom is the form?' }).waitFor();
    await close();
  });

  test('when the person does not let it in then nothing is opened or kept, and the next try works', async () => {
    let codes: Request[] = [];
    const { page, complaints, close } = await open({ iss }, async (page) => {
      codes = watched(page, '/smart/token');
    });
    await page.getByRole('link', { name: 'Nobody' }).click();
    await isNotOpened(page, complaints);
    expect(new URL(page.url()).searchParams.get('error')).toBe('access_denied');
    expect(codes).toEqual([]);
    await page.setViewportSize({ width: 320, height: 640 });
    expect(await sidewaysScroll(page)).toBe(0);
    await page.getByRole('main').getByRole('link').first().focus();
    await page.keyboard.press('Enter');
    await pick(page, 'self-care-mild-pain');
    await page.locator('form').waitFor();
    await close();
  }, 60_000);

  test('when the server knows no PKCE by S256 then nobody is sent to it', async () => {
    let asked: Request[] = [];
    const { page, complaints, close } = await open({ iss }, async (page) => {
      asked = watched(page, '/smart/authorize');
      await page.route('**/smart/fhir/.well-known/smart-configuration', async (route) => {
        const known = (await (await route.fetch()).json()) as Record<string, unknown>;
        await route.fulfill({ json: { ...known, code_challenge_methods_supported: ['plain'] } });
      });
    });
    await isNotOpened(page, complaints);
    expect(asked).toEqual([]);
    await close();
  });

  test.each([
    ['a state that this page never gave', { state: 'forged', code: 'any' }],
    ['an error that nobody asked for', { error: 'access_denied', state: 'forged' }],
  ])('when it is opened with %s then nothing is opened', async (_name, query) => {
    const { page, complaints, close } = await open(query);
    await isNotOpened(page, complaints);
    await close();
  });

  test('when the code is refused at the token endpoint then nothing is opened', async () => {
    const { page, complaints, close } = await open({ iss, launch: await launched('self-care-mild-pain') }, (page) =>
      page.route('**/smart/token', (route) => route.fulfill({ status: 400, json: { error: 'invalid_grant' } })),
    );
    await isNotOpened(page, complaints);
    await close();
  });

  test('when the server is not registered then the page does not speak to it', async () => {
    const { page, close } = await open({ iss: 'https://elsewhere.example/fhir' });
    await page.getByText('This health record is not registered here').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await close();
  });

  test('when the address would overrule the client or the server then it counts for nothing', async () => {
    let asked: Request[] = [];
    const other = { clientId: 'other', client_id: 'other', fhirServiceUrl: 'https://elsewhere.example/fhir' };
    const { page, close } = await open({ iss, ...other }, async (page) => {
      asked = watched(page, '/smart/authorize');
    });
    await page.getByRole('heading', { name: 'For whom is the form?' }).waitFor();
    const query = new URL(asked[0]?.url() ?? '').searchParams;
    expect([query.get('client_id'), query.get('aud')]).toEqual(['form', iss]);
    await close();
  });

  test('when it is opened alone, in Persian, then the words for a refusal are Persian and stand from right to left', async () => {
    const { page, complaints, close } = await open({ lang: 'fa', state: 'forged', code: 'any' });
    await page.getByText('پروندهٔ پزشکی شما این صفحه را باز نکرد').waitFor();
    expect(await page.locator('html').getAttribute('dir')).toBe('rtl');
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(complaints).toEqual([]);
    expect(await page.locator('form').count()).toBe(0);
    await close();
  });
});
