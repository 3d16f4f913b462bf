/** What a person does on the page of the form. */
import type { Page } from 'playwright-core';

/** Answers by question; what is not named is denied, or left out where nothing denies it. */
export type Chosen = Readonly<Record<string, string>>;

const DENIALS = ['N', 'none', 'normal', 'no'];

/** Answers what is asked on this step. */
export async function answerStep(page: Page, chosen: Chosen = {}): Promise<void> {
  for (const confirm of await page.locator('.record button:visible').all()) {
    if (await confirm.isVisible()) await confirm.click();
    break;
  }
  const names = await page
    .locator('fieldset.field:visible input')
    .evaluateAll((inputs) => [...new Set(inputs.map((input) => input.getAttribute('name') ?? ''))]);
  for (const name of names) await answer(page, name, chosen[name]);
}

async function answer(page: Page, name: string, code: string | undefined): Promise<void> {
  for (const value of code === undefined ? DENIALS : [code]) {
    const option = page.locator(`input[name="${name}"][value="${value}"]`);
    if ((await option.count()) === 0 || !(await option.isVisible())) continue;
    await option.check();
    return;
  }
}

export const goOn = (page: Page): Promise<void> => page.locator('form button[type=submit]').click();

/** Goes on until this question is asked. */
export async function untilAsked(page: Page, name: string): Promise<void> {
  for (let step = 0; step < 60 && !(await page.locator(`input[name="${name}"]`).first().isVisible()); step += 1) {
    await answerStep(page, { backPain: 'Y' });
    await goOn(page);
  }
}

/** From the step that stands there to the review. @param each is called on every step */
export async function fillToReview(page: Page, chosen: Chosen = {}): Promise<void> {
  for (let step = 0; step < 60 && (await page.locator('form').count()) > 0; step += 1) {
    await answerStep(page, chosen);
    await goOn(page);
  }
}

export const send = (page: Page): Promise<void> => page.locator('button', { hasText: 'Send my answers' }).click();
