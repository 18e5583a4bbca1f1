import { describe, expect, it } from 'vitest';
import bootstrap from './bootstrap.ps1?raw';
import { elevatedArguments, maxParameters } from './commandLine';

const values = {
  pipe: `gangway-${'a'.repeat(32)}`,
  nonce: 'b'.repeat(32),
  sha256: `${'C'.repeat(43)}=`,
};

function script(words: readonly string[]): string {
  return Buffer.from(words.at(-1) ?? '', 'base64').toString('utf16le');
}

describe('the elevated command line', () => {
  it('is fixed but for three literals, and short enough', () => {
    const words = elevatedArguments(values);
    const text = script(words);
    for (const value of Object.values(values)) expect(text.split(value)).toHaveLength(2);
    const other = script(elevatedArguments({ ...values, nonce: 'd'.repeat(32) }));
    expect(other).toBe(text.replace(values.nonce, 'd'.repeat(32)));
    const { length } = words.join(' ');
    console.log(`Elevated command line: ${length} of ${maxParameters} characters.`);
    expect(length).toBeLessThan(maxParameters);
    expect(words.every((word) => /^[A-Za-z0-9+/=-]+$/.test(word))).toBe(true);
  });

  it('gives whoever serves the pipe no right to act as the caller', () => {
    // The default would let a server of that name impersonate an administrator.
    expect(script(elevatedArguments(values))).toContain(
      '[Security.Principal.TokenImpersonationLevel]::Identification)',
    );
  });

  it('takes modules from Windows alone, before it calls anything', () => {
    const lines = script(elevatedArguments(values)).split('\n');
    expect(lines[2]).toBe('$env:PSModulePath = "$PSHOME\\Modules"');
    expect(bootstrap).not.toMatch(/Get-|Import-|Invoke-|New-/);
  });

  it('runs only the text of that hash', () => {
    const text = script(elevatedArguments(values));
    expect(text).toContain(`if (!$h.Equals('${values.sha256}')) { exit }`);
    expect(text.indexOf('exit')).toBeLessThan(text.indexOf('ScriptBlock'));
  });

  it.each([
    ['pipe', "gangway-x'; calc; '"],
    ['pipe', `gangway-${'a'.repeat(31)}`],
    ['pipe', `gangway-${'a'.repeat(32)}\n`],
    ['pipe', '/tmp/o\u2019brien/pipe'],
    ['pipe', `/${'a'.repeat(100)}`],
    ['nonce', 'B'.repeat(32)],
    ['nonce', "'".repeat(32)],
    ['sha256', 'C'.repeat(44)],
    ['sha256', `${'C'.repeat(42)}$=`],
  ] as const)('takes no %s like %j', (name, value) => {
    expect(() => elevatedArguments({ ...values, [name]: value })).toThrow(RangeError);
  });
});
