// Moments and days among a message's values. A moment (ISO 8601, UTC) becomes "22:14 today", "00:10 tomorrow" or
// "30 Nov"; a day (`2026-11-20`) becomes "20 November". In local time, in the language of the sentence.
import type { Language } from './sentence';

const moment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/;
const day = /^(\d{4})-(\d{2})-(\d{2})$/;

/** The value as people read it; a value that is no time stays as it is. */
export function readableValue(language: Language, value: string, now: Date): string {
  if (moment.test(value)) return momentText(language, new Date(value), now);
  const match = day.exec(value);
  if (match === null) return value;
  const [, year, month, date] = match;
  return dayText(language, new Date(Number(year), Number(month) - 1, Number(date)), now, 'long');
}

function momentText(language: Language, at: Date, now: Date): string {
  const days = Math.round((startOfDay(at) - startOfDay(now)) / 86_400_000);
  if (days !== 0 && days !== 1) return dayText(language, at, now, 'short');
  const two = (value: number): string => String(value).padStart(2, '0');
  const time = `${two(at.getHours())}:${two(at.getMinutes())}`;
  if (language === 'zh-CN') return `${days === 0 ? '今天' : '明天'} ${time}`;
  return `${time} ${days === 0 ? 'today' : 'tomorrow'}`;
}

function dayText(language: Language, at: Date, now: Date, month: 'short' | 'long'): string {
  const otherYear = at.getFullYear() !== now.getFullYear();
  if (language === 'zh-CN') {
    const text = `${String(at.getMonth() + 1)} 月 ${String(at.getDate())} 日`;
    return otherYear ? `${String(at.getFullYear())} 年 ${text}` : text;
  }
  return at.toLocaleDateString('en-GB', {
    day: 'numeric',
    month,
    ...(otherYear ? { year: 'numeric' as const } : {}),
  });
}

function startOfDay(at: Date): number {
  return new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime();
}
