// Drives the wizard as a person does: by what stands on the buttons, in the language of the window.
import type { Locator, Page } from '@playwright/test';
import { translate, type Language } from '../../src/shared/text/translate';
import type { MessageKey } from '../../src/shared/text/en';
import type { Params } from '../../src/shared/model/message';

export interface WizardDriver {
  readonly page: Page;
  /** A sentence of the catalogue in the window's language. */
  say(key: MessageKey, params?: Params): string;
  button(key: MessageKey, params?: Params): Locator;
  /** The title of the page: it names the step. */
  title(key: MessageKey): Locator;
  toChoose(): Promise<void>;
  /** Downloads; verification starts by itself. */
  toVerify(): Promise<void>;
  toExclusions(): Promise<void>;
  applyExclusions(): Promise<void>;
  skipExclusions(): Promise<void>;
  toDone(): Promise<void>;
  open(page: 'upgrade' | 'blocks' | 'exclusions' | 'history' | 'settings'): Promise<void>;
}

/** Milliseconds that a step of the lab's small releases may take on a busy machine. */
const stepLimit = 45_000;

export function drive(page: Page, language: Language = 'en'): WizardDriver {
  const say = (key: MessageKey, params?: Params): string =>
    translate(language, params === undefined ? { key } : { key, params });
  const button = (key: MessageKey, params?: Params): Locator =>
    page.getByRole('button', { name: say(key, params) }).last();
  const title = (key: MessageKey): Locator =>
    page.getByRole('heading', { level: 1, name: say(key), exact: true });
  return {
    page,
    say,
    button,
    title,
    async toChoose() {
      await button('ui.action.continue').click({ timeout: stepLimit });
      await title('ui.choose.title').waitFor({ timeout: stepLimit });
    },
    async toVerify() {
      await button('ui.download.start').click({ timeout: stepLimit });
      await title('ui.verify.title').waitFor({ timeout: stepLimit });
    },
    async toExclusions() {
      await button('ui.action.continue').click({ timeout: stepLimit });
      await title('ui.plan.title').waitFor({ timeout: stepLimit });
    },
    async applyExclusions() {
      await page
        .getByRole('button', { name: say('ui.plan.apply', { count: 2 }) })
        .click({ timeout: stepLimit });
    },
    async skipExclusions() {
      await button('ui.plan.without').click({ timeout: stepLimit });
    },
    async toDone() {
      await title('ui.done.title').waitFor({ timeout: stepLimit });
    },
    async open(name) {
      const key: MessageKey = `ui.rail.${name}`;
      await page
        .getByRole('navigation', { name: say('ui.rail.label') })
        .getByRole('button', { name: say(key) })
        .click();
      await page.getByRole('heading', { level: 1 }).waitFor();
    },
  };
}
