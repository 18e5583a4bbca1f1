// Why a cmdlet failed, by numbers and error ids and never by a translated text.
import type { DefenderTrouble } from '../../../shared/rules/defender';
import type { PowerShellError } from '../powershell/answer';

/** By HRESULT. The ones of WMI mean that Defender was taken out of Windows. */
const byNumber: Readonly<Record<string, DefenderTrouble['id']>> = {
  '0x800106ba': 'serviceOff',
  // ERROR_ACCESS_DISABLED_BY_POLICY
  '0x800704ec': 'offByPolicy',
  // WBEM_E_PROVIDER_LOAD_FAILURE, WBEM_E_INVALID_NAMESPACE
  '0x80041013': 'removed',
  '0x8004100e': 'removed',
  // E_ACCESSDENIED, ERROR_ELEVATION_REQUIRED, WBEM_E_ACCESS_DENIED, and what Add-MpPreference gives unelevated
  '0x80070005': 'notPermitted',
  '0x800702e4': 'notPermitted',
  '0x80041003': 'notPermitted',
  '0xc0000142': 'notPermitted',
};

const byId: readonly (readonly [RegExp, DefenderTrouble['id']])[] = [
  [/ConstrainedLanguage/i, 'languageMode'],
  [/^CommandNotFoundException|^CouldNotAutoloadModule|^Modules_ModuleNotFound/i, 'moduleMissing'],
];

export function troubleOf(error: PowerShellError): DefenderTrouble {
  const cause = causeOf(error);
  for (const number of numbersOf(error)) {
    const id = byNumber[number];
    if (id !== undefined) return { id, cause };
  }
  for (const [pattern, id] of byId) {
    if (pattern.test(error.id)) return { id, cause };
  }
  if (/CommandNotFoundException$/.test(error.type)) return { id: 'moduleMissing', cause };
  if (/^(PermissionDenied|SecurityError)$/i.test(error.category)) {
    return { id: 'notPermitted', cause };
  }
  return { id: 'failed', cause };
}

/**
 * Numbers that name the failure, the best first. A CIM error has its own in the error id (`HRESULT 0x800106ba,Get-…`)
 * and a general one in the exception; a cmdlet's text names it as well, and digits are in no language.
 */
function numbersOf({ id, hresult, message }: PowerShellError): readonly string[] {
  const inId = /0x[0-9a-f]{8}/i.exec(id)?.[0] ?? '';
  const inText = /0x[0-9a-f]{8}/i.exec(message)?.[0] ?? '';
  return [inId, hresult, inText].map((number) => number.toLowerCase());
}

function causeOf({ message, hresult, id }: PowerShellError): string {
  return [message.trim(), id, hresult].filter((part) => part !== '').join(' | ');
}
