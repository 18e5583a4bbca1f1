import { describe, expect, it } from 'vitest';
import { en as english, type MessageKey } from '../../shared/text/en';
import { zhCN } from '../../shared/text/zh-CN';
import { isMoment, megabytes, percent, shortHash } from './format';
import { wordsOf } from './words';

/** A moment of local time as main sends it, so that the test holds in every time zone. */
const local = (month: number, day: number, hour = 12, minute = 0, year = 2026) =>
  new Date(year, month - 1, day, hour, minute).toISOString();
const clock = () => new Date(2026, 10, 23, 14, 45);
const en = wordsOf('en', english, clock);
const zh = wordsOf('zh-CN', zhCN, clock);

describe('moments', () => {
  it('are told by the clock today, by the day otherwise', () => {
    expect(en.until(local(11, 23, 22, 14))).toBe('22:14 today');
    expect(en.until(local(11, 24, 0, 10))).toBe('00:10 tomorrow');
    expect(en.until(local(11, 30))).toBe('30 Nov');
    expect(en.until(local(1, 4, 12, 0, 2027))).toBe('4 Jan 2027');
    expect(zh.until(local(11, 23, 22, 14))).toBe('今天 22:14');
    expect(zh.until(local(11, 30))).toBe('11 月 30 日');
    expect(en.at(local(11, 23, 22, 14))).toBe('today at 22:14');
    expect(en.at(local(11, 30))).toBe('on 30 Nov');
    const ends = (iso: string) => zh.t('ui.exclusions.oneEnds', { when: zh.at(iso) });
    expect(ends(local(11, 23, 22, 14))).toBe('结束于今天 22:14。');
    expect(ends(local(11, 30))).toBe('结束于 11 月 30 日。');
  });

  it('head a day by its weekday within the week', () => {
    expect(en.dayHeading(local(11, 23))).toBe('Today, 23 November');
    expect(en.dayHeading(local(11, 20))).toBe('Friday, 20 November');
    expect(en.dayHeading(local(5, 9))).toBe('9 May');
    expect(zh.dayHeading(local(11, 20))).toBe('11 月 20 日，星期五');
  });

  it('among the values of a message are shown in local time', () => {
    const message = {
      key: 'upgrade.until.time' as MessageKey,
      params: { at: local(11, 23, 22, 14) },
    };
    expect(en.say(message)).toBe('until 22:14 today');
    expect(isMoment('go1.27.0')).toBe(false);
    expect(isMoment(7)).toBe(false);
  });
});

describe('amounts', () => {
  it('are in the units that Windows shows', () => {
    expect(megabytes('en', 78_924_880)).toBe('75.3');
    expect(megabytes('en', 260_046_848)).toBe('248');
    expect(en.seconds(412)).toBe('0.4');
    expect(en.seconds(24_200)).toBe('24');
  });

  it('say 100 per cent only when all is there', () => {
    expect(percent(78_924_879, 78_924_880)).toBe(99);
    expect(percent(78_924_880, 78_924_880)).toBe(100);
    expect(percent(1, 0)).toBe(0);
  });

  it('shorten a hash in the middle and leave a short one whole', () => {
    expect(shortHash('a'.repeat(24) + 'x'.repeat(24) + 'b'.repeat(16))).toBe(
      `${'a'.repeat(24)}…${'b'.repeat(16)}`,
    );
    expect(shortHash('abc')).toBe('abc');
  });
});
