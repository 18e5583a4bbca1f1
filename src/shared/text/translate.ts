// Turns a message into a sentence, without a framework, with every language at hand: for main, the command line and tests.
import type { Message } from '../model/message';
import { en, type MessageKey } from './en';
import { sentence, type Catalogue, type Language } from './sentence';
import { zhCN } from './zh-CN';

export type { Language } from './sentence';

const catalogues: Readonly<Record<Language, Catalogue>> = { en, 'zh-CN': zhCN };

/** Moments and days among the values are written in local time, as seen from `now`. */
export function translate(language: Language, message: Message, now = new Date()): string {
  return sentence(catalogues[language], language, message, now);
}

export function hasMessage(key: string): key is MessageKey {
  return Object.hasOwn(en, key);
}
