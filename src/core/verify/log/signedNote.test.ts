import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { makeSigner } from '../../lab/mirror/tlog';
import { productionTrust } from '../trust';
import { LogRefusal } from './logRefusal';
import { readLookup, readTreeHead, sumOf } from './records';
import { openNote, readVerifierKey } from './signedNote';

/** A real answer of the Go checksum database, of 2024. */
const real = `24929362
golang.org/toolchain v0.0.1-go1.21.9.linux-amd64 h1:rRL9rPpsjKfpdDFcppvNgw1/dynUMrpDcTxdIwtyFR0=
golang.org/toolchain v0.0.1-go1.21.9.linux-amd64/go.mod h1:8wlg68NqwW7eMnI1aABk/C2pDYXj8mrMY4TyRfiLeS0=

go.sum database tree
28905453
f3f8U0MoQmXkWAgAEKDtXcaI3c2y6N9+55KNSRefF/w=

\u2014 sum.golang.org Az3grr4J9x4SApup87osjthKONInbYdbN37ZskrLF12HIbhDuxOBTzt8Z2jUKbCvxYWrw0yNgshddOzt7pZEl7aSCw8=
`;
const [goKey = ''] = productionTrust.checksumDatabase.verifierKeys;

const whyOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof LogRefusal) return error.why;
    throw error;
  }
  return 'accepted';
};

describe('a real answer of the Go checksum database', () => {
  const key = readVerifierKey(goKey);
  const { id, record, note } = readLookup(Buffer.from(real));

  it('is read as it stands', () => {
    expect(id).toBe(24929362);
    expect(sumOf(record, 'golang.org/toolchain', 'v0.0.1-go1.21.9.linux-amd64')).toBe(
      'h1:rRL9rPpsjKfpdDFcppvNgw1/dynUMrpDcTxdIwtyFR0=',
    );
    expect(key.id).toBe('sum.golang.org+033de0ae');
  });

  it('is signed by the key that is built in', () => {
    const { text, signedBy } = openNote(note, [key]);
    expect(signedBy).toBe(key);
    expect(readTreeHead(text)).toEqual({
      size: 28905453,
      root: Buffer.from('f3f8U0MoQmXkWAgAEKDtXcaI3c2y6N9+55KNSRefF/w=', 'base64'),
    });
  });

  it('is not, after any one character of the signed text changed', () => {
    const end = note.indexOf('\n\n');
    fc.assert(
      fc.property(fc.nat(end), fc.integer({ min: 0x20, max: 0x7e }), (at, code) => {
        const other = note.slice(0, at) + String.fromCharCode(code) + note.slice(at + 1);
        if (other !== note) expect(whyOf(() => openNote(other, [key]))).not.toBe('accepted');
      }),
      { numRuns: 300 },
    );
  });

  it('is the head that the program starts from', () => {
    expect(openNote(productionTrust.checksumDatabase.knownHead ?? '', [key]).text).toContain(
      '28905453',
    );
  });
});

describe('verifier keys', () => {
  it('are refused when name, hash and key do not belong together', () => {
    const [name = '', hash = '', key = ''] = goKey.split(/\+(.{8})\+/);
    for (const bad of [
      '',
      'sum.golang.org',
      `${name}+${hash}`,
      `other.example+${hash}+${key}`,
      `${name}+00000000+${key}`,
      `${name}+${hash.toUpperCase()}x+${key}`,
      `${name}+${hash}+${key.slice(0, -4)}`,
      `${name}+${hash}+B${key.slice(1)}`,
      `na me+${hash}+${key}`,
    ]) {
      expect(() => readVerifierKey(bad), bad).toThrow(TypeError);
    }
  });
});

describe('signed notes', () => {
  const signer = makeSigner('log.example');
  const key = readVerifierKey(signer.verifierKey);
  const note = signer.sign('one\ntwo\n');
  const line = note.split('\n\n')[1] ?? '';

  it('open by their key and by no other', () => {
    expect(openNote(note, [key]).text).toBe('one\ntwo\n');
    const other = readVerifierKey(makeSigner('log.example').verifierKey);
    expect(whyOf(() => openNote(note, [other]))).toBe('unsigned');
    expect(whyOf(() => openNote(note, []))).toBe('unsigned');
  });

  it('may hold blank lines in their text: the last one divides', () => {
    expect(openNote(signer.sign('one\n\ntwo\n'), [key]).text).toBe('one\n\ntwo\n');
  });

  it.each([
    ['no signature', 'one\n'],
    ['no blank line', `one\n${line}`],
    ['no last line feed', note.slice(0, -1)],
    ['a hyphen for the dash', note.replace('\u2014', '-')],
    ['two spaces', note.replace('\u2014 log.example ', '\u2014 log.example  ')],
    ['a tab', note.replace('one', 'o\tne')],
    ['a carriage return', note.replaceAll('\n', '\r\n')],
    ['base64 without padding', note.replace(/=+\n$/, '\n')],
    ['another line after the signature', `${note}hello\n`],
    ['a hundred and one signatures', `one\ntwo\n\n${line.repeat(101)}`],
  ])('are refused with %s', (_name, bad) => {
    expect(whyOf(() => openNote(bad, [key]))).toBe('malformed');
  });

  it('are refused where a second signature of the same key is wrong', () => {
    const [, name = '', signature = ''] = line.split(' ');
    const bytes = Buffer.from(signature, 'base64');
    bytes[70 - 3] = (bytes[70 - 3] ?? 0) ^ 1;
    const wrong = `\u2014 ${name} ${bytes.toString('base64')}\n`;
    expect(whyOf(() => openNote(note + wrong, [key]))).toBe('badSignature');
  });
});

describe('tree heads', () => {
  const root = Buffer.alloc(32).toString('base64');

  it('may have extension lines', () => {
    expect(readTreeHead(`go.sum database tree\n5\n${root}\nmore\n`).size).toBe(5);
  });

  it.each([
    `go.sum database tree\n5\n${root}`,
    `go.sum database tree\n5\n`,
    `go.sum database tree\n05\n${root}\n`,
    `go.sum database tree\n-5\n${root}\n`,
    `go.sum database tree\n5.0\n${root}\n`,
    `go.sum database tree\n9007199254740993\n${root}\n`,
    `go.sum database tree\n5\n${root.slice(4)}\n`,
    `go.sum database tree \n5\n${root}\n`,
    `another log\n5\n${root}\n`,
    '',
  ])('are refused: %j', (text) => {
    expect(whyOf(() => readTreeHead(text))).toBe('malformed');
  });
});
