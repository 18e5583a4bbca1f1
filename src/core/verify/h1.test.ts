import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { FailureError } from '../failureError';
import { h1OfManifest, hash1, toolchainVersion } from './h1';

const sha = (text: string): string => createHash('sha256').update(text).digest('hex');
const file = (text: string): { sha256: string; size: number } => ({
  sha256: sha(text),
  size: text.length,
});

/** Names with the SHA-256 of their content. */
const hashOf = (files: readonly (readonly [string, string])[]): string => {
  const hashes = new Map(files);
  return hash1([...hashes.keys()], (name) => hashes.get(name) ?? '');
};

describe('h1', () => {
  it("computes the go.mod line that every toolchain has in Go's checksum database", () => {
    expect(hashOf([['go.mod', sha('module golang.org/toolchain\n')]])).toBe(
      'h1:8wlg68NqwW7eMnI1aABk/C2pDYXj8mrMY4TyRfiLeS0=',
    );
  });

  it('names a release as the database does', () => {
    expect(toolchainVersion('go1.27.0', 'windows', 'amd64')).toBe('v0.0.1-go1.27.0.windows-amd64');
  });

  it('leaves out four top folders, counts them, and renames every go.mod', () => {
    const manifest = new Map([
      ['VERSION', file('go1.27.0')],
      ['api/go1.txt', file('a')],
      ['doc/x', file('b')],
      ['misc/x', file('c')],
      ['test/x', file('d')],
      ['src/go.mod', file('module std')],
      ['src/test/x', file('e')],
      ['src/notgo.mod', file('f')],
    ]);
    const prefix = 'golang.org/toolchain@v0.0.1-go1.27.0.windows-amd64/';
    expect(h1OfManifest(manifest, 'go1.27.0', 'windows', 'amd64')).toEqual({
      h1: hashOf([
        [`${prefix}VERSION`, sha('go1.27.0')],
        [`${prefix}src/_go.mod`, sha('module std')],
        [`${prefix}src/notgo.mod`, sha('f')],
        [`${prefix}src/test/x`, sha('e')],
      ]),
      files: 4,
      skipped: 4,
    });
  });

  it('depends on version, system, architecture, names and content, not on order', () => {
    const one = new Map([
      ['a', file('1')],
      ['b', file('2')],
    ]);
    const reversed = new Map([...one].reverse());
    const of = (m: typeof one, v = 'go1.27.0', arch: 'amd64' | 'arm64' = 'amd64'): string =>
      h1OfManifest(m, v, 'windows', arch).h1;
    expect(of(reversed)).toBe(of(one));
    const others = [
      of(one, 'go1.27.1'),
      of(one, 'go1.27.0', 'arm64'),
      of(new Map([...one, ['c', file('')]])),
      of(new Map([...one, ['a', file('2')]])),
    ];
    expect(new Set([...others, of(one)]).size).toBe(5);
  });

  it('sorts by bytes, not by UTF-16 units or by language', () => {
    const lines = ['\u{1f600}', '\uff5e', 'z', 'Z', '\u00e9', '_', 'a'].map(
      (name) => [name, sha(name)] as const,
    );
    const expected = createHash('sha256');
    const names = lines.map(([name]) => Buffer.from(name)).sort((a, b) => Buffer.compare(a, b));
    for (const name of names) expected.update(`${sha(name.toString())}  ${name.toString()}\n`);
    expect(hashOf(lines)).toBe(`h1:${expected.digest('base64')}`);
  });

  it('refuses a name with a line break', () => {
    expect(() => hashOf([['a\nb', sha('')]])).toThrow(FailureError);
  });
});
