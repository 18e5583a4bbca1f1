// The product's scripts under this PowerShell: whether it reads their syntax, and whether the rules that are held on the
// elevated side come to the same verdicts as the app's own.
import addUnelevated from './addUnelevated.ps1?raw';
import type { ReadId } from './checklist';
import { differs, judged, judgeRun, passed, type Machine, type Seen } from './machine';
import parse from './parse.ps1?raw';
import events from '../../src/core/windows/defender/events.ps1?raw';
import mpCmdRun from '../../src/core/windows/defender/mpCmdRun.ps1?raw';
import preferences from '../../src/core/windows/defender/preferences.ps1?raw';
import status from '../../src/core/windows/defender/status.ps1?raw';
import threats from '../../src/core/windows/defender/threats.ps1?raw';
import updateSignatures from '../../src/core/windows/defender/updateSignatures.ps1?raw';
import bootstrap from '../../src/core/windows/elevation/bootstrap.ps1?raw';
import elevate from '../../src/core/windows/elevation/elevate.ps1?raw';
import { errandFor } from '../../src/core/windows/elevation/errand';
import expiry from '../../src/core/windows/elevation/expiry.ps1?raw';
import paths from '../../src/core/windows/elevation/paths.ps1?raw';
import rules from '../../src/core/windows/elevation/rules.ps1?raw';
import { judgeExclusion } from '../../src/shared/rules/exclusions';
import { foldCase } from '../../src/shared/rules/winPath';
import { z } from '../../src/shared/zod';
import { everyCase } from '../../test/fixtures/exclusionCases';

const named: Readonly<Record<string, string>> = {
  'events.ps1': events,
  'mpCmdRun.ps1': mpCmdRun,
  'preferences.ps1': preferences,
  'status.ps1': status,
  'threats.ps1': threats,
  'updateSignatures.ps1': updateSignatures,
  'bootstrap.ps1': bootstrap,
  'elevate.ps1': elevate,
  'expiry.ps1': expiry,
  'addUnelevated.ps1': addUnelevated,
};

export const scriptChecks = {
  'scripts.parse': ({ session }) => {
    const whole = errandFor({ id: 'selfcheck', steps: [{ kind: 'readPreferences' }] });
    const texts = { ...named, 'the elevated text': whole.payload.toString('latin1') };
    const schema = z.object({ found: z.array(z.object({ problems: z.array(z.string()) })) });
    return judgeRun(session, parse, { texts: Object.values(texts) }, schema, ({ found }) => {
      const bad = Object.keys(texts).flatMap((name, at) => {
        const problems = found[at]?.problems ?? ['not told'];
        return problems.length === 0 ? [] : [`${name}: ${problems.join('; ')}`];
      });
      return bad.length === 0
        ? passed(`${String(found.length)} texts`)
        : differs(bad.join(' | ').slice(0, 1000));
    });
  },
  'scripts.rules': ({ session }) => {
    const cases = everyCase();
    const schema = z.object({
      verdicts: z.array(z.object({ Why: z.string(), Normal: z.string() })),
    });
    const script = withRules(
      '@{ verdicts = @(foreach ($one in @($Data.cases)) { Test-Exclusion $one.kind $one.value }) }',
    );
    return judgeRun(session, script, { cases }, schema, ({ verdicts }) => {
      const other = cases.filter((exclusion, at) => {
        const here = judgeExclusion(exclusion);
        const there = verdicts[at];
        return here.kind === 'refused'
          ? there?.Why !== here.why
          : there?.Why !== '' ||
              (exclusion.kind !== 'extension' && there.Normal !== here.exclusion.value);
      });
      return other.length === 0
        ? passed(`${String(cases.length)} cases`)
        : differs(
            `${String(other.length)} of ${String(cases.length)}: ${other
              .slice(0, 10)
              .map(({ kind, value }) => `${kind} ${JSON.stringify(value)}`)
              .join(', ')}`,
          );
    });
  },
  'scripts.folding': ({ session }) => {
    const letters = cased();
    const schema = z.object({ folded: z.string() });
    const script = withRules('@{ folded = Get-FoldedText $Data.letters }');
    return judgeRun(session, script, { letters }, schema, ({ folded }) => {
      if (folded.length !== letters.length) return differs(`${String(folded.length)} letters`);
      const other = Array.from(letters).filter((letter, at) => folded[at] !== foldCase(letter));
      const codes = other.map(
        (letter) => `U+${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
      );
      // Names that are refused are ASCII: only what becomes ASCII can disguise one.
      const disguises = other.some((letter) =>
        [foldCase(letter), folded[letters.indexOf(letter)] ?? ''].some((one) => one <= '~'),
      );
      const named = codes.length === 0 ? 'none' : codes.slice(0, 200).join(' ');
      return judged(!disguises, `${String(letters.length)} letters, otherwise: ${named}`);
    });
  },
} satisfies Partial<Record<ReadId, (machine: Machine) => Promise<Seen>>>;

/** A script of a session that has the elevated side's rules before its one answer. */
function withRules(answer: string): string {
  const text = [paths, rules]
    .join('\n')
    .replace(/[\r\n]+/g, '\n')
    .trimEnd();
  return `param($Json)\n${text}\nInvoke-Request $Json {\n  param($Data)\n  ${answer}\n}`;
}

/** Every letter of one unit that has another case. */
function cased(): string {
  let letters = '';
  for (let code = 0x20; code <= 0xffff; code += 1) {
    if (code >= 0xd800 && code <= 0xdfff) continue;
    const letter = String.fromCharCode(code);
    if (letter.toUpperCase() !== letter || letter.toLowerCase() !== letter) letters += letter;
  }
  return letters;
}
