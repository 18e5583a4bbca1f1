// Every script of the product and how it runs. One that is not named here is found by the test.
import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { ScriptFile, ScriptKind } from './facts';

export const scriptFolder = 'src/core/windows';

/** Below `scriptFolder`, in the order in which the elevated text holds them. */
export const kindOf: Readonly<Record<string, ScriptKind>> = {
  'powershell/common.ps1': 'common',
  'powershell/about.ps1': 'unelevated',
  'defender/events.ps1': 'unelevated',
  'defender/mpCmdRun.ps1': 'unelevated',
  'defender/preferences.ps1': 'unelevated',
  'defender/status.ps1': 'unelevated',
  'defender/threats.ps1': 'unelevated',
  'defender/updateSignatures.ps1': 'unelevated',
  'elevation/elevate.ps1': 'unelevated',
  'elevation/bootstrap.ps1': 'bootstrap',
  'elevation/paths.ps1': 'elevated',
  'elevation/rules.ps1': 'elevated',
  'elevation/plan.ps1': 'elevated',
  'elevation/reading.ps1': 'elevated',
  'elevation/elevated.ps1': 'elevated',
  'elevation/expiry.ps1': 'task',
};

export const scriptFiles: readonly ScriptFile[] = Object.entries(kindOf).map(([name, kind]) => ({
  path: join(scriptFolder, name),
  kind,
}));

/** What is on the disk, in the words of `kindOf`. */
export function foundScripts(): readonly string[] {
  const below = (folder: string): string[] =>
    readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return below(path);
      return entry.name.endsWith('.ps1') ? [path] : [];
    });
  return below(scriptFolder).map((path) => relative(scriptFolder, path).replaceAll('\\', '/'));
}
