import { describe, expect, it } from 'vitest';
import { z } from '../../../shared/zod';
import { readEnvelope } from './envelope';

const read = (text: string, beside = ''): ReturnType<typeof readEnvelope<number>> =>
  readEnvelope(text, 'a1', z.number(), beside);
const error = {
  message: 'no',
  type: 'System.Exception',
  hresult: '0x800106ba',
  category: 'NotSpecified',
  id: 'x',
  native: null,
};

describe('an answer', () => {
  it.each(['GANGWAY a1 {"ok":true,"value":1}', '\r\nGANGWAY a1 {"ok":true,"value":1}\r\n'])(
    'is one line: %j',
    (text) => {
      expect(read(text)).toEqual({ answer: { kind: 'value', value: 1, noise: '' }, spoke: true });
    },
  );

  it('may be an error', () => {
    const line = `GANGWAY a1 ${JSON.stringify({ ok: false, error })}`;
    expect(read(line)).toEqual({ answer: { kind: 'error', error, noise: '' }, spoke: true });
  });

  it('comes with all that is beside it', () => {
    expect(read('WARNING: x\nGANGWAY a1 {"ok":true,"value":1}\nGANGWAY b2 {}', 'stderr')).toEqual({
      answer: { kind: 'value', value: 1, noise: 'WARNING: x\nGANGWAY b2 {}\nstderr' },
      spoke: true,
    });
  });
});

describe('no answer', () => {
  it.each([
    ['nothing', '', false],
    ['another', 'GANGWAY b2 {"ok":true,"value":1}', false],
    ['two', 'GANGWAY a1 {"ok":true,"value":1}\nGANGWAY a1 {"ok":true,"value":1}', false],
    ['not at the start of a line', ' GANGWAY a1 {"ok":true,"value":1}', false],
    ['half', 'GANGWAY a1 {"ok":true,"va', true],
    ['another shape', 'GANGWAY a1 {"ok":true,"value":"1"}', true],
    ['no envelope', 'GANGWAY a1 1', true],
    ['a value and an error', 'GANGWAY a1 {"ok":true,"value":1,"error":{}}', true],
    ['an error without its parts', 'GANGWAY a1 {"ok":false,"error":{"message":"no"}}', true],
    [
      'an HRESULT that is none',
      `GANGWAY a1 ${JSON.stringify({ ok: false, error: { ...error, hresult: '5' } })}`,
      true,
    ],
  ])('is %s', (_, text, spoke) => {
    expect(read(text)).toMatchObject({ answer: { kind: 'lost', why: 'badAnswer' }, spoke });
  });

  it('is told with what was written', () => {
    expect(read('Oops', 'stderr').answer).toMatchObject({ cause: 'no answer\nOops\nstderr' });
  });
});
