// Defender's status from what Windows' sources said, each for itself: one that is missing or silent hides no other.
import type { DefenderStatus } from '../../../shared/model';
import { z } from '../../../shared/zod';
import {
  judgeStatus,
  nothingKnown,
  type DefenderFacts,
  type DefenderTrouble,
} from '../../../shared/rules/defender';
import { fieldsSchema, flag, isSet, partOf, text, whole, type Fields, type Part } from './answers';
import { troubleOf } from './trouble';

/** Of `status.ps1`. */
export const statusAnswerSchema = z.object({
  /** Get-MpComputerStatus. */
  computer: partOf(fieldsSchema),
  /** Get-Service WinDefend. */
  service: partOf(fieldsSchema),
  /** root/SecurityCenter2:AntiVirusProduct. The class is missing on Windows Server. */
  antivirus: partOf(z.array(fieldsSchema)),
  /** HKLM\SOFTWARE\Policies\Microsoft\Windows Defender. */
  policy: partOf(fieldsSchema),
  /** … \Policy Manager: what Intune set. */
  policyManager: partOf(fieldsSchema),
  /** HKLM\SOFTWARE\Microsoft\Windows Defender. */
  product: partOf(fieldsSchema),
  /** … \Features. */
  features: partOf(fieldsSchema),
  /** HKLM\SYSTEM\CurrentControlSet\Control\CI\Policy. */
  codeIntegrity: partOf(fieldsSchema),
  /** Get-MpPreference, without its lists. */
  preferences: partOf(fieldsSchema),
});
export type StatusAnswer = z.infer<typeof statusAnswerSchema>;

/** SecurityCenter2's productState: the product is active. */
const activeBit = 0x1000;
/** ManagedDefenderProductType: Intune only, Configuration Manager only. */
const managedTypes: readonly (number | null)[] = [6, 7];

export function parseStatus(answer: StatusAnswer, now: Date): DefenderStatus {
  return judgeStatus(factsOf(answer), now);
}

export function statusOfTrouble(trouble: DefenderTrouble, now: Date): DefenderStatus {
  return judgeStatus({ ...nothingKnown, trouble }, now);
}

function factsOf(answer: StatusAnswer): DefenderFacts {
  const computer = told(answer.computer);
  const policies = [fieldsOf(answer.policy), fieldsOf(answer.policyManager)];
  const isOn = (name: string): boolean => policies.some((policy) => isSet(policy[name]));
  const fields = computer.fields;
  return {
    trouble: computer.trouble,
    runningMode: text(fields['AMRunningMode']),
    serviceEnabled: flag(fields['AMServiceEnabled']) ?? serviceRuns(answer.service),
    antivirusEnabled: flag(fields['AntivirusEnabled']),
    realTimeProtection: flag(fields['RealTimeProtectionEnabled']),
    tamperProtection: flag(fields['IsTamperProtected']),
    platform: text(fields['AMProductVersion']),
    engine: text(fields['AMEngineVersion']),
    otherAntivirus: otherAntivirus(answer.antivirus),
    localEntriesIgnored: isOn('DisableLocalAdminMerge'),
    exclusionsTamperProtected: isSet(fieldsOf(answer.features)['TPExclusions']),
    hiddenFrom: isOn('HideExclusionsFromLocalAdmins')
      ? 'administrators'
      : isOn('HideExclusionsFromLocalUsers')
        ? 'users'
        : 'nobody',
    managed: managedTypes.includes(whole(fieldsOf(answer.product)['ManagedDefenderProductType'])),
    performanceMode: performanceMode(fieldsOf(answer.preferences)['PerformanceModeStatus']),
    smartAppControl: smartAppControl(fields, fieldsOf(answer.codeIntegrity)),
  };
}

/** No object, or one in which nothing is told, is a state of its own: it has been seen after updates of Windows. */
function told(part: Part<Fields>): { fields: Fields; trouble: DefenderTrouble | null } {
  if (!part.ok) return { fields: {}, trouble: troubleOf(part.error) };
  const fields = part.value ?? {};
  const isEmpty = Object.values(fields).every((value) => value === null || value === '');
  return isEmpty
    ? { fields: {}, trouble: { id: 'noAnswer', cause: '' } }
    : { fields, trouble: null };
}

function fieldsOf(part: Part<Fields>): Fields {
  return part.ok ? (part.value ?? {}) : {};
}

function serviceRuns(part: Part<Fields>): boolean | null {
  switch (text(fieldsOf(part)['Status']).toLowerCase()) {
    case 'running':
      return true;
    case 'stopped':
    case 'stoppending':
      return false;
    default:
      return null;
  }
}

function otherAntivirus(part: Part<readonly Fields[]>): string | null {
  const products = part.ok ? (part.value ?? []) : [];
  for (const product of products) {
    const name = text(product['displayName']).trim();
    const state = whole(product['productState']) ?? 0;
    if ((state & activeBit) === 0 || /^(windows|microsoft) defender\b/i.test(name)) continue;
    return name === '' ? '?' : name.slice(0, 128);
  }
  return null;
}

/** The preference is a number in the object and a word in the documentation: 0 is enabled. */
function performanceMode(value: unknown): DefenderFacts['performanceMode'] {
  switch (text(value).toLowerCase()) {
    case '0':
    case 'enabled':
      return 'on';
    case '1':
    case 'disabled':
      return 'off';
    default:
      return 'unknown';
  }
}

/** Windows before 11 has neither the field nor the value. */
function smartAppControl(computer: Fields, registry: Fields): DefenderStatus['smartAppControl'] {
  switch (text(computer['SmartAppControlState']).toLowerCase()) {
    case 'on':
      return 'on';
    case 'off':
      return 'off';
    case 'eval':
    case 'evaluation':
      return 'evaluation';
  }
  switch (whole(registry['VerifiedAndReputablePolicyState'])) {
    case 0:
      return 'off';
    case 1:
      return 'on';
    case 2:
      return 'evaluation';
    case null:
    default:
      return 'unknown';
  }
}
