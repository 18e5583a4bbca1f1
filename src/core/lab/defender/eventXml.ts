// The lab's events, in the shape that Windows' event log gives: field names and their order as documented for each
// event; values are the lab's own. Only kinds that a reader of the project needs.

export const defenderChannel = 'Microsoft-Windows-Windows Defender/Operational';
export const codeIntegrityChannel = 'Microsoft-Windows-CodeIntegrity/Operational';

export interface DetectionFields {
  /** 1116 detected, 1117 action taken, 1118 action failed. */
  readonly eventId: 1116 | 1117 | 1118;
  readonly detectionId: string;
  readonly at: string;
  readonly threatId: number;
  readonly threatName: string;
  readonly user: string;
  readonly process: string;
  /** `file:_C:\…`, several joined by `; `. */
  readonly path: string;
  /** 2 quarantine, 9 not applicable. */
  readonly actionId: 2 | 9;
  readonly versions: { readonly product: string; readonly engine: string };
}

type Field = readonly [name: string, value: string | number];

export function detectionXml(recordId: number, fields: DetectionFields): string {
  const taken = fields.eventId !== 1116;
  return defenderEvent(recordId, fields.eventId, fields.eventId === 1117 ? 4 : 3, fields.at, [
    ['Product Name', 'Microsoft Defender Antivirus'],
    ['Product Version', fields.versions.product],
    ['Detection ID', fields.detectionId],
    ['Detection Time', fields.at],
    ['Unused', ''],
    ['Unused2', ''],
    ['Threat ID', fields.threatId],
    ['Threat Name', fields.threatName],
    ['Severity ID', 5],
    ['Severity Name', 'Severe'],
    ['Category ID', 8],
    ['Category Name', 'Trojan'],
    [
      'FWLink',
      `https://go.microsoft.com/fwlink/?linkid=37020&name=${fields.threatName}&threatid=${String(fields.threatId)}&enterprise=0`,
    ],
    ['Status Code', taken ? 3 : 1],
    ['Status Description', ''],
    ['State', taken ? 2 : 1],
    ['Source ID', 3],
    ['Source Name', 'Real-Time Protection'],
    ['Process Name', fields.process],
    ['Detection User', fields.user],
    ['Unused3', ''],
    ['Path', fields.path],
    ['Origin ID', 1],
    ['Origin Name', 'Local machine'],
    ['Execution ID', 1],
    ['Execution Name', 'Suspended'],
    ['Type ID', 8],
    ['Type Name', 'FastPath'],
    ['Pre Execution Status', 0],
    ['Action ID', fields.actionId],
    ['Action Name', fields.actionId === 2 ? 'Quarantine' : 'Not Applicable'],
    ['Unused4', ''],
    ['Error Code', '0x00000000'],
    ['Error Description', 'The operation completed successfully. '],
    ['Unused5', ''],
    ['Post Clean Status', 0],
    ['Additional Actions ID', 0],
    ['Additional Actions String', 'No additional actions required'],
    ['Remediation User', taken ? 'NT AUTHORITY\\SYSTEM' : ''],
    ['Unused6', ''],
    ['Security intelligence Version', 'AV: 1.439.101.0, AS: 1.439.101.0, NIS: 1.439.101.0'],
    ['Engine Version', `AM: ${fields.versions.engine}, NIS: ${fields.versions.engine}`],
  ]);
}

export interface LaunchFields {
  readonly at: string;
  /** GUID of the rule, upper case. */
  readonly rule: string;
  readonly user: string;
  readonly path: string;
  readonly process: string;
  readonly versions: { readonly product: string; readonly engine: string };
}

/** 1121: an attack surface reduction rule stopped something. */
export function surfaceReductionXml(recordId: number, fields: LaunchFields): string {
  return defenderEvent(recordId, 1121, 3, fields.at, [
    ['Product Name', 'Microsoft Defender Antivirus'],
    ['Product Version', fields.versions.product],
    ['Unused', ''],
    ['ID', fields.rule],
    ['Detection Time', fields.at],
    ['User', fields.user],
    ['Path', fields.path],
    ['Process Name', fields.process],
    ['Security intelligence Version', '1.439.101.0'],
    ['Engine Version', fields.versions.engine],
    ['RuleType', 'ENT\\ConsR'],
    ['Target Commandline', ''],
    ['Parent Commandline', `"${fields.process}"`],
    ['Involved File', ''],
    ['Inhertiance Flags', '0x00000000'],
  ]);
}

/** 5001: real-time protection was switched off. */
export function protectionOffXml(recordId: number, at: string, product: string): string {
  return defenderEvent(recordId, 5001, 4, at, [
    ['Product Name', 'Microsoft Defender Antivirus'],
    ['Product Version', product],
  ]);
}

/** 1009: an item came back from quarantine. */
export function restoredXml(
  recordId: number,
  at: string,
  product: string,
  item: {
    readonly threatId: number;
    readonly threatName: string;
    readonly path: string;
    readonly user: string;
  },
): string {
  return defenderEvent(recordId, 1009, 4, at, [
    ['Product Name', 'Microsoft Defender Antivirus'],
    ['Product Version', product],
    ['Threat ID', item.threatId],
    ['Threat Name', item.threatName],
    ['Severity ID', 5],
    ['Category ID', 8],
    ['Path', item.path],
    ['User', item.user],
  ]);
}

