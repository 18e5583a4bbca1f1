// The rules on the elevated side against the rules of the product: the same values, and the same verdict by the same name.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import paths from '../../src/core/windows/elevation/paths.ps1?raw';
import rules from '../../src/core/windows/elevation/rules.ps1?raw';
import type { PowerShellSession } from '../../src/core/windows/powershell';
import type { Exclusion } from '../../src/shared/model';
import { judgeExclusion } from '../../src/shared/rules/exclusions';
import { z } from '../../src/shared/zod';
import { everyCase } from '../../test/fixtures/exclusionCases';
import { sessionsForEachTest } from './support/session';

const open = sessionsForEachTest();
const script = [
  'param($Json)',
  'Invoke-Request $Json {',
  'param($Data)',
  paths.trimEnd(),
  rules.trimEnd(),
  '$verdicts = [System.Collections.Generic.List[string]]::new()',
  'foreach ($one in $Data.exclusions) {',
  '  $verdict = Test-Exclusion $one.kind $one.value',
  "  if ($verdict.Why.Length -gt 0) { $verdicts.Add($verdict.Why) } else { $verdicts.Add('as ' + $verdict.Normal) }",
  '}',
  '@{ verdicts = $verdicts.ToArray() }',
  '}',
].join('\n');
const answerSchema = z.object({ verdicts: z.array(z.string()) });

async function elsewhere(
  session: PowerShellSession,
  exclusions: readonly Exclusion[],
): Promise<readonly string[]> {
  const verdicts: string[] = [];
  for (let at = 0; at < exclusions.length; at += 100) {
    const part = exclusions.slice(at, at + 100);
    const answer = await session.run(script, { exclusions: part }, answerSchema, {
      timeoutMs: 60_000,
    });
    if (answer.kind !== 'value') throw new Error(JSON.stringify(answer));
    verdicts.push(...answer.value.verdicts);
  }
  return verdicts;
}

function here(exclusion: Exclusion): string {
  const judged = judgeExclusion(exclusion);
  return judged.kind === 'refused' ? judged.why : `as ${judged.exclusion.value}`;
}

async function compare(session: PowerShellSession, list: readonly Exclusion[]): Promise<void> {
  const verdicts = await elsewhere(session, list);
  expect(verdicts).toHaveLength(list.length);
  const told = (verdict: (at: number) => string): readonly string[] =>
    list.map(
      (exclusion, at) => `${exclusion.kind} ${JSON.stringify(exclusion.value)}: ${verdict(at)}`,
    );
  expect(told((at) => verdicts[at] ?? '')).toEqual(told((at) => here(list[at]!)));
}

/** Parts that paths, contexts and attempts at deception are made of. */
const names = [
  ...[
    'Users',
    'users',
    'lin',
    'AppData',
    'Local',
    'LocalLow',
    'Temp',
    'TEMP',
    'Te*',
    'T?mp',
    'go-build',
    'go',
  ],
  ...[
    'Windows',
    'Program Files',
    'Program Files (x86)',
    'ProgramData',
    'Java',
    'Prefetch',
    'System32',
    'Spool',
  ],
  ...[
    'Public',
    'Downloads',
    'Desktop',
    '*',
    '?',
    '**',
    'a*b?c',
    '..',
    '.',
    ' ',
    'PROGRA~1',
    'LIN~1',
    'x:y',
    'a|b',
  ],
  ...[
    'cmd.exe',
    'go.exe',
    'pow*.exe',
    'powershell.exe',
    'python',
    'x.',
    'x ',
    '\u00a0',
    '\u0085',
    '\u3000',
  ],
  // Read as nothing, or as another letter, by comparisons that follow a language.
  ...[
    'W\u0131ndows',
    'U\u017fers',
    'Tem\u00adp',
    'Temp\u200b',
    '\ufeffTemp',
    'w\u0130ndows',
    '\u212a',
    'Te\u0301mp',
  ],
  ...[
    '\u00df',
    '\ufb01',
    '\ud800',
    '\ud83d\ude00',
    '\u4e2d\u6587',
    "'",
    '\u2019',
    '\u0000',
    '\n',
    '"',
    '<',
  ],
];
const roots = [
  ...[
    'C:\\',
    'c:\\',
    'D:/',
    'C:',
    '?:\\',
    '*:\\',
    '\u212a:\\',
    '\\\\?\\C:\\',
    '\\\\.\\C:\\',
    '\\??\\C:\\',
    '',
    ' C:\\',
  ],
  ...[
    '\\\\server\\share\\',
    '\\\\?\\UNC\\server\\share\\',
    '\\\\localhost\\C$\\',
    '\\\\127.0.0.1\\x\\',
    '\\\\?\\pipe\\',
  ],
  ...[
    '%TEMP%\\',
    '%SystemRoot%\\',
    '%ProgramFiles%\\',
    '%nope%\\',
    '$env:TEMP\\',
    '${env:x}\\',
    '$x',
  ],
];
const contexts = [
  ...[
    '',
    '',
    '',
    '\\',
    '\\\\',
    '\\*',
    '\\*.*',
    '\\:{PathType:folder}',
    '\\:{PathType:Folder}',
    ':{PathType:file}',
  ],
  ...[
    '\\:{}',
    '\\:{PathType:file,}',
    '\\:{ScanType:full,ScanTrigger:BM}',
    '\\:{ScanTrigger:OnAccess,PathType:file}',
  ],
  ...[
    '\\:{Process:"C:\\Go\\bin\\go.exe"}',
    '\\:{Process:"go.exe"}',
    '\\:{Process:"C:\\Windows\\x.exe"}',
  ],
  ...[
    '\\:{PathType:folder,Process:"C:\\Go\\*",Process:"C:\\x\\cmd.exe"}',
    '\\:{PathType:file,PathType:folder}',
  ],
];
const value = fc.oneof(
  fc
    .tuple(
      fc.constantFrom(...roots),
      fc.array(fc.constantFrom(...names), { maxLength: 6 }),
      fc.constantFrom(...contexts),
    )
    .map(([root, parts, context]) => `${root}${parts.join('\\')}${context}`),
  fc
    .array(fc.constantFrom(...names, ...roots, ...contexts, '\\'), { maxLength: 5 })
    .map((all) => all.join('')),
  fc.string({ unit: 'binary', maxLength: 24 }).map((text) => `C:\\${text}`),
);
const exclusion: fc.Arbitrary<Exclusion> = fc.record({
  kind: fc.constantFrom('path', 'path', 'path', 'process', 'extension'),
  value: value.filter((text) => text !== ''),
});

describe('one verdict on both sides', () => {
  it('for every case of the rules', async () => {
    await compare(open(), everyCase());
  }, 300_000);

  it('for many more', async () => {
    const session = open();
    // Together: a call for each would measure the calls.
    const list = fc.sample(exclusion, { numRuns: 1_000, seed: Date.now() });
    await compare(session, list);
    console.log(
      `${list.length} generated exclusions, ${everyCase().length} of the table: one verdict.`,
    );
  }, 300_000);
});
