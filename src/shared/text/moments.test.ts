import { describe, expect, it } from 'vitest';
import { readableValue } from './moments';

const now = new Date(2026, 10, 23, 14, 30);
const iso = (...parts: [number, number, number, number, number]): string =>
  new Date(...parts).toISOString();

describe('values of sentences', () => {
  it.each([
    [iso(2026, 10, 23, 22, 14), '22:14 today', '今天 22:14'],
    [iso(2026, 10, 24, 0, 10), '00:10 tomorrow', '明天 00:10'],
    [iso(2026, 10, 30, 9, 0), '30 Nov', '11 月 30 日'],
    [iso(2027, 0, 2, 9, 0), '2 Jan 2027', '2027 年 1 月 2 日'],
    ['2026-11-20', '20 November', '11 月 20 日'],
    ['2025-05-09', '9 May 2025', '2025 年 5 月 9 日'],
    ['go1.27.0', 'go1.27.0', 'go1.27.0'],
    ['2026-11-20 16:20', '2026-11-20 16:20', '2026-11-20 16:20'],
  ])('%s', (value, english, chinese) => {
    expect(readableValue('en', value, now)).toBe(english);
    expect(readableValue('zh-CN', value, now)).toBe(chinese);
  });
});
