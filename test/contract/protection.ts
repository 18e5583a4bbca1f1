// What the three suites on Defender's side share: an adapter set opened by the name of a state.
import { afterEach } from 'vitest';
import type { Defender, Elevation, EventLog } from '../../src/core/ports';
import type { Exclusion } from '../../src/shared/model';
import { writeContextual } from '../../src/shared/rules/exclusions';

/** States that every set of adapters can be put into: the lab's scenarios, and the bench's. */
export type ProtectionState =
  | 'clean'
  | 'tamperProtected'
  | 'managed'
  | 'hiddenLists'
  | 'thirdPartyAntivirus'
  | 'uacDeclined'
  | 'defenderOff';

export interface ProtectionUnderTest {
  readonly defender: Defender;
  readonly elevation: Elevation;
  readonly events: EventLog;
  close(): void | Promise<void>;
}

export type OpenProtection = (state: ProtectionState) => Promise<ProtectionUnderTest>;

/** Opens a set for the test that asks, and closes it after that test. Call it once a suite. */
export function openForEachTest(open: OpenProtection): OpenProtection {
  let opened: ProtectionUnderTest | null = null;
  afterEach(async () => {
    await opened?.close();
    opened = null;
  });
  return async (state) => {
    opened = await open(state);
    return opened;
  };
}

export const buildFolder: Exclusion = {
  kind: 'path',
  value: 'C:\\Users\\lin\\AppData\\Local\\Gangway\\tmp',
};

export const cacheForGo: Exclusion = {
  kind: 'path',
  value: writeContextual('C:\\Users\\lin\\AppData\\Local\\go-build', {
    pathType: 'folder',
    scanType: null,
    scanTrigger: 'OnAccess',
    processes: ['C:\\Go\\bin\\go.exe', 'C:\\Go\\pkg\\tool\\windows_amd64\\*'],
  }),
};
