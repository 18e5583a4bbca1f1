import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BadAnswer, ChunkDecoder, readHead } from './head';

const ok = 'HTTP/1.1 200 OK\r\n';

describe('the head of an answer', () => {
  it('has a status, headers by lower-case name, and says how the body ends', () => {
    expect(readHead(`${ok}Content-Length: 12\r\nETag:  "a" \r\nX: 1\r\nx: 2`)).toEqual({
      status: 200,
      headers: { 'content-length': '12', etag: '"a"', x: '1, 2' },
      framing: { kind: 'length', bytes: 12 },
    });
    expect(readHead('HTTP/1.0 404').framing).toEqual({ kind: 'close' });
    expect(readHead(`${ok}Transfer-Encoding: chunked`).framing).toEqual({ kind: 'chunked' });
    expect(readHead('HTTP/1.1 304 Not Modified\r\nContent-Length: 5').framing).toEqual({
      kind: 'length',
      bytes: 0,
    });
  });

  it.each([
    ['another protocol', 'ICY 200 OK'],
    ['no status', 'HTTP/1.1 OK'],
    ['a status of two digits', 'HTTP/1.1 20 OK'],
    ['a line that is no header', `${ok}nonsense`],
    ['a folded header', `${ok}a: 1\r\n b`],
    ['a space before the colon', `${ok}Content-Length : 1`],
    ['two lengths', `${ok}Content-Length: 1\r\nContent-Length: 2`],
    ['a length that is no number', `${ok}Content-Length: -1`],
    ['a length and chunks', `${ok}Content-Length: 1\r\nTransfer-Encoding: chunked`],
    ['another coding', `${ok}Transfer-Encoding: gzip, chunked`],
  ])('with %s is refused', (_, text) => {
    expect(() => readHead(text)).toThrow(BadAnswer);
  });

  it('cannot reach an object behind the headers', () => {
    const { headers } = readHead(`${ok}__proto__: x\r\nconstructor: y`);
    expect(Object.keys(headers).sort()).toEqual(['__proto__', 'constructor']);
  });

  it('is refused or read, whatever it is', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          readHead(text);
        } catch (error) {
          expect(error).toBeInstanceOf(BadAnswer);
        }
      }),
    );
  });
});

describe('chunks', () => {
  const decode = (pieces: readonly Buffer[]) => {
    const decoder = new ChunkDecoder();
    const parts: Buffer[] = [];
    const done = pieces.map((piece) =>
      decoder.decode(piece, (data) => parts.push(Buffer.from(data))),
    );
    return { text: Buffer.concat(parts).toString('latin1'), done: done.at(-1) };
  };

  it('come together again wherever the connection cuts them', () => {
    const body = fc.array(fc.string({ minLength: 1, maxLength: 40 }), { maxLength: 8 });
    fc.assert(
      fc.property(body, fc.array(fc.nat(400)), (chunks, cuts) => {
        const datas = chunks.map((chunk) => Buffer.from(chunk));
        const wire = Buffer.concat([
          ...datas.map((data) =>
            Buffer.concat([
              Buffer.from(`${data.length.toString(16)};x=y\r\n`),
              data,
              Buffer.from('\r\n'),
            ]),
          ),
          Buffer.from('0\r\nTrailer: t\r\n\r\n'),
        ]);
        const at = [0, ...cuts.filter((cut) => cut < wire.length), wire.length].sort(
          (a, b) => a - b,
        );
        const pieces = at.slice(1).map((end, i) => wire.subarray(at[i], end));
        expect(decode(pieces)).toEqual({
          text: Buffer.concat(datas).toString('latin1'),
          done: true,
        });
      }),
    );
  });

  it('that end before the last one are not done', () => {
    expect(decode([Buffer.from('3\r\nabc\r\n')])).toEqual({ text: 'abc', done: false });
  });

  it.each(['x\r\n', '3\r\nabcd\r\n', '3\nabc', '1'.repeat(5000), '-1\r\n'])(
    'like %j are refused',
    (text) => {
      expect(() => decode([Buffer.from(text)])).toThrow(BadAnswer);
    },
  );
});
