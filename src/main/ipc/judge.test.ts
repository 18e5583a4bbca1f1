import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callNames, calls, maxArgumentChars, type CallName } from '../../shared/contract';
import { judge } from './judge';
import { measure } from './measure';

/** One well-formed argument for each call: the guard has to let these through. */
const wellFormed: Readonly<Record<CallName, unknown>> = {
  ...(Object.fromEntries(callNames.map((name) => [name, undefined])) as Record<
    CallName,
    undefined
  >),
  'app.openPage': 'blocks',
  'app.openLink': 'goDownloads',
  'app.copyText': 'h1:abc=',
  'app.copyReport': 'proofs',
  'app.chooseScenario': 'clean',
  'app.addKey': { confirm: null },
  'app.removeKey': 'AB'.repeat(20),
  'find.select': 'go-1',
  'choose.source': { kind: 'url', url: 'https://go.example.org/' },
  'choose.select': { offer: 'other', version: 'go1.26.3' },
  'verify.accept': 'checksumDatabase',
  'exclusions.toggle': { id: 'a', enabled: true },
  'exclusions.expiry': { id: 'a', expiry: '8h' },
  'wizard.goto': 'verify',
  'exclusionsPage.rollBack': { all: true },
  'blocks.open': null,
  'blocks.markSeen': 'b1',
  'history.rollBack': { run: 'r1' },
  'settings.set': { language: 'zh-CN' },
};

describe('what is a call', () => {
  it.each(callNames)('%s with a well-formed argument', (name) => {
    const message = wellFormed[name] === undefined ? [name] : [name, wellFormed[name]];
    expect(judge(message)).toEqual({ kind: 'call', name, argument: wellFormed[name] });
  });

  it('changes only the settings that were named', () => {
    const judged = judge(['settings.set', { theme: 'dark' }]);
    expect(judged).toMatchObject({ kind: 'call', argument: { theme: 'dark' } });
    expect(judged.kind === 'call' && Object.keys(judged.argument ?? {})).toEqual(['theme']);
  });
});

describe('what is refused', () => {
  it.each([
    '',
    'app.quit',
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'x'.repeat(65),
  ])('an unknown name %j', (name) => {
    expect(judge([name])).toMatchObject({ kind: 'refused', reason: 'unknownCall' });
  });

  it.each([[undefined], [null], [7], [{}], [['app.ready']], [Symbol('app.ready')]])(
    'a name that is no text: %s',
    (name) => {
      expect(judge([name])).toMatchObject({ kind: 'refused', reason: 'shape' });
    },
  );

  it('no message at all', () => {
    expect(judge([])).toMatchObject({ kind: 'refused', reason: 'shape' });
  });

  it('a second argument, even an undefined one', () => {
    expect(judge(['app.ready', undefined, undefined])).toMatchObject({ reason: 'shape' });
  });

  it.each(callNames)('%s with a key that the contract does not name', (name) => {
    const argument = wellFormed[name];
    const extended =
      typeof argument === 'object' && argument !== null ? { ...argument, extra: 1 } : { extra: 1 };
    expect(judge([name, extended])).toMatchObject({ kind: 'refused', reason: 'shape' });
  });

  it('an empty change of the settings', () => {
    expect(judge(['settings.set', {}])).toMatchObject({ reason: 'shape' });
  });

  it('a text beyond the limit, before any schema reads it', () => {
    const text = 'x'.repeat(maxArgumentChars + 1);
    expect(judge(['app.copyText', text])).toMatchObject({ reason: 'size' });
    expect(judge(['settings.set', { mirrorUrl: text }])).toMatchObject({ reason: 'size' });
    expect(judge(['app.ready', Array.from({ length: 100_000 }, () => 1)])).toMatchObject({
      reason: 'size',
    });
  });

  const loop: Record<string, unknown> = {};
  loop['self'] = loop;
  const accessor = Object.defineProperty({}, 'all', {
    enumerable: true,
    get: () => {
      throw new Error('was read');
    },
  });
  it.each<[string, unknown]>([
    ['a map', new Map([['all', true]])],
    ['a set', new Set(['all'])],
    ['a date', new Date(0)],
    ['a pattern', /all/],
    ['a buffer', new ArrayBuffer(8)],
    ['bytes', new Uint8Array(8)],
    ['an error', new Error('all')],
    ['a boxed text', new String('all')],
    ['a big integer', 1n],
    ['no number', Number.NaN],
    ['infinity', Infinity],
    ['a cycle', loop],
    ['a getter', accessor],
    ['a symbol as key', { all: true, [Symbol('x')]: 1 }],
    ['a list with a hole', Object.assign([], { 5: 'x' })],
    ['a list with a name', Object.assign(['x'], { name: 'y' })],
    ['an own __proto__', JSON.parse('{"all":true,"__proto__":{"polluted":true}}')],
    [
      'a class of its own',
      new (class All {
        all = true;
      })(),
    ],
  ])('%s', (_what, argument) => {
    expect(judge(['exclusionsPage.rollBack', argument])).toMatchObject({
      kind: 'refused',
      reason: 'shape',
    });
  });

  it('something nested too deeply, without running out of stack', () => {
    let deep: unknown = 'end';
    for (let level = 0; level < 50_000; level += 1) deep = [deep];
    expect(judge(['app.openPage', deep])).toMatchObject({ reason: 'shape' });
  });

  it('ten thousand messages of any kind: a refusal, or a call that the contract describes', () => {
    const anyName = fc.oneof(fc.constantFrom(...callNames), fc.string(), fc.anything());
    const any = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withTypedArray: true,
      withSparseArray: true,
      withBoxedValues: true,
      withNullPrototype: true,
      withObjectString: true,
    });
    fc.assert(
      fc.property(fc.tuple(anyName, any), (message) => {
        const judged = judge(message);
        if (judged.kind === 'refused') return;
        expect(calls[judged.name].argument.safeParse(message[1]).success).toBe(true);
      }),
      { numRuns: 10_000, seed: 4 },
    );
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('how much a message is', () => {
  it('counts what JSON would take', () => {
    expect(measure('abc', 5)).toBe('fits');
    expect(measure('abc', 4)).toBe('size');
    expect(measure('"""', 7)).toBe('size');
    expect(measure(['ab', 1], 20)).toBe('fits');
    expect(measure(['ab', 1], 4)).toBe('size');
  });

  it('the same thing twice is no cycle', () => {
    const shared = { id: 'a' };
    expect(measure([shared, shared], 100)).toBe('fits');
  });

  it('is quick with a huge text', () => {
    const huge = '"'.repeat(50_000_000);
    const started = performance.now();
    expect(measure(huge, maxArgumentChars)).toBe('size');
    expect(performance.now() - started).toBeLessThan(50);
  });
});
