// What MpCmdRun's answers mean. Exit codes decide, and a number of failure in its text makes any of them "unknown":
// 1 and 2 are its codes for "not excluded" and "found something", and for having failed as well.
import type { DefenderTrouble } from '../../../shared/rules/defender';
import { z } from '../../../shared/zod';
import type { CheckAnswer } from '../../ports';

/** Of `mpCmdRun.ps1`. */
export const mpCmdRunAnswerSchema = z.object({
  /** False where there is no MpCmdRun.exe. */
  found: z.boolean(),
  exitCode: z.number().int().nullable(),
  /** Lines of both streams. */
  output: z.array(z.string()),
});
export type MpCmdRunAnswer = z.infer<typeof mpCmdRunAnswerSchema>;

export function parseCheck(answer: MpCmdRunAnswer): CheckAnswer {
  if (!answer.found || failureNumber(answer) !== null) return 'unknown';
  switch (answer.exitCode) {
    case 0:
      return 'excluded';
    case 1:
      return 'notExcluded';
    case null:
    default:
      return 'unknown';
  }
}

export type ParsedScan =
  | { readonly kind: 'clean' }
  | { readonly kind: 'threats'; readonly names: readonly string[] }
  | { readonly kind: 'trouble'; readonly trouble: DefenderTrouble };

export function parseScan(answer: MpCmdRunAnswer): ParsedScan {
  const failure = troubleOfRun(answer);
  if (failure !== null) return { kind: 'trouble', trouble: failure };
  // Not with -DisableRemediation, by its documentation; but what was skipped was not found clean.
  const skipped = answer.output.some((line) => /\bwas skipped\b/i.test(line));
  switch (skipped ? null : answer.exitCode) {
    case 0:
      return { kind: 'clean' };
    case 2:
      return { kind: 'threats', names: threatNames(answer.output) };
    case null:
    default:
      return { kind: 'trouble', trouble: { id: 'failed', cause: causeOf(answer) } };
  }
}

/** Why a run says nothing; null where its exit code counts. */
export function troubleOfRun(answer: MpCmdRunAnswer): DefenderTrouble | null {
  const number = failureNumber(answer);
  if (number === null) return null;
  const cause = causeOf(answer);
  switch (number) {
    case '0x80070005':
    case '0x800702e4':
      return { id: 'notPermitted', cause };
    case '0x800106ba':
      return { id: 'serviceOff', cause };
    case '0x800704ec':
      return { id: 'offByPolicy', cause };
    default:
      return { id: 'failed', cause };
  }
}

/** `CmdTool: Failed with hr = 0x80070005. Check C:\…\MpCmdRun.log for more information` */
function failureNumber({ output }: MpCmdRunAnswer): string | null {
  for (const line of output) {
    const number = /\bhr\s*=\s*(0x[0-9a-f]{8})/i.exec(line)?.[1]?.toLowerCase();
    // A success that is named is none of failure.
    if (number !== undefined && number !== '0x00000000') return number;
  }
  return null;
}

/** `Threat                  : Trojan:Win32/Wacatac.C!ml`. Names are in no language. */
function threatNames(output: readonly string[]): readonly string[] {
  const names = output.flatMap((line) => {
    const name = /^\s*Threat\s*:\s*(\S.*?)\s*$/.exec(line)?.[1];
    return name === undefined ? [] : [name.slice(0, 256)];
  });
  return [...new Set(names)].slice(0, 100);
}

function causeOf({ exitCode, output }: MpCmdRunAnswer): string {
  const said = output.map((line) => line.trim()).filter((line) => line !== '');
  return `MpCmdRun ${String(exitCode)}: ${said.slice(-3).join(' ')}`.slice(0, 1024);
}
