// Defender: what is known of it here, why it did not answer, and what came of what it was asked to do.
export const defender = {
  'defender.finding.serviceOff':
    'Defender’s service is not running, so nothing can be asked of it.',
  'defender.finding.offByPolicy': 'A policy has switched Defender off on this computer.',
  'defender.finding.removed': 'Defender is not installed on this computer.',
  'defender.finding.moduleMissing':
    'Windows’ PowerShell commands for Defender are missing here, so Gangway cannot ask it.',
  'defender.finding.noAnswer':
    'Defender answered without saying anything. That has been seen after Windows updates.',
  'defender.finding.notPermitted': 'Windows answers this question to administrators only.',
  'defender.finding.languageMode':
    'A policy restricts PowerShell on this computer, so Gangway cannot ask for this.',
  'defender.finding.notReached': 'Windows PowerShell did not answer: {{cause}}',
  'defender.finding.failed': 'Defender answered with an error: {{cause}}',
  'defender.finding.otherAntivirus':
    '{{name}} guards this computer. Exclusions in Defender have no effect.',
  'defender.finding.passive': 'Defender is in passive mode: another product guards this computer.',
  'defender.finding.passiveAudit':
    'Defender is in passive audit mode: it only records, and another product guards this computer.',
  'defender.finding.limitedScanning':
    'Defender only scans now and then beside another antivirus. Exclusions do not change what that one does.',
  'defender.finding.edrBlock':
    'Another antivirus guards this computer, and Defender steps in behind it. Exclusions do not help against that.',
  'defender.finding.notRunning': 'Defender’s antivirus is not running.',
  'defender.finding.unknownMode':
    'Defender names a running mode that Gangway does not know: {{mode}}.',
  'defender.finding.paused': 'Real-time protection is off.',
  'defender.finding.localEntriesIgnored':
    'A policy lets only your organisation’s exclusions count. What is added here is stored without effect.',
  'defender.finding.exclusionsTamperProtected':
    'Tamper protection covers exclusions on this computer. Only your organisation can change them.',
  'defender.finding.tamperProtection':
    'Tamper protection is on. Exclusions can still be changed here; switching protection off cannot.',
  'defender.finding.managed': 'An organisation manages Defender on this computer.',
  'defender.finding.listsHiddenFromUsers':
    'Windows shows the list of exclusions to administrators only.',
  'defender.finding.listsHiddenFromAdministrators':
    'A policy hides the list of exclusions from everyone on this computer, administrators included.',
  'defender.finding.performanceMode':
    'Performance mode is on: on a trusted Dev Drive, Defender scans after a file is opened. That can spare an exclusion.',
  'defender.finding.performanceModeOff':
    'Performance mode is off: Defender scans a Dev Drive like any other.',
  'defender.finding.smartAppControl':
    'Smart App Control is on. It can stop programs that Go builds, and exclusions do not help against it.',
  'defender.finding.smartAppControlEvaluation':
    'Smart App Control is in evaluation and may switch itself on. Exclusions do not help against it.',
  'defender.care.badPath': 'Gangway asks this only about a full path without wildcards.',
  'defender.care.noProgram': 'Defender’s command-line program was not found.',
  'defender.care.thereBefore':
    'A file stands in its place already, and nothing is restored over it.',
  'defender.care.notInQuarantine':
    'Defender did not restore it: the file is not back in its place.',
  'defender.care.needsElevation': 'Restoring from quarantine needs an administrator.',
  'defender.channel.missing': 'This computer has no event log named {{channel}}.',
  'defender.channel.unreadable':
    'Windows does not let this account read the event log {{channel}}. The group “Event Log Readers” may.',
  'defender.channel.languageMode':
    'A policy restricts PowerShell on this computer, so the event log {{channel}} cannot be followed.',
  'defender.channel.notReached': 'The event log {{channel}} could not be read: {{cause}}',
} as const;
