// What else Defender can be asked, over a session of its own: a scan or an update takes minutes. An outcome is what was
// read back, never what a program said of itself.
import { message } from '../../../shared/model';
import { findingOfTrouble, type DefenderTrouble } from '../../../shared/rules/defender';
import { z } from '../../../shared/zod';
import type { DefenderCare, Explained } from '../../ports';
import type { PowerShellSession } from '../powershell';
import { fieldsSchema, partOf, textOrNull, type Fields, type Part } from './answers';
import { ask } from './ask';
import { argumentPath } from './defender';
import mpCmdRun from './mpCmdRun.ps1?raw';
import { mpCmdRunAnswerSchema, parseScan, troubleOfRun } from './parseMpCmdRun';
import { parseThreats, threatsAnswerSchema } from './parseThreats';
import threats from './threats.ps1?raw';
import updateSignatures from './updateSignatures.ps1?raw';

export interface CareParts {
  readonly session: PowerShellSession;
  /** Whether a file stands at a Windows path: what a restore is judged by. */
  readonly exists: (path: string) => Promise<boolean>;
}

/** Milliseconds: Microsoft's servers, or a large folder. */
const slowTimeoutMs = 15 * 60_000;

const updateAnswerSchema = z.object({ before: partOf(fieldsSchema), after: partOf(fieldsSchema) });

export function powerShellDefenderCare({ session, exists }: CareParts): DefenderCare {
  const slow = (signal?: AbortSignal): { timeoutMs: number; signal?: AbortSignal } => ({
    timeoutMs: slowTimeoutMs,
    ...(signal === undefined ? {} : { signal }),
  });
  return {
    async threats(signal) {
      const asked = await ask(session, threats, {}, threatsAnswerSchema, slow(signal));
      return asked.kind === 'told'
        ? { kind: 'known', detections: parseThreats(asked.value) }
        : { kind: 'unavailable', why: explain(asked.trouble) };
    },

    async updateSignatures(signal) {
      const asked = await ask(session, updateSignatures, {}, updateAnswerSchema, slow(signal));
      if (asked.kind === 'trouble') {
        // Without an answer it may still be running.
        const kind = asked.trouble.id === 'notReached' ? 'unknown' : 'refused';
        return { kind, why: explain(asked.trouble) };
      }
      const before = versionOf(asked.value.before);
      const after = versionOf(asked.value.after);
      if (before === null || after === null) {
        return { kind: 'unknown', why: explain({ id: 'noAnswer', cause: '' }) };
      }
      return before === after
        ? { kind: 'current', version: after }
        : { kind: 'updated', before, after };
    },

    async scan(path, signal) {
      const plain = argumentPath(path);
      if (plain === null) return { kind: 'unknown', why: said('defender.care.badPath') };
      const data = { operation: 'scan', path: plain };
      const asked = await ask(session, mpCmdRun, data, mpCmdRunAnswerSchema, slow(signal));
      if (asked.kind === 'trouble') return { kind: 'unknown', why: explain(asked.trouble) };
      if (!asked.value.found) return { kind: 'unknown', why: said('defender.care.noProgram') };
      const scan = parseScan(asked.value);
      return scan.kind === 'trouble' ? { kind: 'unknown', why: explain(scan.trouble) } : scan;
    },

    async restore(path, signal) {
      const plain = argumentPath(path);
      if (plain === null) return { kind: 'notRestored', why: said('defender.care.badPath') };
      // What stands there would prove nothing afterwards, and is not to be written over.
      if (await exists(plain)) {
        return { kind: 'notRestored', why: said('defender.care.thereBefore') };
      }
      const data = { operation: 'restore', path: plain };
      const asked = await ask(session, mpCmdRun, data, mpCmdRunAnswerSchema, slow(signal));
      if (await exists(plain)) return { kind: 'restored' };
      if (asked.kind === 'trouble') return { kind: 'unknown', why: explain(asked.trouble) };
      if (!asked.value.found) return { kind: 'notRestored', why: said('defender.care.noProgram') };
      const trouble = troubleOfRun(asked.value);
      if (trouble === null) {
        return { kind: 'notRestored', why: said('defender.care.notInQuarantine') };
      }
      return trouble.id === 'notPermitted'
        ? { kind: 'needsElevation', why: said('defender.care.needsElevation') }
        : { kind: 'notRestored', why: explain(trouble) };
    },
  };
}

function versionOf(part: Part<Fields>): string | null {
  return part.ok ? textOrNull(part.value?.['AntivirusSignatureVersion']) : null;
}

function explain(trouble: DefenderTrouble): Explained {
  const { sentence, next } = findingOfTrouble(trouble);
  return { sentence, next };
}

type Said = 'badPath' | 'noProgram' | 'thereBefore' | 'notInQuarantine' | 'needsElevation';

function said(key: `defender.care.${Said}`): Explained {
  const next = key === 'defender.care.needsElevation' ? 'askAdministrator' : null;
  return { sentence: message(key), next };
}
