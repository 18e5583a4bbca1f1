// Times, days and amounts as people write them, in local time. Pure: the caller gives the language and "now".
import type { Language } from '../../shared/text/translate';

/** English dates are written day first and with 24 hours, as Go's own pages do. */
const locale: Readonly<Record<Language, string>> = { en: 'en-GB', 'zh-CN': 'zh-CN' };

/** "22:14". */
export function clockTime(language: Language, at: Date): string {
  return at.toLocaleTimeString(locale[language], {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
}

/** "30 Nov", "30 Nov 2025" in another year; "11 月 30 日". */
export function shortDay(language: Language, at: Date, now: Date): string {
  const otherYear = at.getFullYear() !== now.getFullYear();
  if (language === 'zh-CN') return chineseDay(at, otherYear);
  return at.toLocaleDateString(locale.en, {
    day: 'numeric',
    month: 'short',
    ...(otherYear ? { year: 'numeric' } : {}),
  });
}

/** "19 Aug 2026" / "2026 年 8 月 19 日". */
export function fullDay(language: Language, at: Date): string {
  if (language === 'zh-CN') return chineseDay(at, true);
  return at.toLocaleDateString(locale.en, { day: 'numeric', month: 'short', year: 'numeric' });
}

/** "30 November", with the year where it is another one. */
export function longDay(language: Language, at: Date, now: Date): string {
  const otherYear = at.getFullYear() !== now.getFullYear();
  if (language === 'zh-CN') return chineseDay(at, otherYear);
  return at.toLocaleDateString(locale.en, {
    day: 'numeric',
    month: 'long',
    ...(otherYear ? { year: 'numeric' } : {}),
  });
}

/** "Friday, 20 November" / "11 月 20 日，星期五". */
export function weekdayAndDay(language: Language, at: Date, now: Date): string {
  const weekday = at.toLocaleDateString(locale[language], { weekday: 'long' });
  const day = longDay(language, at, now);
  return language === 'zh-CN' ? `${day}，${weekday}` : `${weekday}, ${day}`;
}

/** "18 Nov" / "11/18": for narrow columns. */
export function columnDay(language: Language, at: Date, now: Date): string {
  if (language === 'en') return shortDay(language, at, now);
  const day = `${at.getMonth() + 1}/${at.getDate()}`;
  return at.getFullYear() === now.getFullYear() ? day : `${at.getFullYear()}/${day}`;
}

/** "23 Nov 2026, 14:29:51". */
export function stamp(language: Language, at: Date): string {
  const seconds = String(at.getSeconds()).padStart(2, '0');
  const time = `${clockTime(language, at)}:${seconds}`;
  if (language === 'zh-CN') return `${chineseDay(at, true)} ${time}`;
  return `${fullDay(language, at)}, ${time}`;
}

export type DayDistance = 'today' | 'tomorrow' | 'thisWeek' | 'other';

/** Where a moment lies, by calendar days: `thisWeek` is one of the six days before today. */
export function dayDistance(at: Date, now: Date): DayDistance {
  const days = Math.round((startOfDay(at) - startOfDay(now)) / 86_400_000);
  if (days === 0) return 'today';
  if (days === 1) return 'tomorrow';
  return days < 0 && days > -7 ? 'thisWeek' : 'other';
}

/** Megabytes as Windows counts them, 1,048,576 bytes, with one decimal below 100. */
export function megabytes(language: Language, bytes: number): string {
  const amount = bytes / 1_048_576;
  const digits = amount < 99.95 ? 1 : 0;
  return amount.toLocaleString(language, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}

/** "0.4" below ten seconds, "24" above. */
export function seconds(language: Language, ms: number): string {
  const amount = ms / 1000;
  return amount.toLocaleString(language, { maximumFractionDigits: amount < 9.95 ? 1 : 0 });
}

/** A whole percentage that says 100 only when all is there. */
export function percent(part: number, whole: number): number {
  if (whole <= 0) return 0;
  return part >= whole ? 100 : Math.min(99, Math.round((part / whole) * 100));
}

/** "f0c0a0d33ba94f4d2c5dbc88…fcb06e60a5a667c4": hashes are shortened in the middle. */
export function shortHash(hash: string, head = 24, tail = 16): string {
  return hash.length <= head + tail + 1 ? hash : `${hash.slice(0, head)}…${hash.slice(-tail)}`;
}

const isoMoment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/;

/** Whether a message's parameter is a moment in UTC, which is shown in local time. */
export function isMoment(value: string | number): value is string {
  return typeof value === 'string' && isoMoment.test(value);
}

function chineseDay(at: Date, withYear: boolean): string {
  const day = `${at.getMonth() + 1} 月 ${at.getDate()} 日`;
  return withYear ? `${at.getFullYear()} 年 ${day}` : day;
}

function startOfDay(at: Date): number {
  return new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime();
}
