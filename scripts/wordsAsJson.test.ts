import { expect, it } from 'vitest';
import { en } from '../src/shared/text/en';
import { zhCN } from '../src/shared/text/zh-CN';
import { wordsAsJson } from './wordsAsJson';

const load = wordsAsJson().load as (id: string) => string | null;

it.each([
  ['/home/lin/gangway/src/shared/text/en/index.ts', 'en', en],
  ['C:\\work\\gangway\\src\\shared\\text\\zh-CN\\index.ts', 'zhCN', zhCN],
] as const)('%s is one text with every word of the catalogue', async (id, name, words) => {
  const code = load(id) ?? '';
  const made: unknown = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  expect({ ...(made as object) }).toEqual({ [name]: words });
});

it('leaves every other file alone', () => {
  expect(load('/home/lin/gangway/src/shared/text/en/blocks.ts')).toBeNull();
});
