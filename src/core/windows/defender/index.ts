// Defender and Windows' event log over PowerShell sessions: the ports Defender, DefenderCare and EventLog.
export { powerShellDefenderCare } from './care';
export { powerShellDefender } from './defender';
export { powerShellEventLog } from './eventLog';
