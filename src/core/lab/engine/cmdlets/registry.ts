// Get-ItemProperty of the registry's machine hive, and Get-Service.
import { failed, type Answer, type WindowsError } from '../../defender/answers';
import { readRegistry } from '../../defender/registry';
import { serves } from '../../defender/status';
import type { LabView } from '../../defender/step';
import { lastName, sameText } from '../../../../shared/rules/winPath';
import { wireObject, type WireObject } from '../wire';
import type { Cmdlet } from './cmdlet';

const getItemProperty = 'Microsoft.PowerShell.Commands.GetItemPropertyCommand';

/** Output carries the provider's own properties beside the values, as it does in Windows. */
export const getItemPropertyCmdlet: Cmdlet = {
  parameters: ['LiteralPath', 'Path', 'Name'],
  async run({ store, drive }, caller, parameters) {
    const view = await store.view();
    const objects: WireObject[] = [];
    const paths = [...parameters.texts('LiteralPath'), ...parameters.texts('Path')];
    const names = parameters.texts('Name');
    for (const path of paths) {
      const key = keyOf(path);
      if (key === null) return failed(noSuchDrive(path));
      const answer = readRegistry(view, caller, key);
      if (answer.kind === 'failed') return answer;
      const chosen = Object.entries(answer.value)
        .filter(([name]) => names.length === 0 || names.some((wanted) => sameText(wanted, name)))
        // The one value that a script takes for a place on its own disk.
        .map(([name, value]): readonly [string, string | number] =>
          name === 'InstallLocation' ? [name, `${drive.host(String(value))}/`] : [name, value],
        );
      const missing = names.find((wanted) => !chosen.some(([name]) => sameText(wanted, name)));
      if (missing !== undefined) return failed(noSuchProperty(missing, key));
      // A key without values gives no object.
      if (chosen.length > 0) objects.push(propertyObject(key, chosen));
    }
    return { kind: 'value', value: objects };
  },
};

export const getService: Cmdlet = {
  parameters: ['Name'],
  async run({ store }, _, parameters) {
    const services = servicesOf(await store.view());
    const objects: WireObject[] = [];
    for (const wanted of parameters.texts('Name')) {
      const found = services.find(({ name }) => sameText(name, wanted));
      if (found === undefined) return noSuchService(wanted);
      objects.push(
        wireObject('System.ServiceProcess.ServiceController', {
          Name: found.name,
          ServiceName: found.name,
          DisplayName: found.title,
          Status: found.isRunning ? 'Running' : 'Stopped',
          StartType: found.start,
        }),
      );
    }
    return { kind: 'value', value: objects };
  },
};

interface Service {
  readonly name: string;
  readonly title: string;
  readonly isRunning: boolean;
  readonly start: 'Automatic' | 'Manual' | 'Disabled';
}

function servicesOf({ settings }: LabView): readonly Service[] {
  const isDefender = serves(settings);
  const isForbidden = settings.serviceError === '0x800704ec' && !settings.service;
  return [
    ...(settings.cmdlets === 'namespaceMissing'
      ? []
      : [
          {
            name: 'WinDefend',
            title: 'Microsoft Defender Antivirus Service',
            isRunning: isDefender,
            start: isForbidden ? 'Disabled' : isDefender ? 'Automatic' : 'Manual',
          } as const,
        ]),
    { name: 'Schedule', title: 'Task Scheduler', isRunning: true, start: 'Automatic' },
    { name: 'EventLog', title: 'Windows Event Log', isRunning: true, start: 'Automatic' },
    {
      name: 'wscsvc',
      title: 'Security Center',
      isRunning: settings.securityCenter,
      start: 'Automatic',
    },
  ];
}

function noSuchService(name: string): Answer<never> {
  return failed({
    message: `Cannot find any service with service name '${name}'.`,
    hresult: '0x80131501',
    category: 'ObjectNotFound',
    id: 'NoServiceFoundForGivenName,Microsoft.PowerShell.Commands.GetServiceCommand',
  });
}

/** Null where it is not below the machine's hive. */
function keyOf(path: string): string | null {
  const match =
    /^(?:(?:Microsoft\.PowerShell\.Core\\)?Registry::)?(?:HKLM:?|HKEY_LOCAL_MACHINE)\\(.+)$/i.exec(
      path,
    );
  return match?.[1]?.replace(/^\\+|\\+$/g, '') ?? null;
}

function propertyObject(
  key: string,
  values: readonly (readonly [string, string | number])[],
): WireObject {
  const full = `HKEY_LOCAL_MACHINE\\${key}`;
  const provider = 'Microsoft.PowerShell.Core\\Registry';
  return wireObject('System.Management.Automation.PSCustomObject', {
    ...Object.fromEntries(values),
    PSPath: `${provider}::${full}`,
    PSParentPath: `${provider}::${full.slice(0, full.lastIndexOf('\\'))}`,
    PSChildName: lastName(key),
    PSDrive: 'HKLM',
    PSProvider: provider,
  });
}

function noSuchProperty(name: string, key: string): WindowsError {
  return {
    message: `Property ${name} does not exist at path HKEY_LOCAL_MACHINE\\${key}.`,
    hresult: '0x80070057',
    category: 'InvalidArgument',
    id: `System.Management.Automation.PSArgumentException,${getItemProperty}`,
  };
}

function noSuchDrive(path: string): WindowsError {
  return {
    message: `Cannot find drive. The lab has no registry but HKLM: ${path.slice(0, 64)}`,
    hresult: '0x80131501',
    category: 'ObjectNotFound',
    id: `DriveNotFound,${getItemProperty}`,
  };
}
