// Defender's lists in the lab: who is shown them, and what comes of adding and removing. Entries are kept as they were
// spelt and found in any case; what a policy says cannot be changed here.
import { failed, notPermitted, value, type Answer, type Caller } from './answers';
import { configurationXml, defenderChannel, tamperXml } from './eventXml';
import { isExcluded, type ScanContext } from './matching';
import { diskFacts } from './disk';
import type { LabSettings } from './scenarios';
import { isSame, registryValue } from './state';
import { moduleTrouble, serves, serviceOff } from './status';
import type { LabStep, LabView } from './step';
import type { Exclusion, ExclusionKind } from '../../../shared/model';

export interface Preferences {
  readonly lists:
    | {
        readonly kind: 'shown';
        readonly policy: readonly Exclusion[];
        readonly local: readonly Exclusion[];
      }
    /** One text stands in every list. */
    | { readonly kind: 'withheld'; readonly text: string };
  readonly monitoringDisabled: boolean;
}

/** What stands in a list for who may not see it. */
const withheldTexts = {
  current: 'N/A: Must be an administrator to view exclusions',
  early: 'N/A: Must be and administrator to view exclusions',
  policy: 'N/A: Administrators are not allowed to view exclusions',
} as const;

/** Null: the call gave no object and no error. */
export function preferences(view: LabView, caller: Caller): Answer<Preferences | null> {
  const { settings, state } = view;
  const trouble = moduleTrouble(settings, 'Get-MpPreference');
  if (trouble !== null) return failed(trouble);
  if (settings.cmdlets === 'empty') return value(null);
  if (!serves(settings)) return failed(serviceOff(settings, 'Get-MpPreference'));
  const text = withheldFrom(settings, caller);
  return value({
    lists:
      text === null
        ? { kind: 'shown', policy: policyEntries(settings), local: [...state.exclusions] }
        : { kind: 'withheld', text },
    monitoringDisabled: state.monitoringDisabled,
  });
}

/** One call of Add-MpPreference. Where exclusions are tamper protected it succeeds and does nothing. */
export function addExclusions(
  step: LabStep,
  caller: Caller,
  exclusions: readonly Exclusion[],
): Answer<null> {
  const refusal = refusedWrite(step.settings, caller, 'Add-MpPreference');
  if (refusal !== null) return refusal;
  for (const exclusion of exclusions) {
    if (isUndone(step, exclusion)) continue;
    if (step.state.exclusions.some((entry) => isSame(entry, exclusion))) continue;
    step.state.exclusions.push({ ...exclusion });
    tell(step, step.now, { before: '', after: registryValue(exclusion) });
  }
  return value(null);
}

/** One call of Remove-MpPreference. What is not there is no error; a policy's entry stays. */
export function removeExclusions(
  step: LabStep,
  caller: Caller,
  exclusions: readonly Exclusion[],
): Answer<null> {
  const refusal = refusedWrite(step.settings, caller, 'Remove-MpPreference');
  if (refusal !== null) return refusal;
  for (const exclusion of exclusions) {
    if (!isUndone(step, exclusion)) dropExclusion(step, exclusion, step.now);
  }
  return value(null);
}

/** One call of Set-MpPreference with a list: what was in it is gone. */
export function replaceExclusions(
  step: LabStep,
  caller: Caller,
  kind: ExclusionKind,
  values: readonly string[],
): Answer<null> {
  const refusal = refusedWrite(step.settings, caller, 'Set-MpPreference');
  if (refusal !== null) return refusal;
  const wanted = values.map((text): Exclusion => ({ kind, value: text }));
  for (const entry of step.state.exclusions.filter((one) => one.kind === kind)) {
    if (isUndone(step, entry)) return value(null);
    if (!wanted.some((one) => isSame(one, entry))) dropExclusion(step, entry, step.now);
  }
  return addExclusions(step, caller, wanted);
}

/** `DisableRealtimeMonitoring`. With Tamper Protection on it succeeds and does nothing. */
export function disableMonitoring(step: LabStep, caller: Caller, isOff: boolean): Answer<null> {
  const refusal = refusedWrite(step.settings, caller, 'Set-MpPreference');
  if (refusal !== null) return refusal;
  const { settings, state, now } = step;
  const name =
    'HKLM\\SOFTWARE\\Microsoft\\Windows Defender\\Real-Time Protection\\DisableRealtimeMonitoring';
  if (settings.tamperProtection) {
    step.emit(defenderChannel, now, (id) =>
      tamperXml(id, now, settings.platform, `${name} = (Current)`),
    );
  } else if (state.monitoringDisabled !== isOff) {
    state.monitoringDisabled = isOff;
    const text = (off: boolean): string => `${name} = 0x${off ? '1' : '0'}`;
    tell(step, now, { before: text(!isOff), after: text(isOff) });
  }
  return value(null);
}

/** Removes an entry by its stored spelling, whatever its case. */
export function dropExclusion(
  step: Pick<LabStep, 'state' | 'settings' | 'emit'>,
  exclusion: Exclusion,
  at: string,
): void {
  const { exclusions } = step.state;
  const found = exclusions.findIndex((entry) => isSame(entry, exclusion));
  const entry = exclusions[found];
  if (entry === undefined) return;
  exclusions.splice(found, 1);
  tell(step, at, { before: registryValue(entry), after: '' });
}

/** Whether Defender skips a file, by all that is in effect. */
export function excludes(view: LabView, path: string, scan: ScanContext = {}): boolean {
  const { settings, state } = view;
  const local = settings.localEntriesIgnored ? [] : state.exclusions;
  return isExcluded(path, [...policyEntries(settings), ...local], scan, diskFacts(view));
}

export function policyEntries(settings: LabSettings): readonly Exclusion[] {
  return settings.policyPaths.map((text) => ({ kind: 'path', value: text }));
}

/** The text that this caller is given instead of the lists; null where they are shown. */
export function withheldFrom(settings: LabSettings, { elevated }: Caller): string | null {
  switch (settings.listsHidden) {
    case 'nobody':
      return null;
    case 'unelevated':
      return elevated ? null : withheldTexts[settings.hiddenText];
    case 'everyone':
      return elevated ? withheldTexts.policy : withheldTexts[settings.hiddenText];
  }
}

function refusedWrite(
  settings: LabSettings,
  { elevated }: Caller,
  cmdlet: string,
): Answer<null> | null {
  const trouble = moduleTrouble(settings, cmdlet);
  if (trouble !== null) return failed(trouble);
  if (!serves(settings)) return failed(serviceOff(settings, cmdlet));
  return elevated ? null : failed(notPermitted(cmdlet));
}

/** Tamper Protection covers exclusions: success is reported, nothing happens, and event 5013 says so. */
function isUndone({ settings, emit, now }: LabStep, exclusion: Exclusion): boolean {
  if (!settings.tamperProtectedExclusions) return false;
  emit(defenderChannel, now, (id) =>
    tamperXml(id, now, settings.platform, registryValue(exclusion)),
  );
  return true;
}

function tell(
  { settings, emit }: Pick<LabStep, 'settings' | 'emit'>,
  at: string,
  change: { readonly before: string; readonly after: string },
): void {
  emit(defenderChannel, at, (id) => configurationXml(id, at, settings.platform, change));
}
