// What a change is in PowerShell's words, for people to read and check. What runs is the elevated side's own fixed
// text; these lines say the same. Those of exclusions can be pasted; a task's line says when it runs what.
import type { Exclusion, ExclusionKind } from '../../model';

const parameter: Readonly<Record<ExclusionKind, string>> = {
  path: 'ExclusionPath',
  process: 'ExclusionProcess',
  extension: 'ExclusionExtension',
  ip: 'ExclusionIpAddress',
};

/** A literal string: PowerShell takes the curly single quotes for quotes as well, so each is doubled. */
export function quoted(text: string): string {
  return `'${text.replace(/['\u2018\u2019\u201a\u201b]/g, '$&$&')}'`;
}

export function addCommand({ kind, value }: Exclusion): string {
  return `Add-MpPreference -${parameter[kind]} ${quoted(value)} -ErrorAction Stop`;
}

export function removeCommand({ kind, value }: Exclusion): string {
  return `Remove-MpPreference -${parameter[kind]} ${quoted(value)} -ErrorAction Stop`;
}

export const readCommand = 'Get-MpPreference';

export function expiryCommand(task: string, exclusion: Exclusion, at: string): string {
  return (
    `Register-ScheduledTask -TaskPath '\\Gangway\\' -TaskName ${quoted(task)} -User 'SYSTEM' # ${at}: ` +
    `${removeCommand(exclusion)}; Unregister-ScheduledTask -TaskName ${quoted(task)}`
  );
}

export function removeExpiryCommand(task: string): string {
  return `Unregister-ScheduledTask -TaskPath '\\Gangway\\' -TaskName ${quoted(task)} -Confirm:$false`;
}
