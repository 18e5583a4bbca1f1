// What happened on the lab's computer before anyone looked: written into its event log once for each scenario.
import { createHash } from 'node:crypto';
import type { LabDrive } from '../machineDrive';
import {
  codeIntegrityChannel,
  codeIntegrityXml,
  defenderChannel,
  detectionXml,
  protectionOffXml,
  surfaceReductionXml,
} from './eventXml';
import type { LabSettings } from './scenarios';
import type { Emit } from './state';

/** `AttackSurfaceReduction`: "unless they meet a prevalence, age, or trusted list criterion". */
export const prevalenceRule = '01443614-CD74-433A-B99E-2ECDC07BFC25';
/** As in a report of 57 different test programs taken within two weeks. */
export const historyCount = 57;

const minute = 60_000;
const day = 24 * 60 * minute;

export function writeHistory(settings: LabSettings, drive: LabDrive, now: Date, emit: Emit): void {
  const { folders } = drive;
  const user = accountOf(drive);
  const volumeHome = `\\Device\\HarddiskVolume3\\Users\\${drive.user}`;
  const versions = { product: settings.platform, engine: settings.engine };
  const goRoot = `${folders.installRoot}\\current`;
  if (!settings.service) {
    const at = ago(now, day);
    emit(defenderChannel, at, (id) => protectionOffXml(id, at, settings.platform));
  }
  switch (settings.history) {
    case 'none':
      return;
    case 'testPrograms':
      for (let number = 0; number < historyCount; number += 1) {
        const at = ago(now, 3 * day - number * 900);
        const folder = `${folders.temp}\\go-build3107425846\\b${String(number + 1).padStart(3, '0')}`;
        const fields = {
          detectionId: guid(`history ${String(number)}`),
          at,
          threatId: 2147735503,
          threatName: 'Trojan:Win32/Wacatac.C!ml',
          user,
          process: `${goRoot}\\pkg\\tool\\windows_amd64\\link.exe`,
          path: `file:_${folder}\\${packages[number % packages.length] ?? 'main'}${number < packages.length ? '' : String(number)}.test.exe`,
          versions,
        };
        emit(defenderChannel, at, (id) =>
          detectionXml(id, { ...fields, eventId: 1116, actionId: 9 }),
        );
        emit(defenderChannel, at, (id) =>
          detectionXml(id, { ...fields, eventId: 1117, actionId: 2 }),
        );
      }
      return;
    case 'launchBlocked':
      for (let number = 0; number < 3; number += 1) {
        const at = ago(now, 2 * day - number * minute);
        emit(defenderChannel, at, (id) =>
          surfaceReductionXml(id, {
            at,
            rule: prevalenceRule,
            user,
            path: `${folders.temp}\\go-build2290171333\\b001\\exe\\a.out.exe`,
            process: `${goRoot}\\bin\\go.exe`,
            versions,
          }),
        );
      }
      return;
    case 'appControl': {
      const at = ago(now, 5 * day);
      emit(codeIntegrityChannel, at, (id) =>
        codeIntegrityXml(id, {
          at,
          file: `${volumeHome}\\go\\bin\\gopls.exe`,
          process: `${volumeHome}\\AppData\\Local\\Programs\\Microsoft VS Code\\Code.exe`,
          sha256: createHash('sha256').update('gopls').digest('hex'),
        }),
      );
    }
  }
}

/** As Windows' events name the user. */
export function accountOf({ user }: LabDrive): string {
  return `LAB\\${user}`;
}

/** The same for the same text, so that a lab can be made again. */
export function guid(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex').toUpperCase();
  return `{${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-A${hex.slice(17, 20)}-${hex.slice(20, 32)}}`;
}

function ago(now: Date, ms: number): string {
  return new Date(now.getTime() - ms).toISOString();
}

const packages = (
  'store ledger parser router cache vm codec session quota audit retry schema index planner mailer queue ' +
  'token webhook render search'
).split(' ');
