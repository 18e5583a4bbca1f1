// A sentence from one catalogue. Apart from the catalogues themselves, so that the window can load each language when it
// is wanted. Placeholders are `{{name}}`, and `{{name|MB}}` for bytes; a count picks `key_one` where the catalogue has it
// (Chinese has no plural).
import type { Message } from '../model/message';
import { readableValue } from './moments';

export type Language = 'en' | 'zh-CN';
/** Sentences by key. */
export type Catalogue = Readonly<Record<string, string>>;

/**
 * Moments and days among the values are written in local time, as seen from `now`. A key that the catalogue lacks is its
 * own sentence.
 */
export function sentence(
  catalogue: Catalogue,
  language: Language,
  message: Message,
  now = new Date(),
): string {
  const params = message.params ?? {};
  const one = params['count'] === 1 ? catalogue[`${message.key}_one`] : undefined;
  const text = one ?? catalogue[message.key] ?? message.key;
  return text.replace(
    placeholder,
    (whole, before: string, name: string, unit: string | undefined, after: string, at: number) => {
      const value = params[name];
      if (value === undefined) return whole;
      if (typeof value === 'object') {
        const words = sentence(catalogue, language, value, now);
        // The catalogue's spaces stand between Chinese and a Latin name.
        if (language === 'zh-CN' && han.test(words)) return words;
        return `${before}${at === 0 && language === 'en' ? capitalized(words) : words}${after}`;
      }
      const shown =
        typeof value === 'number'
          ? unit === undefined
            ? amount(language, value)
            : megabytes(language, value)
          : readableValue(language, value, now);
      return `${before}${shown}${after}`;
    },
  );
}

const placeholder = /( ?)\{\{(\w+)(\|MB)?\}\}( ?)/g;
const han = /^\p{Script=Han}+$/u;

/** Small whole numbers are written alike in both languages; asking costs a start 10 ms, for the tables of all languages. */
export function amount(language: Language, value: number): string {
  return Number.isInteger(value) && value >= 0 && value < 1000
    ? String(value)
    : value.toLocaleString(language);
}

/** As Windows counts them, 1,048,576 bytes. */
function megabytes(language: Language, bytes: number): string {
  return `${Math.round(bytes / 1_048_576).toLocaleString(language)} MB`;
}

/** Words of our own at the start of a sentence; names and paths stay as they are written. */
function capitalized(words: string): string {
  return words.slice(0, 1).toLocaleUpperCase() + words.slice(1);
}
