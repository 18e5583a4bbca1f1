// The few keys below HKLM that say something about Defender, as values. What a policy or Windows did not set is not
// there. The lists themselves are closed to everybody who is no administrator.
import { failed, unelevatedCaller, value, type Answer, type Caller } from './answers';
import type { LabSettings } from './scenarios';
import type { LabView } from './step';
import { foldCase } from '../../../shared/rules/winPath';

type RegistryValues = Readonly<Record<string, string | number>>;

const policiesKey = 'SOFTWARE\\Policies\\Microsoft\\Windows Defender';
const productKey = 'SOFTWARE\\Microsoft\\Windows Defender';
const getItemProperty = 'Microsoft.PowerShell.Commands.GetItemPropertyCommand';

/** @param key below HKEY_LOCAL_MACHINE, without a backslash at its ends */
export function readRegistry(view: LabView, caller: Caller, key: string): Answer<RegistryValues> {
  const keys = registryKeys(view);
  const found = Object.keys(keys).find((one) => foldCase(one) === foldCase(key));
  const values = found === undefined ? undefined : keys[found];
  if (values === undefined) {
    return failed({
      message: `Cannot find path 'HKLM:\\${key}' because it does not exist.`,
      hresult: '0x80131501',
      category: 'ObjectNotFound',
      id: `PathNotFound,${getItemProperty}`,
    });
  }
  if (values === 'closed' || (values.forAdministrators && !caller.elevated)) {
    return failed({
      message: 'Requested registry access is not allowed.',
      hresult: '0x8013150a',
      category: 'PermissionDenied',
      id: `System.Security.SecurityException,${getItemProperty}`,
    });
  }
  return value(values.values);
}

/** A switch that a policy set to 1. */
export function policySays(
  view: LabView,
  name: 'DisableLocalAdminMerge' | 'HideExclusionsFromLocalAdmins' | 'HideExclusionsFromLocalUsers',
): boolean {
  return isSet(view, policiesKey, name);
}

/** Tamper Protection covers exclusions. */
export function exclusionsAreProtected(view: LabView): boolean {
  return isSet(view, `${productKey}\\Features`, 'TPExclusions');
}

function isSet(view: LabView, key: string, name: string): boolean {
  const answer = readRegistry(view, unelevatedCaller, key);
  return answer.kind === 'value' && answer.value[name] === 1;
}

/** Where MpCmdRun.exe is; null where it is missing. */
export function programFolder({ mpCmdRun, platform }: LabSettings): string | null {
  switch (mpCmdRun) {
    case 'platform':
      return `C:\\ProgramData\\Microsoft\\Windows Defender\\Platform\\${platform}-0`;
    case 'programFiles':
      return 'C:\\Program Files\\Windows Defender';
    case 'missing':
      return null;
  }
}

interface Key {
  readonly values: RegistryValues;
  readonly forAdministrators: boolean;
}

function registryKeys({ settings, state }: LabView): Readonly<Record<string, Key | 'closed'>> {
  const open = (values: RegistryValues): Key => ({ values, forAdministrators: false });
  const listed = (kind: string): RegistryValues =>
    Object.fromEntries(
      state.exclusions.filter((entry) => entry.kind === kind).map((entry) => [entry.value, 0]),
    );
  const list = (kind: string): Key | 'closed' =>
    settings.listsHidden === 'everyone'
      ? 'closed'
      : { values: listed(kind), forAdministrators: settings.listsHidden !== 'nobody' };
  const folder = programFolder(settings);
  const smart = { off: 0, on: 1, evaluation: 2, unknown: null }[settings.smartAppControl];
  return {
    [productKey]: open({
      ProductStatus: 0,
      ...(folder === null ? {} : { InstallLocation: `${folder}\\` }),
      ...(settings.managedBy === 'nobody'
        ? {}
        : { ManagedDefenderProductType: settings.managedBy === 'intune' ? 6 : 7 }),
    }),
    [`${productKey}\\Features`]: open({
      TamperProtection: settings.tamperProtection ? 5 : 4,
      ...(settings.tamperProtectedExclusions ? { TPExclusions: 1 } : {}),
    }),
    [`${productKey}\\Exclusions\\Paths`]: list('path'),
    [`${productKey}\\Exclusions\\Processes`]: list('process'),
    [`${productKey}\\Exclusions\\Extensions`]: list('extension'),
    [`${productKey}\\Exclusions\\IpAddresses`]: list('ip'),
    ...policyKeys(settings),
    ...(smart === null
      ? {}
      : {
          'SYSTEM\\CurrentControlSet\\Control\\CI\\Policy': open({
            VerifiedAndReputablePolicyState: smart,
          }),
        }),
  };
}

/** None of them where no policy is set. */
function policyKeys(settings: LabSettings): Readonly<Record<string, Key>> {
  const switches: RegistryValues = {
    ...(settings.localEntriesIgnored ? { DisableLocalAdminMerge: 1 } : {}),
    ...(settings.listsHidden === 'everyone' ? { HideExclusionsFromLocalAdmins: 1 } : {}),
    ...(settings.listsHiddenFromUsers ? { HideExclusionsFromLocalUsers: 1 } : {}),
  };
  const paths = settings.policyPaths;
  const open = (values: RegistryValues): Key => ({ values, forAdministrators: false });
  const isIntune = settings.policyFrom === 'intune';
  if (Object.keys(switches).length === 0 && paths.length === 0) return {};
  return {
    [policiesKey]: open(switches),
    ...(paths.length === 0
      ? {}
      : isIntune
        ? { [`${policiesKey}\\Policy Manager`]: open({ ExcludedPaths: paths.join('|') }) }
        : {
            [`${policiesKey}\\Exclusions`]: open({ Exclusions_Paths: 1 }),
            // Group Policy writes the text "0" where Defender itself writes a number.
            [`${policiesKey}\\Exclusions\\Paths`]: open(
              Object.fromEntries(paths.map((path) => [path, '0'])),
            ),
          }),
  };
}
