// The real machine's adapters, as far as they exist. What a system has none for is missing with a reason, never faked.
import type { World } from '../flows/world';
import { proxyFromEnvironment } from '../node/http';
import { nodeFiles } from '../node/files';
import { nodeGoEnv } from '../node/goEnv';
import { goFinder } from '../node/findGo';
import { readMachine } from '../node/machine';
import { readRefreshedKeyring } from '../node/openpgp/googleKeys';
import { systemClock } from '../node/systemClock';
import { productionTrust, withGoogleKeyring } from '../verify/trust';
import { message } from '../../shared/model/message';
import { scenarioNames } from '../lab/defender';
import { commonParts, type ComposeParts } from './common';

export async function composeReal(parts: ComposeParts): Promise<World> {
  const { stateFolder } = parts;
  const machine = readMachine();
  const common = await commonParts({
    ...parts,
    clock: systemClock,
    files: nodeFiles,
    resolveProxy: parts.resolveProxy ?? proxyFromEnvironment(process.env),
  });
  return {
    ...common,
    mode: 'real',
    scenario: null,
    scenarios: scenarioNames,
    machine,
    goFinder,
    goEnv: nodeGoEnv(machine),
    protection: {
      kind: 'missing',
      reason: message(
        machine.os === 'windows' ? 'upgrade.missing.windows' : 'upgrade.missing.system',
      ),
    },
    defaultSource: { kind: 'go.dev' },
    prepare: () => Promise.resolve(),
    async trustFor() {
      const refreshed = await readRefreshedKeyring(stateFolder);
      return refreshed === '' ? productionTrust : withGoogleKeyring(refreshed);
    },
  };
}
