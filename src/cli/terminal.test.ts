import { expect, it } from 'vitest';
import { barLine } from './terminal';
import { readLanguage } from './language';

it('draws a bar with figures, and less where the terminal is narrow', () => {
  const progress = { done: 41 * 1024 * 1024, total: 82 * 1024 * 1024 };
  expect(barLine(progress, 'bytes', 'en', 80)).toBe(
    '  ████████████░░░░░░░░░░░░  50 %  41.0 / 82.0 MB',
  );
  expect(barLine({ done: 9214, total: 15_636 }, 'files', 'en', 80)).toContain('9,214 / 15,636');
  expect(barLine(progress, 'bytes', 'en', 20)).toBe('  50 %');
  expect(barLine({ done: 5, total: 0 }, 'bytes', 'en', 80)).toContain('0 %');
});

it.each([
  [[], { LANG: 'zh_CN.UTF-8' }, 'zh-CN'],
  [[], { LANG: 'en_US.UTF-8', LC_ALL: 'zh_CN.UTF-8' }, 'zh-CN'],
  [[], { LANG: 'zh_CN.UTF-8', LC_ALL: 'C' }, 'en'],
  [[], { LC_ALL: '', LANG: 'zh' }, 'zh-CN'],
  [['--lang', 'zh-CN'], { LANG: 'C' }, 'zh-CN'],
  [['--lang=en'], { LANG: 'zh_CN' }, 'en'],
  [[], { LANG: 'zhx' }, 'en'],
] as const)('%j with %j speaks %s', (argv, environment, language) => {
  expect(readLanguage(argv, environment)).toBe(language);
});
