// How the two catalogues are written. Each rule names the keys that break it.
import { describe, expect, it } from 'vitest';
import { en } from './en';
import { zhCN } from './zh-CN';

type Catalogue = Readonly<Record<string, string>>;

function breaking(catalogue: Catalogue, rule: (text: string, key: string) => boolean): string[] {
  return Object.entries(catalogue)
    .filter(([key, text]) => rule(text, key))
    .map(([key, text]) => `${key}: ${text}`);
}

const placeholders = (text: string): readonly string[] =>
  [...new Set([...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? ''))].sort();

describe('Chinese', () => {
  it('says 你, and never 您', () => {
    expect(breaking(zhCN, (text) => text.includes('您'))).toEqual([]);
  });

  it('has full-width punctuation beside Chinese', () => {
    const half = /\p{Script=Han}[,.;:!?()"']|[,;:!?()"']\p{Script=Han}/u;
    expect(breaking(zhCN, (text) => half.test(text))).toEqual([]);
  });

  it('has a space between Chinese and Latin letters or digits, and none beside its punctuation', () => {
    const tight = /\p{Script=Han}[A-Za-z0-9%`]|[A-Za-z0-9%`]\p{Script=Han}/u;
    const loose = /[，。：；！？、（“] | [，。：；！？、）”]|\p{Script=Han} +\p{Script=Han}/u;
    expect(breaking(zhCN, (text) => tight.test(text))).toEqual([]);
    expect(breaking(zhCN, (text) => loose.test(text))).toEqual([]);
  });

  it('has that space beside a value too; one that brings Chinese words is named here', () => {
    // "今天 22:14" or " 11 月 30 日" brings its own; a reason is a whole sentence.
    const chinese = new Set(['when', 'reason']);
    const tight = /\p{Script=Han}\{\{(\w+)\}\}|\{\{(\w+)\}\}\p{Script=Han}/gu;
    const isTight = (text: string): boolean =>
      [...text.matchAll(tight)].some(([, one, two]) => !chinese.has(one ?? two ?? ''));
    expect(breaking(zhCN, isTight)).toEqual([]);
  });

  it('calls things as Windows calls them', () => {
    const others = /杀毒软件|账户|防篡改|回滚|撤回|白名单/;
    expect(breaking(zhCN, (text) => others.test(text))).toEqual([]);
  });

  it('uses the values that English has, and leaves out none that matters', () => {
    const english: Catalogue = en;
    const differs = (text: string, key: string): boolean => {
      const known = placeholders(english[key] ?? '');
      return placeholders(text).some((name) => !known.includes(name) && name !== 'count');
    };
    expect(breaking(zhCN, differs)).toEqual([]);
  });

  it('is Chinese: no sentence was left in English', () => {
    const left = (text: string, key: string): boolean =>
      text === (en as Catalogue)[key] && / [a-z]+ [a-z]+ /.test(text);
    expect(breaking(zhCN, left)).toEqual([]);
  });
});

describe('English', () => {
  it('never says "safe": it says what was proved', () => {
    expect(breaking(en, (text) => /\bsafe(?:r|ly|ty)?\b/i.test(text))).toEqual([]);
  });

  it('has typographic apostrophes and quotation marks', () => {
    expect(breaking(en, (text) => /['"]/.test(text))).toEqual([]);
  });

  it('has no exclamation mark, and no double space within a sentence', () => {
    expect(breaking(en, (text) => /!(?!ml)/.test(text))).toEqual([]);
    expect(
      breaking(en, (text, key) => /\S {2}\S/.test(text) && !key.startsWith('commandLine.')),
    ).toEqual([]);
  });
});
