import { describe, expect, it } from 'vitest';
import { translate } from './translate';
import { messageSchema, type Message } from '../model/message';

const lab: Message = { key: 'ui.source.lab' };
const reached = (place: string | Message): Message => ({
  key: 'proof.sidecar.unavailable',
  params: { place },
});
const passed = (place: string | Message): Message => ({
  key: 'proof.sidecar.passed',
  params: { place },
});

describe('bytes', () => {
  it('are told in megabytes where the sentence asks for it', () => {
    const params = { needed: 324 * 1024 ** 2, free: 1_300_000_000 };
    const full: Message = { key: 'failure.disk.full.meaning', params };
    expect(translate('en', full)).toContain('Needed: 324 MB. Free: 1,240 MB.');
    expect(translate('zh-CN', full)).toContain('需要 324 MB，可用 1,240 MB。');
  });
});

describe('a value that is words of its own', () => {
  it('is said in the language of the sentence', () => {
    expect(translate('en', passed(lab))).toBe('Equal to the file on the lab’s mirror');
    expect(translate('zh-CN', passed(lab))).toBe(
      translate('zh-CN', passed('X')).replace(' X ', '实验镜像'),
    );
  });

  it('begins a sentence with a capital, as a name never does', () => {
    expect(translate('en', reached(lab))).toBe('The lab’s mirror could not be reached');
    expect(translate('en', reached('dl.google.com'))).toBe('dl.google.com could not be reached');
  });

  it('keeps a name at the start of a Chinese sentence as it is written', () => {
    const first: Message = { key: 'proof.sha256.name' };
    const list: Message = { key: 'history.list', params: { first, rest: lab } };
    expect(translate('zh-CN', list)).toBe('go.dev 的 SHA-256、实验镜像');
  });

  it('keeps the spaces around a name in Chinese, and none around Chinese words', () => {
    expect(translate('zh-CN', passed('dl.google.com'))).toContain(' dl.google.com ');
    expect(translate('zh-CN', passed(lab))).not.toContain(' 实验镜像');
  });

  it('crosses a border as it is', () => {
    expect(messageSchema.parse(passed(lab))).toEqual(passed(lab));
    expect(messageSchema.safeParse({ key: 'a', params: { place: { nothing: 1 } } }).success).toBe(
      false,
    );
  });
});
