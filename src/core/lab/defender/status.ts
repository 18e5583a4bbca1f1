// What the lab's Windows tells about Defender: the computer's status, and which antivirus protects it. Facts in
// Windows' own words; what they mean to a person is decided by who reads them.
import { cimError, failed, value, type Answer, type WindowsError } from './answers';
import type { LabSettings } from './scenarios';
import type { LabView } from './step';

export interface ComputerStatus {
  /** `AMRunningMode`, spelt as Windows spells it. */
  readonly runningMode: string;
  readonly serviceEnabled: boolean;
  readonly antivirusEnabled: boolean;
  readonly realTimeProtection: boolean;
  readonly tamperProtection: boolean;
  readonly tamperProtectionSource: string;
  /** `On`, `Off`, `Eval`; null where this Windows has none. */
  readonly smartAppControl: string | null;
  readonly platform: string;
  readonly engine: string;
  /** ISO 8601. */
  readonly signaturesAt: string;
}

export interface AntivirusProduct {
  readonly name: string;
  /** Bit 0x1000: it protects this computer. */
  readonly state: number;
}

/** Bit of `productState`. */
export const productIsActive = 0x1000;

/** Null: the call gave no object and no error. */
export function computerStatus(view: LabView): Answer<ComputerStatus | null> {
  const { settings, state } = view;
  const trouble = moduleTrouble(settings, 'Get-MpComputerStatus');
  if (trouble !== null) return failed(trouble);
  if (settings.cmdlets === 'empty' || settings.cmdlets === 'emptyStatus') return value(null);
  if (!settings.service) return failed(serviceOff(settings, 'Get-MpComputerStatus'));
  const isOff = settings.otherAntivirus !== null && settings.runningMode === null;
  return value({
    runningMode: settings.runningMode ?? (isOff ? 'Not running' : 'Normal'),
    serviceEnabled: !isOff,
    antivirusEnabled: !isOff,
    realTimeProtection: settings.realTimeProtection && !state.monitoringDisabled,
    tamperProtection: settings.tamperProtection,
    tamperProtectionSource: settings.tamperProtectedExclusions
      ? 'Intune'
      : settings.tamperProtection
        ? 'UI'
        : 'N/A',
    smartAppControl: { on: 'On', off: 'Off', evaluation: 'Eval', unknown: null }[
      settings.smartAppControl
    ],
    platform: settings.platform,
    engine: settings.engine,
    signaturesAt: state.signaturesAt ?? state.serviceStartedAt,
  });
}

/** As `root\SecurityCenter2` has them; null where there is no such namespace. */
export function antivirusProducts({
  settings,
  state,
}: LabView): readonly AntivirusProduct[] | null {
  if (!settings.securityCenter) return null;
  const defends = serves(settings) && settings.realTimeProtection && !state.monitoringDisabled;
  return [
    { name: 'Windows Defender', state: defends ? 0x061100 : 0x060100 },
    ...(settings.otherAntivirus === null
      ? []
      : [{ name: settings.otherAntivirus, state: 0x041000 }]),
    // Registered, and its definitions are old.
    ...(settings.expiredAntivirus === null
      ? []
      : [{ name: settings.expiredAntivirus, state: 0x040010 }]),
  ];
}

/** Real-time protection looks at files. */
export function guards({ settings, state }: LabView): boolean {
  return (
    settings.service &&
    settings.realTimeProtection &&
    settings.otherAntivirus === null &&
    !state.monitoringDisabled
  );
}

/** The service answers. Beside another antivirus it does not run. */
export function serves(settings: LabSettings): boolean {
  return settings.service && settings.otherAntivirus === null;
}

/** Beside another antivirus it is an ordinary stop, whatever else the service may say. */
export function serviceCode({ service, serviceError }: LabSettings): string {
  return service ? '0x800106ba' : serviceError;
}

export function serviceOff(settings: LabSettings, cmdlet: string): WindowsError {
  const code = serviceCode(settings);
  const isPreference = /^(?:Add|Remove|Set)-MpPreference$/.test(cmdlet);
  return cimError(
    cmdlet,
    code,
    isPreference
      ? `Operation failed with the following error: ${code}. Operation: ${cmdlet}. Target: ConfigListExtension.`
      : 'A general error occurred that is not covered by a more specific error code.',
  );
}

/** Why no call of the Defender module comes as far as Defender; null where it does. */
export function moduleTrouble({ cmdlets }: LabSettings, cmdlet: string): WindowsError | null {
  switch (cmdlets) {
    case 'work':
    case 'empty':
    case 'emptyStatus':
      return null;
    case 'moduleMissing':
      return {
        message:
          `The term '${cmdlet}' is not recognized as the name of a cmdlet, function, script file, or operable program. ` +
          'Check the spelling of the name, or if a path was included, verify that the path is correct and try again.',
        hresult: '0x80131501',
        category: 'ObjectNotFound',
        id: 'CommandNotFoundException',
      };
    case 'moduleNotLoaded':
      return {
        message:
          `The '${cmdlet}' command was found in the module 'Defender', but the module could not be loaded. ` +
          "For more information, run 'Import-Module Defender'.",
        hresult: '0x80131501',
        category: 'ObjectNotFound',
        id: 'CouldNotAutoLoadModule',
      };
    case 'namespaceMissing':
      return { ...cimError(cmdlet, '0x8004100e', 'Invalid namespace '), category: 'MetadataError' };
    case 'providerFails':
      return cimError(cmdlet, '0x80041013', 'Provider load failure ');
    case 'notAvailable':
      return {
        message: 'The requested method is not available. ',
        hresult: '0x80131500',
        category: 'NotImplemented',
        id: `MI RESULT 16,${cmdlet}`,
      };
  }
}
