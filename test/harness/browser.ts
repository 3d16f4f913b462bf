/** A real Chromium, as Debian packs it, and what it complains of. */
import { existsSync } from 'node:fs';
import axe from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const EXECUTABLE = process.env.CHROMIUM ?? '/usr/bin/chromium';
export const chromiumFound = existsSync(EXECUTABLE);

/** Without these Chromium looks for hosts of its maker at every start. */
const QUIET = ['gpu', 'quic', 'background-networking', 'component-update', 'sync'].map((what) => `--disable-${what}`);

/** Starts a browser; close it after all tests. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: EXECUTABLE, args: ['--no-sandbox', '--no-first-run', ...QUIET] });
}

export type Visit = {
  page: Page;
  /** What the console, the scripts and the Content-Security-Policy complained of so far. */
  complaints: string[];
  close: () => Promise<void>;
};

/** Opens a page in a profile of its own: nothing is stored from earlier visits. */
export async function visit(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Visit> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(`script: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console: ${message.text()}`);
  });
  await context.exposeFunction('reportPolicyViolation', (what: string) => complaints.push(`policy: ${what}`));
  await context.addInitScript(`addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
    reportPolicyViolation(violatedDirective + ' ' + blockedURI))`);
  await page.goto(url);
  return { page, complaints, close: () => context.close() };
}

/** What axe finds on the page as it stands, a line each; empty = nothing. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  // By the debugger, since the policy of the page lets no foreign script in.
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => (globalThis as unknown as { axe: typeof axe }).axe.run());
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target }) => `${id}: ${help}: ${target.join(' ')}`));
}

/** By how many pixels the page is wider than the window. */
export function sidewaysScroll(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}
