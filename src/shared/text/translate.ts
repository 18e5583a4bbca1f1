// Turns a message into a sentence, without a framework, for main, the command line and tests. Placeholders are
// `{{name}}`; a count picks `key_one` where the catalogue has it (Chinese has no plural).
import { en, type MessageKey } from './en';
import { zhCN } from './zh-CN';
import { readableValue } from './moments';
import type { Message } from '../model/message';

export type Language = 'en' | 'zh-CN';

const catalogues: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  en,
  'zh-CN': zhCN,
};

/** Moments and days among the values are written in local time, as seen from `now`. */
export function translate(language: Language, message: Message, now = new Date()): string {
  const catalogue = catalogues[language];
  const params = message.params ?? {};
  const one = params['count'] === 1 ? catalogue[`${message.key}_one`] : undefined;
  const text = one ?? catalogue[message.key] ?? message.key;
  return text.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => {
    const value = params[name];
    if (value === undefined) return whole;
    return typeof value === 'number'
      ? value.toLocaleString(language)
      : readableValue(language, value, now);
  });
}

export function hasMessage(key: string): key is MessageKey {
  return Object.hasOwn(en, key);
}
