import { describe, expect, it } from 'vitest';
import { FailureError } from '../core/failureError';
import { brokenJournal } from '../core/journal/journal';
import { failureAnswer } from './answer';

interface Reason {
  readonly what: string;
  readonly meaning: string;
  readonly next: readonly string[];
}

describe('a failure is told', () => {
  it('with the rule that refused an exclusion', () => {
    const { failure } = new FailureError('exclusion.refused', {
      params: { value: 'D:\\', rule: 'driveRoot', reason: { key: 'exclusions.refused.driveRoot' } },
    });
    const en = failureAnswer(failure, 'en', {});
    expect(en.exit).toBe(3);
    expect(en.json['reason']).toMatchObject({
      what: 'Gangway does not set this exclusion: D:\\',
      meaning:
        'It covers a whole drive. Nothing was changed, and there is no way around this rule.',
    });
    const { meaning } = failureAnswer(failure, 'zh-CN', {}).json['reason'] as Reason;
    expect(meaning).toBe('它覆盖了整个磁盘。没有更改任何内容，这条规则也无法绕过。');
  });

  it.each(['en', 'zh-CN'] as const)(
    'with the option that goes on without a proof only for the proof that has one, in %s',
    (language) => {
      const nextOf = (proof: string): readonly string[] => {
        const { failure } = new FailureError('proof.unavailable', {
          params: { file: 'go1.27.0.windows-amd64.zip', proof },
          next: ['retry', 'acceptUnavailable'],
        });
        return (failureAnswer(failure, language, {}).json['reason'] as Reason).next;
      };
      const option = '--accept-unavailable checksumDatabase';
      expect(nextOf('checksumDatabase')[1]).toContain(option);
      for (const proof of ['signedSource', 'checksumDatabase, signedSource']) {
        expect(nextOf(proof)[1]).not.toContain(option);
        expect(nextOf(proof)[1]).toContain(proof);
      }
    },
  );

  it.each(['en', 'zh-CN'] as const)(
    'of a damaged journal, with its file and a way on, in %s',
    (language) => {
      const broken = brokenJournal({ file: '/state/journal.jsonl', broken: { lines: [3] } });
      if (broken === null) throw new Error('it is damaged');
      const answer = failureAnswer(broken.failure, language, { entries: [] });
      expect(answer.exit).toBe(1);
      const { what, next } = answer.json['reason'] as Reason;
      expect(what).toContain(language === 'en' ? 'one line' : '1 行');
      expect(next[0]).toContain('gangway history --set-aside');
      expect(next[1]).toContain('/state/journal.jsonl');
      expect(answer.json['entries']).toEqual([]);
    },
  );
});
