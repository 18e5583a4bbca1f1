// Get-MpComputerStatus, Update-MpSignature and Start-MpScan.
import { computerStatus, type ComputerStatus } from '../../defender/status';
import { customScan, signatureVersion, updateSignatures } from '../../defender/threats';
import type { LabView } from '../../defender/step';
import { wireDate, wireObject, type WireObject } from '../wire';
import type { Cmdlet } from './cmdlet';

const day = 86_400_000;
/** What Windows says for "never". */
const never = 4_294_967_295;

export const getMpComputerStatus: Cmdlet = {
  parameters: [],
  async run({ store }) {
    const view = await store.view();
    const answer = computerStatus(view);
    if (answer.kind === 'failed') return answer;
    const { value } = answer;
    return { kind: 'value', value: value === null ? [] : [statusObject(value, view)] };
  },
};

export const updateMpSignature: Cmdlet = {
  parameters: ['UpdateSource'],
  run: ({ store }) =>
    store.change((step) => {
      const answer = updateSignatures(step);
      return answer.kind === 'failed' ? answer : { kind: 'value', value: [] };
    }),
};

export const startMpScan: Cmdlet = {
  parameters: ['ScanPath', 'ScanType'],
  run: ({ store }, _, parameters) =>
    store.change(async (step) => {
      const answer = await customScan(step, parameters.text('ScanPath'));
      return answer.kind === 'failed' ? answer : { kind: 'value', value: [] };
    }),
};

export function statusObject(status: ComputerStatus, view: LabView): WireObject {
  const { antivirusEnabled: isOn, serviceEnabled, realTimeProtection } = status;
  const updated = Date.parse(status.signaturesAt);
  const age = Math.max(0, Math.floor((Date.parse(view.now) - updated) / day));
  const signatures = {
    age: isOn ? age : never,
    at: isOn ? wireDate(status.signaturesAt) : null,
    version: isOn ? signatureVersion(view) : '0.0.0.0',
  };
  return wireObject('MSFT_MpComputerStatus', {
    AMEngineVersion: isOn ? status.engine : '0.0.0.0',
    AMProductVersion: status.platform,
    AMRunningMode: status.runningMode,
    AMServiceEnabled: serviceEnabled,
    AMServiceVersion: status.platform,
    AntispywareEnabled: isOn,
    AntispywareSignatureAge: signatures.age,
    AntispywareSignatureLastUpdated: signatures.at,
    AntispywareSignatureVersion: signatures.version,
    AntivirusEnabled: isOn,
    AntivirusSignatureAge: signatures.age,
    AntivirusSignatureLastUpdated: signatures.at,
    AntivirusSignatureVersion: signatures.version,
    BehaviorMonitorEnabled: realTimeProtection,
    ComputerID: '5B1F0F0E-0000-4000-A000-000000000001',
    ComputerState: 0,
    DefenderSignaturesOutOfDate: false,
    DeviceControlState: 'Disabled',
    FullScanAge: never,
    FullScanEndTime: null,
    FullScanStartTime: null,
    IoavProtectionEnabled: realTimeProtection,
    IsTamperProtected: status.tamperProtection,
    IsVirtualMachine: false,
    NISEnabled: realTimeProtection,
    NISEngineVersion: isOn ? status.engine : '0.0.0.0',
    OnAccessProtectionEnabled: realTimeProtection,
    ProductStatus: 524_288,
    QuickScanAge: never,
    RealTimeProtectionEnabled: realTimeProtection,
    RealTimeScanDirection: 0,
    RebootRequired: false,
    SmartAppControlExpiration: null,
    SmartAppControlState: status.smartAppControl,
    TamperProtectionSource: status.tamperProtectionSource,
    TDTMode: 'N/A',
    TroubleShootingMode: null,
  });
}