/** 2000: signatures were updated. */
export function signaturesXml(
  recordId: number,
  at: string,
  product: string,
  versions: { readonly before: string; readonly after: string },
): string {
  return defenderEvent(recordId, 2000, 4, at, [
    ['Product Name', 'Microsoft Defender Antivirus'],
    ['Product Version', product],
    ['Current security intelligence Version', versions.after],
    ['Previous security intelligence Version', versions.before],
  ]);
}

/** 5007: the configuration changed. An added entry has only a new value, a removed one only an old. */
export function configurationXml(
  recordId: number,
  at: string,
  product: string,
  change: { readonly before: string; readonly after: string },
): string {
  return defenderEvent(recordId, 5007, 4, at, [
    ['Product Name', 'Microsoft Defender Antivirus'],
    ['Product Version', product],
    ['Old Value', change.before],
    ['New Value', change.after],
  ]);
}

/** 5013: tamper protection undid a change. */
export function tamperXml(recordId: number, at: string, product: string, value: string): string {
  return defenderEvent(recordId, 5013, 4, at, [
    ['Product Name', 'Microsoft Defender Antivirus'],
    ['Product Version', product],
    ['Changed Type', 'Ignored'],
    ['Value', value],
  ]);
}

export interface CodeIntegrityFields {
  readonly at: string;
  /** NT paths, `\Device\HarddiskVolume3\…`. */
  readonly file: string;
  readonly process: string;
  readonly sha256: string;
}

/** 3077: an application control policy stopped a file; here Smart App Control's. */
export function codeIntegrityXml(recordId: number, fields: CodeIntegrityFields): string {
  const policy = 'VerifiedAndReputableDesktop';
  const flat = fields.sha256.toUpperCase();
  return event(
    {
      recordId,
      eventId: 3077,
      version: 5,
      level: 2,
      at: fields.at,
      provider: 'Microsoft-Windows-CodeIntegrity',
      guid: '{4ee76bd8-3cf4-44a0-a0ac-3937643e37a3}',
      channel: codeIntegrityChannel,
      user: 'S-1-5-21-1000-1000-1000-1001',
    },
    [
      ['FileNameLength', fields.file.length],
      ['File Name', fields.file],
      ['ProcessNameLength', fields.process.length],
      ['Process Name', fields.process],
      ['Requested Signing Level', 2],
      ['Validated Signing Level', 1],
      ['Status', '0xc0e90002'],
      ['SHA256 Hash Size', 32],
      ['SHA256 Hash', flat],
      ['SHA256 Flat Hash Size', 32],
      ['SHA256 Flat Hash', flat],
      ['USN', 0],
      ['SI Signing Scenario', 1],
      ['PolicyNameLength', policy.length],
      ['PolicyName', policy],
      ['PolicyIDLength', 10],
      ['PolicyID', '0283AC0F-0'],
      ['OriginalFileNameLength', 0],
      ['OriginalFileName', ''],
      ['FileVersion', '0.0.0.0'],
      ['PolicyGUID', '{0283ac0f-fff1-49ae-ada1-8a933130cad6}'],
      ['UserWriteable', 'true'],
      ['PackageFamilyNameLength', 0],
      ['PackageFamilyName', ''],
    ],
  );
}

function defenderEvent(
  recordId: number,
  eventId: number,
  level: number,
  at: string,
  fields: readonly Field[],
): string {
  const head = {
    recordId,
    eventId,
    version: 0,
    level,
    at,
    provider: 'Microsoft-Windows-Windows Defender',
    guid: '{11cd958a-c507-4ef3-b3f2-5fd9dfbd2c78}',
    channel: defenderChannel,
    user: 'S-1-5-18',
  };
  return event(head, fields);
}

interface Head {
  readonly recordId: number;
  readonly eventId: number;
  readonly version: number;
  readonly level: number;
  readonly at: string;
  readonly provider: string;
  readonly guid: string;
  readonly channel: string;
  readonly user: string;
}

function event(head: Head, fields: readonly Field[]): string {
  const data = fields
    .map(([name, value]) => `<Data Name='${escapeXml(name)}'>${escapeXml(String(value))}</Data>`)
    .join('');
  return (
    `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System>` +
    `<Provider Name='${head.provider}' Guid='${head.guid}'/><EventID>${String(head.eventId)}</EventID>` +
    `<Version>${String(head.version)}</Version><Level>${String(head.level)}</Level><Task>0</Task><Opcode>0</Opcode>` +
    `<Keywords>0x8000000000000000</Keywords><TimeCreated SystemTime='${head.at}'/>` +
    `<EventRecordID>${String(head.recordId)}</EventRecordID><Correlation/>` +
    `<Execution ProcessID='4242' ThreadID='1'/><Channel>${head.channel}</Channel><Computer>LAB</Computer>` +
    `<Security UserID='${head.user}'/></System><EventData>${data}</EventData></Event>`
  );
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${String(character.charCodeAt(0))};`);
}
