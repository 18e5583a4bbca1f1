// The real machine's adapters: Windows' own over PowerShell. What a system has none for is missing with a reason, never
// faked.
import type { Protection, World } from '../flows/world';
import { proxyFromEnvironment } from '../node/http';
import { nodeFiles } from '../node/files';
import { nodeGoEnv } from '../node/goEnv';
import { goFinder } from '../node/findGo';
import { readMachine } from '../node/machine';
import { systemClock } from '../node/systemClock';
import { withGoogleKeyring } from '../verify/trust';
import { message } from '../../shared/model/message';
import { scenarioNames } from '../lab/defender';
import { commonParts, type ComposeParts } from './common';

export async function composeReal(parts: ComposeParts): Promise<World> {
  const machine = readMachine();
  const windows = machine.os === 'windows' ? await openWindows() : null;
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
    labEngine: false,
    machine,
    goFinder,
    goEnv: nodeGoEnv(machine),
    protection: windows?.protection ?? {
      kind: 'missing',
      reason: message(
        machine.os === 'windows' ? 'upgrade.missing.windows' : 'upgrade.missing.system',
      ),
    },
    defaultSource: { kind: 'go.dev' },
    prepare: () => Promise.resolve(),
    trustFor: async (source) => withGoogleKeyring(await common.signingKeys.kept(source)),
    async close() {
      await windows?.close();
      await common.close();
    },
  };
}

interface Windows {
  readonly protection: Protection;
  close(): Promise<void>;
}

/** Null where Windows does not say where its folder is: then nothing is started. */
async function openWindows(): Promise<Windows | null> {
  const { hostEnvironment, openWindowsProtection, systemPowerShell, systemRoot } =
    await import('../windows');
  let root: string;
  try {
    root = systemRoot();
  } catch {
    return null;
  }
  const windows = openWindowsProtection({
    powershell: systemPowerShell(root),
    environment: hostEnvironment(root),
    clock: systemClock,
    exists: (path) => nodeFiles.exists(path),
  });
  const { defender, elevation, events } = windows;
  return {
    protection: { kind: 'present', defender, elevation, events },
    close: () => windows.close(),
  };
}
