// Puts each catalogue of words into a bundle as one JSON text: an engine reads that some ten times faster than it makes the
// same object from literals and spreads, and every start of the page needs one.
import type { Plugin } from 'vite';
import { en } from '../src/shared/text/en';
import { zhCN } from '../src/shared/text/zh-CN';

/** By the end of its file's path: the name that the file exports, and what it is. */
const catalogues: Readonly<Record<string, readonly [string, Readonly<Record<string, string>>]>> = {
  '/src/shared/text/en/index.ts': ['en', en],
  '/src/shared/text/zh-CN/index.ts': ['zhCN', zhCN],
};

export function wordsAsJson(): Plugin {
  return {
    name: 'words-as-json',
    // Before its imports are looked at: its topics are in the text then.
    enforce: 'pre',
    load: (id) => {
      const path = id.replaceAll('\\', '/');
      const found = Object.entries(catalogues).find(([end]) => path.endsWith(end));
      if (found === undefined) return null;
      const [name, words] = found[1];
      return `export const ${name} = JSON.parse(${JSON.stringify(JSON.stringify(words))});`;
    },
  };
}
