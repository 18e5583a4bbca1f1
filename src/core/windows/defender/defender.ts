// The Defender port over an unelevated PowerShell session. It reads and never writes; an answer that did not come is a
// reading of its own and no exception.
import { normalWinPath } from '../../../shared/rules/winPath';
import type { CheckAnswer, Clock, Defender } from '../../ports';
import type { PowerShellSession } from '../powershell';
import { ask } from './ask';
import mpCmdRun from './mpCmdRun.ps1?raw';
import { mpCmdRunAnswerSchema, parseCheck } from './parseMpCmdRun';
import { parsePreferences, preferencesAnswerSchema, readingOfTrouble } from './parsePreferences';
import { parseStatus, statusAnswerSchema, statusOfTrouble } from './parseStatus';
import preferences from './preferences.ps1?raw';
import status from './status.ps1?raw';

export function powerShellDefender(
  session: PowerShellSession,
  clock: Pick<Clock, 'now'>,
): Defender {
  return {
    async status() {
      const asked = await ask(session, status, {}, statusAnswerSchema);
      return asked.kind === 'told'
        ? parseStatus(asked.value, clock.now())
        : statusOfTrouble(asked.trouble, clock.now());
    },
    async exclusions() {
      const asked = await ask(session, preferences, {}, preferencesAnswerSchema);
      return asked.kind === 'told'
        ? parsePreferences(asked.value)
        : readingOfTrouble(asked.trouble);
    },
    async check(path): Promise<CheckAnswer> {
      const plain = argumentPath(path);
      if (plain === null) return 'unknown';
      const data = { operation: 'check', path: plain };
      const asked = await ask(session, mpCmdRun, data, mpCmdRunAnswerSchema);
      return asked.kind === 'told' ? parseCheck(asked.value) : 'unknown';
    },
  };
}

/**
 * A full path as it can be given to a program: no wildcard, no quote, and none that Windows PowerShell would end with
 * `\"` (a share's root with a blank in it). Null for all others.
 */
export function argumentPath(path: string): string | null {
  const plain = normalWinPath(path);
  if (plain === null || /[*?]/.test(plain)) return null;
  return /\s/.test(plain) && plain.endsWith('\\') ? null : plain;
}
