// Get-CimInstance: the classes that say something about antivirus and drives. Any other class is invalid, any other
// namespace as well.
import { cimError, failed, type WindowsError } from '../../defender/answers';
import { antivirusProducts } from '../../defender/status';
import type { LabView } from '../../defender/step';
import { wireObject, type WireObject } from '../wire';
import type { Cmdlet } from './cmdlet';
import { getMpPreference } from './mpPreference';
import { getMpComputerStatus } from './mpStatus';
import { getMpThreat, getMpThreatDetection } from './mpThreat';

const name = 'Microsoft.Management.Infrastructure.CimCmdlets.GetCimInstanceCommand';

/** Defender's own classes are what its cmdlets read. */
const defenderClasses: Readonly<Record<string, Cmdlet>> = {
  msft_mpcomputerstatus: getMpComputerStatus,
  msft_mppreference: getMpPreference,
  msft_mpthreat: getMpThreat,
  msft_mpthreatdetection: getMpThreatDetection,
};

export const getCimInstance: Cmdlet = {
  parameters: ['Namespace', 'ClassName', 'Filter', 'Property', 'Query'],
  async run(lab, caller, parameters, closing) {
    const space = (parameters.text('Namespace') ?? 'root/cimv2')
      .replaceAll('\\', '/')
      .toLowerCase();
    const wanted = (parameters.text('ClassName') ?? '').toLowerCase();
    const view = await lab.store.view();
    switch (space) {
      case 'root/securitycenter2': {
        const products = antivirusProducts(view);
        if (products === null) return failed(invalidNamespace());
        if (wanted !== 'antivirusproduct') return failed(invalidClass());
        return {
          kind: 'value',
          value: products.map((product, at) =>
            wireObject('AntiVirusProduct', {
              displayName: product.name,
              instanceGuid: `{D68DDC3A-831F-4FAE-9E44-DA132C1ACF4${String(at)}}`,
              pathToSignedProductExe: 'windowsdefender://',
              pathToSignedReportingExe: '%ProgramFiles%\\Windows Defender\\MsMpeng.exe',
              productState: product.state,
              timestamp: new Date(view.now).toUTCString(),
            }),
          ),
        };
      }
      case 'root/microsoft/windows/defender': {
        if (view.settings.cmdlets === 'namespaceMissing') return failed(invalidNamespace());
        const cmdlet = defenderClasses[wanted];
        if (cmdlet === undefined) return failed(invalidClass());
        const answer = await cmdlet.run(lab, caller, parameters, closing);
        return answer.kind === 'failed'
          ? failed({ ...answer.error, id: answer.error.id.replace(/,.*$/, `,${name}`) })
          : answer;
      }
      case 'root/cimv2':
        if (wanted === 'win32_operatingsystem') return { kind: 'value', value: [system(view)] };
        if (wanted === 'win32_logicaldisk') return { kind: 'value', value: disks(view) };
        return failed(invalidClass());
      case 'root/microsoft/windows/storage':
        if (wanted === 'msft_volume') return { kind: 'value', value: volumes(view) };
        return failed(invalidClass());
      default:
        return failed(invalidNamespace());
    }
  },
};

function invalidNamespace(): WindowsError {
  return { ...cimError(name, '0x8004100e', 'Invalid namespace '), category: 'MetadataError' };
}

function invalidClass(): WindowsError {
  return { ...cimError(name, '0x80041010', 'Invalid class '), category: 'MetadataError' };
}

function system({ settings }: LabView): WireObject {
  const isServer = !settings.securityCenter;
  return wireObject('Win32_OperatingSystem', {
    Caption: isServer ? 'Microsoft Windows Server 2025 Standard' : 'Microsoft Windows 11 Pro',
    Version: '10.0.26200',
    BuildNumber: '26200',
    OSArchitecture: '64-bit',
    ProductType: isServer ? 3 : 1,
  });
}

/** No cmdlet says "Dev Drive": ReFS is as far as it goes. */
function disks({ settings }: LabView): readonly WireObject[] {
  return lettersOf(settings.devDrives).map(({ letter, system: fileSystem }) =>
    wireObject('Win32_LogicalDisk', {
      DeviceID: `${letter}:`,
      DriveType: 3,
      FileSystem: fileSystem,
      VolumeName: letter === 'C' ? 'Windows' : 'DevDrive',
    }),
  );
}

function volumes({ settings }: LabView): readonly WireObject[] {
  return lettersOf(settings.devDrives).map(({ letter, system: fileSystem }) =>
    wireObject('MSFT_Volume', {
      DriveLetter: letter,
      DriveType: 3,
      FileSystem: fileSystem,
      FileSystemType: fileSystem === 'ReFS' ? 15 : 14,
      FileSystemLabel: letter === 'C' ? 'Windows' : 'DevDrive',
    }),
  );
}

function lettersOf(
  devDrives: readonly string[],
): readonly { readonly letter: string; readonly system: 'NTFS' | 'ReFS' }[] {
  return [
    { letter: 'C', system: 'NTFS' },
    ...devDrives.map((letter) => ({ letter, system: 'ReFS' as const })),
  ];
}
