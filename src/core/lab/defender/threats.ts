// Defender's memory of what it found: read from the lab's own events, so that the log and the history never differ.
import { failed, notPermitted, value, cimError, type Answer, type Caller } from './answers';
import type { LoggedEvent } from './eventJournal';
import { defenderChannel, signaturesXml } from './eventXml';
import { scanPath } from './files';
import type { LabSettings } from './scenarios';
import { moduleTrouble, serves, serviceOff } from './status';
import type { LabStep, LabView } from './step';

export interface Detection {
  readonly detectionId: string;
  readonly threatId: number;
  readonly threatName: string;
  readonly severityId: number;
  readonly categoryId: number;
  readonly typeId: number;
  readonly user: string;
  readonly process: string;
  /** `file:_C:\…`, one each. */
  readonly resources: readonly string[];
  /** ISO 8601. */
  readonly firstAt: string;
  readonly changedAt: string;
  /** When something was done about it; null where nothing was. */
  readonly remediatedAt: string | null;
  /** 1 detected, 3 quarantined. */
  readonly statusId: number;
  /** 2 quarantine, 9 nothing yet. */
  readonly actionId: number;
}

export function detections(
  view: LabView,
  events: readonly LoggedEvent[],
  cmdlet: string,
): Answer<readonly Detection[]> {
  const trouble = unavailable(view.settings, cmdlet);
  if (trouble !== null) return trouble;
  const byId = new Map<string, Detection>();
  for (const event of events) {
    const id = /<EventID>(1116|1117|1118)</.exec(event.xml)?.[1];
    if (event.channel !== defenderChannel || id === undefined) continue;
    const found = readDetection(event, id !== '1116');
    const earlier = byId.get(found.detectionId);
    byId.set(
      found.detectionId,
      earlier === undefined ? found : { ...found, firstAt: earlier.firstAt },
    );
  }
  return value([...byId.values()]);
}

/** Every threat was acted upon already: nothing is left for Remove-MpThreat. */
export function removeThreats(view: LabView, caller: Caller): Answer<null> {
  const trouble = unavailable(view.settings, 'Remove-MpThreat');
  if (trouble !== null) return trouble;
  return caller.elevated ? value(null) : failed(notPermitted('Remove-MpThreat'));
}

export async function customScan(step: LabStep, path: string | null): Promise<Answer<null>> {
  const trouble = unavailable(step.settings, 'Start-MpScan');
  if (trouble !== null) return trouble;
  if (path === null) return value(null);
  const report = await scanPath(step, path, true);
  return report.isMissing
    ? failed(
        cimError('Start-MpScan', '0x80508023', 'The scan could not find the item to be scanned. '),
      )
    : value(null);
}

/** Anyone may ask for an update. */
export function updateSignatures(step: LabStep): Answer<null> {
  const { settings, state, now, emit } = step;
  const trouble = unavailable(settings, 'Update-MpSignature');
  if (trouble !== null) return trouble;
  if (settings.signatureUpdate === 'fails') {
    return failed(
      cimError(
        'Update-MpSignature',
        '0x80508014',
        'Virus and spyware definitions update was completed with errors.',
      ),
    );
  }
  const before = signatureVersion(step);
  state.signaturesAt = now;
  emit(defenderChannel, now, (id) =>
    signaturesXml(id, now, settings.platform, { before, after: signatureVersion(step) }),
  );
  return value(null);
}

/** Grows with the time of the last update. */
export function signatureVersion({ state }: LabView): string {
  const hours =
    state.signaturesAt === null ? 101 : Math.floor(Date.parse(state.signaturesAt) / 3_600_000);
  return `1.439.${String(hours)}.0`;
}

function unavailable(settings: LabSettings, cmdlet: string): Answer<never> | null {
  const trouble = moduleTrouble(settings, cmdlet);
  if (trouble !== null) return failed(trouble);
  return serves(settings) ? null : failed(serviceOff(settings, cmdlet));
}

function readDetection({ at, xml }: LoggedEvent, isDone: boolean): Detection {
  const fields = dataOf(xml);
  const text = (name: string): string => fields.get(name) ?? '';
  const number = (name: string): number => Number(fields.get(name) ?? 0);
  return {
    detectionId: text('Detection ID'),
    threatId: number('Threat ID'),
    threatName: text('Threat Name'),
    severityId: number('Severity ID'),
    categoryId: number('Category ID'),
    typeId: number('Type ID'),
    user: text('Detection User'),
    process: text('Process Name'),
    resources: text('Path').split(/; ?/),
    firstAt: at,
    changedAt: at,
    remediatedAt: isDone ? at : null,
    statusId: number('Status Code'),
    actionId: number('Action ID'),
  };
}

function dataOf(xml: string): ReadonlyMap<string, string> {
  const plain = (text: string): string =>
    text.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
  const fields = new Map<string, string>();
  for (const match of xml.matchAll(/<Data Name='([^']*)'>([^<]*)<\/Data>/g)) {
    fields.set(plain(match[1] ?? ''), plain(match[2] ?? ''));
  }
  return fields;
}
