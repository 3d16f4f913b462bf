/** What holds of every page: it opens without a complaint, is accessible, and fits a small phone. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { accessibilityFaults, chromiumFound, openBrowser, sidewaysScroll, visit } from '../harness/browser.ts';
import { type RunningService, startService } from '../harness/service.ts';
import { whenFound } from '../harness/when-found.ts';

const PAGES = ['/', '/form/', '/ehr/', '/explorer/'];
const PHONE = { width: 320, height: 640 };

let service: RunningService;
beforeAll(async () => {
  service = await startService({ pagesDir: 'dist/app' });
});
afterAll(() => service.close());

test.each(PAGES)('%s comes with a policy that allows nothing inline', async (path) => {
  const response = await fetch(`${service.base}${path}`);
  expect(response.status).toBe(200);
  const policy = response.headers.get('content-security-policy');
  expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
  expect(policy).not.toContain('unsafe');
});

whenFound('Chromium', chromiumFound, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
    test.each(PAGES)('%s opens without a complaint, is accessible and needs no sideways scroll', async (path) => {
      const { page, complaints, close } = await visit(browser, service.base + path, { colorScheme, viewport: PHONE });
      await page.waitForLoadState('networkidle');
      expect(await accessibilityFaults(page)).toEqual([]);
      expect(await sidewaysScroll(page)).toBe(0);
      expect(complaints).toEqual([]);
      await close();
    });
  });
});
