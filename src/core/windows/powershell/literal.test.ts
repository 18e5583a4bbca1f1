import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asciiJson, requestJson } from './literal';

const anyText = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 40 })
  .map((units) => String.fromCharCode(...units));

/** What PowerShell's side makes of a request's string. */
function read(text: string): string {
  return text
    .slice(1)
    .replace(/\\u([0-9a-f]{4})/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
}

describe('a literal', () => {
  it.each([
    ["it's", '"it\\u0027s"'],
    ['\u2018\u2019\u201a\u201b', '"\\u2018\\u2019\\u201a\\u201b"'],
    ['\u4e2d\ud83d\ude00\ud800', '"\\u4e2d\\ud83d\\ude00\\ud800"'],
    ['\0\n\u007f\u0085\u2028', '"\\u0000\\n\\u007f\\u0085\\u2028"'],
    ['"\\', '"\\"\\\\"'],
  ])('of %j is %s', (text, json) => {
    expect(asciiJson(text)).toBe(json);
  });

  it('holds printable ASCII and no quote that ends it, and is JSON of the same', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.array(anyText), (value, texts) => {
        const json = asciiJson({ value, texts });
        expect(json).toMatch(/^[\x20-\x26\x28-\x7e]*$/);
        expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify({ value, texts })));
        expect(requestJson('id', texts)).toMatch(/^[\x20-\x26\x28-\x7e]*$/);
      }),
    );
  });

  it.each([undefined, () => 1, Symbol('x')])('refuses %s', (value) => {
    expect(() => asciiJson(value)).toThrow(TypeError);
  });
});

describe('a request', () => {
  it('has texts that no reader takes for dates or mends', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { data } = JSON.parse(requestJson('id', text)) as { data: string };
        expect(data).toMatch(/^=[\x20-\x7e]*$/);
        expect(read(data)).toBe(text);
      }),
    );
  });

  it('keeps shape, and leaves out what is undefined', () => {
    expect(JSON.parse(requestJson('7', { a: [1, [null, true]], b: undefined, c: {} }))).toEqual({
      id: '7',
      data: { a: [1, [null, true]], c: {} },
    });
  });

  it.each<[string, unknown]>([
    ['undefined', undefined],
    ['undefined in a list', [undefined]],
    ['a function', { a: () => 1 }],
    ['a big integer', 1n],
    ['a symbol', Symbol('x')],
    ['no number', Number.NaN],
    ['infinity', -Infinity],
    ['an integer that is rounded', 2 ** 53],
    ['a date', new Date(0)],
    ['a map', new Map()],
    ['a name with a quote', { "a'b": 1 }],
    ['an empty name', { '': 1 }],
    ['two names of different case', { ab: 1, aB: 2 }],
    ['17 levels', Array.from({ length: 17 }).reduce((inner) => [inner], null)],
  ])('refuses %s', (_, data) => {
    expect(() => requestJson('id', data)).toThrow(TypeError);
  });
});
