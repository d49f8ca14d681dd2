import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** Presses a teller's natural next step once the screen offers it, as a person does who reads before pressing: one within a breath of a change is none. */
export async function pressNext(page: Page, step: string): Promise<void> {
  await page.waitForSelector(`.teller-primary[data-step=${step}][aria-disabled=false]`);
  const before = await page.locator('.teller').getAttribute('data-state');
  await expect
    .poll(async () => {
      await page.keyboard.press('Enter');
      return page.locator('.teller').getAttribute('data-state');
    })
    .not.toBe(before);
}
