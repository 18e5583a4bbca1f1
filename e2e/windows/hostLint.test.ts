// `--lint` tells of a script what the engine's parser sees: every fact that a rule may stand on is found where it is.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { runHost } from './support/hostProcess';

const host = inject('windowsHost');
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gangway-lint-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function facts(text: string): Promise<Record<string, unknown>> {
  const file = join(folder, 'script.ps1');
  writeFileSync(file, text);
  const { stdout, code } = await runHost(host, ['--lint', file]);
  expect(code).toBe(0);
  const [found] = JSON.parse(stdout) as Record<string, unknown>[];
  return found!;
}

describe('--lint', () => {
  it.each([
    ['nullCoalescing', '$a ?? 1'],
    ['nullCoalescingAssignment', '$a ??= 1'],
    ['nullConditionalMember', '${a}?.Length'],
    ['nullConditionalMember', '${a}?.ToString()'],
    ['nullConditionalIndex', '${a}?[0]'],
    ['ternary', '$a ? 1 : 2'],
    ['pipelineChain', 'Get-A && Get-B'],
    ['pipelineChain', 'Get-A || Get-B'],
    ['background', 'Get-A &'],
    ['parallel', '1 | ForEach-Object -Parallel { 1 }'],
    ['cleanBlock', 'function f { process { } clean { } }'],
    ['genericMethod', '[array]::Empty[int]()'],
    ['numberLiteral', '1uy'],
    ['numberLiteral', '0b101'],
    ['escape', '"a`e[0m"'],
    ['escape', '"`u{41}"'],
    ['leadingPipe', 'Get-A\n  | Get-B'],
  ])('finds %s, newer than 5.1, in %s', async (kind, text) => {
    const { newer, errors } = await facts(`# head\n${text}\n`);
    expect(errors).toEqual([]);
    expect(newer).toContainEqual(expect.objectContaining({ kind }));
  });

  it('finds nothing newer in what 5.1 has', async () => {
    const text =
      '$a = @{ b = 1kb; c = 0x1F; d = 1.5e3; e = 10L }\n"``e `t $a" | Where-Object { $_ } | ForEach-Object { $_ }\n';
    expect((await facts(text)).newer).toEqual([]);
  });

  it('tells commands, their parameters, members, types, texts and lines', async () => {
    const text = [
      '# head',
      'param($Json)',
      'Set-StrictMode -Version 3.0',
      '',
      '"in $(Get-Inner -Name x)"',
      "& $path -Switch -Value:'a'",
      '. ./other.ps1',
      '[Console]::WriteLine("é")',
      "[string]$b = @'\nhere\n'@",
    ].join('\n');
    expect(await facts(text)).toMatchObject({
      errors: [],
      blankLines: [4],
      nonAscii: [8],
      strictMode: { line: 3 },
      firstStatement: { line: 3 },
      commands: [
        { name: 'Set-StrictMode', parameters: [{ name: 'Version', value: '3.0' }] },
        { name: 'Get-Inner', line: 5 },
        {
          name: null,
          operator: 'call',
          head: 'variableExpression',
          parameters: [
            { name: 'Switch', value: null },
            { name: 'Value', value: "'a'" },
          ],
        },
        { name: './other.ps1', operator: 'dot' },
      ],
      members: [{ static: true, target: 'Console', member: 'WriteLine' }],
      types: [
        { text: 'Console', use: 'static' },
        { text: 'string', use: 'cast' },
      ],
      variables: [
        { name: 'Json', assigned: false },
        { name: 'path', assigned: false },
        { name: 'b', assigned: true },
      ],
      comments: [{ line: 1, text: '# head' }],
      strings: expect.arrayContaining([
        expect.objectContaining({ kind: 'singleQuotedHereString', value: 'here' }),
        expect.objectContaining({ kind: 'doubleQuoted', expandable: true }),
      ]) as unknown,
    });
  });

  it('tells where a script does not parse', async () => {
    expect((await facts('if (1) {')).errors).toEqual([
      expect.objectContaining({ line: 1, incomplete: true }),
    ]);
  });

  it('is refused without files', async () => {
    expect((await runHost(host, ['--lint'])).code).toBe(1);
  });
});
