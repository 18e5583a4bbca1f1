// The window in light or dark, whatever the system under the test prefers: main resolves the theme, so a page that is only
// told to prefer a colour scheme would stay as it is.
import type { Page } from 'playwright';
import { ask } from './state';

export async function showIn(page: Page, theme: 'light' | 'dark'): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor();
  await ask(page, 'settings.set', { theme });
  await page.locator(`[data-theme="${theme}"]`).first().waitFor();
}
