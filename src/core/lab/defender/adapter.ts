// The lab as the Defender port: the same operations that the simulated cmdlets ask, read without PowerShell.
import type { Defender, ExclusionsReading } from '../../ports';
import type { DefenderStatus } from '../../../shared/model';
import {
  findingOf,
  findingOfTrouble,
  judgeStatus,
  type DefenderFacts,
  type DefenderTrouble,
} from '../../../shared/rules/defender';
import { unelevatedCaller, type Answer, type Caller } from './answers';
import { checkExclusion } from './checkExclusion';
import { preferences } from './preferences';
import { exclusionsAreProtected, policySays } from './registry';
import { antivirusProducts, computerStatus, productIsActive } from './status';
import type { LabView } from './step';
import type { LabStore } from './store';

export function labDefenderPort(store: LabStore): Defender {
  return {
    status: async () => statusOf(await store.view()),
    exclusions: async () => readingOf(await store.view(), unelevatedCaller),
    async check(path) {
      const checked = checkExclusion(await store.view(), unelevatedCaller, path);
      return checked.kind === 'failed' ? 'unknown' : checked.kind;
    },
  };
}

export function readingOf(view: LabView, caller: Caller): ExclusionsReading {
  const answer = preferences(view, caller);
  const trouble = troubleOf(answer);
  // No object says nothing of what is in the lists.
  if (answer.kind === 'failed' || answer.value === null) {
    const why = findingOfTrouble(trouble ?? { id: 'noAnswer', cause: 'no object' });
    return { visibility: 'unavailable', exclusions: [], why };
  }
  const { lists } = answer.value;
  if (lists.kind === 'withheld') {
    const fromAll = policySays(view, 'HideExclusionsFromLocalAdmins');
    const why = findingOf(fromAll ? 'listsHiddenFromAdministrators' : 'listsHiddenFromUsers');
    return { visibility: 'hidden', exclusions: [], why };
  }
  return {
    visibility: 'known',
    exclusions: [
      ...lists.policy.map((entry) => ({ ...entry, source: 'policy' as const })),
      ...lists.local.map((entry) => ({ ...entry, source: 'local' as const })),
    ],
  };
}

function statusOf(view: LabView): DefenderStatus {
  const { settings, now } = view;
  const answer = computerStatus(view);
  const status = answer.kind === 'value' ? answer.value : null;
  const read = preferences(view, unelevatedCaller);
  const isRead = read.kind === 'value' && read.value !== null;
  const other = antivirusProducts(view)?.find(
    ({ name, state }) => !name.includes('Defender') && (state & productIsActive) !== 0,
  );
  const facts: DefenderFacts = {
    trouble: troubleOf(answer),
    runningMode: status?.runningMode ?? '',
    serviceEnabled: status?.serviceEnabled ?? null,
    antivirusEnabled: status?.antivirusEnabled ?? null,
    // A service that does not run tells nothing.
    realTimeProtection: status?.realTimeProtection ?? null,
    tamperProtection: status?.tamperProtection ?? null,
    platform: settings.platform,
    engine: settings.engine,
    otherAntivirus: other?.name ?? null,
    localEntriesIgnored: policySays(view, 'DisableLocalAdminMerge'),
    exclusionsTamperProtected: exclusionsAreProtected(view),
    hiddenFrom: policySays(view, 'HideExclusionsFromLocalAdmins')
      ? 'administrators'
      : policySays(view, 'HideExclusionsFromLocalUsers')
        ? 'users'
        : 'nobody',
    managed: settings.managedBy !== 'nobody',
    performanceMode:
      !isRead || settings.performanceMode === 'absent' ? 'unknown' : settings.performanceMode,
    smartAppControl: settings.smartAppControl,
  };
  return judgeStatus(facts, new Date(now));
}

function troubleOf(answer: Answer<unknown>): DefenderTrouble | null {
  if (answer.kind === 'value') {
    return answer.value === null ? { id: 'noAnswer', cause: 'no object' } : null;
  }
  const { hresult, id, message } = answer.error;
  if (/^(?:CommandNotFoundException|CouldNotAutoLoadModule)$/.test(id)) {
    return { id: 'moduleMissing', cause: message };
  }
  switch (hresult) {
    case '0x800106ba':
      return { id: 'serviceOff', cause: message };
    case '0x800704ec':
      return { id: 'offByPolicy', cause: message };
    case '0x80041013':
    case '0x8004100e':
      return { id: 'removed', cause: message };
    case null:
    default:
      return { id: 'failed', cause: message };
  }
}
