// The words of the window in the language that main resolved: sentences, moments and amounts, and `<html lang>`.
import { createContext, useContext, useEffect, useMemo, type ReactNode } from 'react';
import type { Message, Params } from '../../shared/model/message';
import { en, type MessageKey } from '../../shared/text/en';
import { amount, sentence, type Catalogue, type Language } from '../../shared/text/sentence';
import {
  clockTime,
  columnDay,
  dayDistance,
  fullDay,
  isMoment,
  longDay,
  megabytes,
  seconds,
  shortDay,
  stamp,
  weekdayAndDay,
} from './format';

export interface Words {
  readonly language: Language;
  readonly t: (key: MessageKey, params?: Params) => string;
  /** A message of the core; moments among its values are shown in local time. */
  readonly say: (message: Message) => string;
  /** The text of a key that is made from data (`evidence.h1`), else `fallback`. */
  readonly label: (key: string, fallback: string) => string;
  /** "22:14 today", "00:10 tomorrow", "30 Nov". */
  readonly until: (iso: string) => string;
  /** "22:14" where it is today, else the day. */
  readonly untilShort: (iso: string) => string;
  /** "today at 22:14", "tomorrow at 00:10", "on 30 Nov". */
  readonly at: (iso: string) => string;
  readonly time: (iso: string) => string;
  readonly day: (iso: string) => string;
  /** "19 Aug 2026". */
  readonly fullDay: (iso: string) => string;
  readonly longDay: (iso: string) => string;
  readonly columnDay: (iso: string) => string;
  readonly stamp: (iso: string) => string;
  /** The heading of a day's group: "Today, 23 November", "Friday, 20 November", "9 May". */
  readonly dayHeading: (iso: string) => string;
  readonly number: (value: number) => string;
  readonly megabytes: (bytes: number) => string;
  readonly seconds: (ms: number) => string;
  /** Sentences one after the other; Chinese has no space between them. */
  readonly sentences: (items: readonly string[]) => string;
  /** "PATH, C:\Go and sdk". */
  readonly list: (items: readonly string[]) => string;
}

/** Without a catalogue the words are English, whatever the language: it comes with the page. */
export function WordsProvider(props: {
  language: Language;
  catalogue: Catalogue | null;
  children: ReactNode;
}) {
  const { language, catalogue } = props;
  const words = useMemo(
    () => (catalogue === null ? wordsOf('en', en) : wordsOf(language, catalogue)),
    [language, catalogue],
  );
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  return <WordsContext.Provider value={words}>{props.children}</WordsContext.Provider>;
}

export function useWords(): Words {
  return useContext(WordsContext);
}

export function wordsOf(
  language: Language,
  catalogue: Catalogue,
  clock: () => Date = () => new Date(),
): Words {
  const t = (key: MessageKey, params?: Params) =>
    sentence(catalogue, language, params === undefined ? { key } : { key, params });
  const until = (iso: string) => {
    const at = new Date(iso);
    const now = clock();
    const distance = dayDistance(at, now);
    if (distance === 'today') return t('ui.when.today', { time: clockTime(language, at) });
    if (distance === 'tomorrow') return t('ui.when.tomorrow', { time: clockTime(language, at) });
    return shortDay(language, at, now);
  };
  return {
    language,
    t,
    say: (message) => sentence(catalogue, language, localized(message, until)),
    label: (key, fallback) => (isKey(key) ? t(key) : fallback),
    until,
    untilShort: (iso) => {
      const at = new Date(iso);
      const now = clock();
      return dayDistance(at, now) === 'today'
        ? clockTime(language, at)
        : shortDay(language, at, now);
    },
    at: (iso) => {
      const at = new Date(iso);
      const now = clock();
      const time = clockTime(language, at);
      switch (dayDistance(at, now)) {
        case 'today':
          return t('ui.when.todayAt', { time });
        case 'tomorrow':
          return t('ui.when.tomorrowAt', { time });
        case 'thisWeek':
        case 'other':
          return t('ui.when.onDay', { day: shortDay(language, at, now) });
      }
    },
    time: (iso) => clockTime(language, new Date(iso)),
    day: (iso) => shortDay(language, new Date(iso), clock()),
    fullDay: (iso) => fullDay(language, new Date(iso)),
    longDay: (iso) => longDay(language, new Date(iso), clock()),
    columnDay: (iso) => columnDay(language, new Date(iso), clock()),
    stamp: (iso) => stamp(language, new Date(iso)),
    dayHeading: (iso) => {
      const at = new Date(iso);
      const now = clock();
      const distance = dayDistance(at, now);
      if (distance === 'today') return t('ui.day.today', { date: longDay(language, at, now) });
      return distance === 'thisWeek'
        ? weekdayAndDay(language, at, now)
        : longDay(language, at, now);
    },
    number: (value) => amount(language, value),
    megabytes: (bytes) => megabytes(language, bytes),
    seconds: (ms) => seconds(language, ms),
    sentences: (items) => items.filter((item) => item !== '').join(language === 'zh-CN' ? '' : ' '),
    // Intl joins Chinese without the space that stands between Chinese and Latin.
    list: (items) =>
      language === 'zh-CN'
        ? items.join('、')
        : new Intl.ListFormat('en-GB', { style: 'long', type: 'conjunction' }).format(items),
  };
}

const WordsContext = createContext<Words>(wordsOf('en', en));

/** English has each key that there is. */
function isKey(key: string): key is MessageKey {
  return Object.hasOwn(en, key);
}

function localized(message: Message, until: (iso: string) => string): Message {
  if (message.params === undefined) return message;
  const params: Record<string, string | number | Message> = {};
  for (const [name, value] of Object.entries(message.params)) {
    params[name] =
      typeof value === 'object' ? localized(value, until) : isMoment(value) ? until(value) : value;
  }
  return { key: message.key, params };
}
