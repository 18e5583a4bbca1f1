// Every cmdlet that the lab answers for, by the name that scripts call.
import type { Cmdlet } from './cmdlet';
import { getCimInstance } from './cim';
import {
  addMpPreference,
  getMpPreference,
  removeMpPreference,
  setMpPreference,
} from './mpPreference';
import { getMpComputerStatus, startMpScan, updateMpSignature } from './mpStatus';
import { getMpThreat, getMpThreatDetection, removeMpThreat } from './mpThreat';
import { getItemPropertyCmdlet, getService } from './registry';
import { startProcess } from './startProcess';
import { getScheduledTask, registerScheduledTask, unregisterScheduledTask } from './tasks';
import { getWinEvent } from './winEvent';

export const cmdlets: ReadonlyMap<string, Cmdlet> = new Map([
  ['Get-MpComputerStatus', getMpComputerStatus],
  ['Get-MpPreference', getMpPreference],
  ['Add-MpPreference', addMpPreference],
  ['Remove-MpPreference', removeMpPreference],
  ['Set-MpPreference', setMpPreference],
  ['Get-MpThreatDetection', getMpThreatDetection],
  ['Get-MpThreat', getMpThreat],
  ['Remove-MpThreat', removeMpThreat],
  ['Start-MpScan', startMpScan],
  ['Update-MpSignature', updateMpSignature],
  ['Get-CimInstance', getCimInstance],
  ['Get-ItemProperty', getItemPropertyCmdlet],
  ['Get-WinEvent', getWinEvent],
  ['Get-Service', getService],
  ['Register-ScheduledTask', registerScheduledTask],
  ['Get-ScheduledTask', getScheduledTask],
  ['Unregister-ScheduledTask', unregisterScheduledTask],
  ['Start-Process', startProcess],
]);
