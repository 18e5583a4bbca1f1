// Get-, Add-, Remove- and Set-MpPreference over the lab's lists.
import type { Answer } from '../../defender/answers';
import {
  addExclusions,
  disableMonitoring,
  preferences,
  removeExclusions,
  replaceExclusions,
  type Preferences,
} from '../../defender/preferences';
import type { LabSettings } from '../../defender/scenarios';
import type { Exclusion, ExclusionKind } from '../../../../shared/model';
import { wireObject, type WireObject } from '../wire';
import type { Cmdlet } from './cmdlet';

const parameterOf: Readonly<Record<ExclusionKind, string>> = {
  path: 'ExclusionPath',
  process: 'ExclusionProcess',
  extension: 'ExclusionExtension',
  ip: 'ExclusionIpAddress',
};
const kinds = Object.keys(parameterOf) as readonly ExclusionKind[];
const listParameters = Object.values(parameterOf);

export const getMpPreference: Cmdlet = {
  parameters: [],
  async run({ store }, caller) {
    const view = await store.view();
    const answer = preferences(view, caller);
    if (answer.kind === 'failed') return answer;
    const { value } = answer;
    const objects = value === null ? [] : [preferenceObject(value, view.settings)];
    return { kind: 'value', value: objects };
  },
};

export const addMpPreference: Cmdlet = {
  parameters: [...listParameters, 'Force'],
  run: ({ store }, caller, parameters) =>
    store.change((step) => nothing(addExclusions(step, caller, entriesOf(parameters)))),
};

export const removeMpPreference: Cmdlet = {
  parameters: [...listParameters, 'Force'],
  run: ({ store }, caller, parameters) =>
    store.change((step) => nothing(removeExclusions(step, caller, entriesOf(parameters)))),
};

export const setMpPreference: Cmdlet = {
  parameters: [...listParameters, 'DisableRealtimeMonitoring', 'Force'],
  run: ({ store }, caller, parameters) =>
    store.change((step) => {
      for (const kind of kinds) {
        if (!parameters.has(parameterOf[kind])) continue;
        const texts = parameters.texts(parameterOf[kind]);
        const answer = replaceExclusions(step, caller, kind, texts);
        if (answer.kind === 'failed') return answer;
      }
      const isOff = parameters.raw('DisableRealtimeMonitoring');
      return typeof isOff === 'boolean'
        ? nothing(disableMonitoring(step, caller, isOff))
        : { kind: 'value' as const, value: [] };
    }),
};

/** The writing cmdlets put nothing on the pipeline. */
function nothing(answer: Answer<null>): Answer<readonly WireObject[]> {
  return answer.kind === 'failed' ? answer : { kind: 'value', value: [] };
}

function entriesOf(parameters: { texts(name: string): readonly string[] }): readonly Exclusion[] {
  return kinds.flatMap((kind) =>
    parameters.texts(parameterOf[kind]).map((value): Exclusion => ({ kind, value })),
  );
}

export function preferenceObject(
  { lists, monitoringDisabled }: Preferences,
  settings: LabSettings,
): WireObject {
  // An empty list is null, not an empty array.
  const list = (kind: ExclusionKind): readonly string[] | null => {
    if (lists.kind === 'withheld') return [lists.text];
    const texts = [...lists.policy, ...lists.local]
      .filter((entry) => entry.kind === kind)
      .map(({ value }) => value);
    return texts.length === 0 ? null : texts;
  };
  const withheld = lists.kind === 'withheld' ? [lists.text] : null;
  return wireObject('MSFT_MpPreference', {
    AttackSurfaceReductionOnlyExclusions: withheld,
    AttackSurfaceReductionRules_Actions: settings.attackSurfaceReduction ? [1] : null,
    AttackSurfaceReductionRules_Ids: settings.attackSurfaceReduction
      ? ['01443614-cd74-433a-b99e-2ecdc07bfc25']
      : null,
    ComputerID: '5B1F0F0E-0000-4000-A000-000000000001',
    ControlledFolderAccessAllowedApplications: withheld,
    DisableArchiveScanning: false,
    DisableBehaviorMonitoring: false,
    DisableRealtimeMonitoring: monitoringDisabled,
    EnableControlledFolderAccess: 0,
    ExclusionExtension: list('extension'),
    ExclusionIpAddress: list('ip'),
    ExclusionPath: list('path'),
    ExclusionProcess: list('process'),
    HideExclusionsFromLocalUsers: true,
    MAPSReporting: 2,
    PUAProtection: 1,
    ...(settings.performanceMode === 'absent'
      ? {}
      : { PerformanceModeStatus: settings.performanceMode === 'on' ? 0 : 1 }),
    QuarantinePurgeItemsAfterDelay: 90,
    SubmitSamplesConsent: 1,
    UILockdown: false,
  });
}
