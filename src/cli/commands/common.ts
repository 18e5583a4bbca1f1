// Options that several commands share.
import { resolve } from 'node:path';
import { readSource } from '../../core/flows/source';
import type { World } from '../../core/flows/world';
import { proofIdSchema, type ProofId, type Source } from '../../shared/model';
import { readWantedVersion } from '../../shared/rules/goVersion';
import { usage } from '../arguments';
import { text, type Command, type Context } from '../command';

/** What `--help` says of an option, whichever command takes it. */
export const helpOf = {
  from: ['--from SOURCE', 'commandLine.option.from'],
  installRoot: ['--install-root DIR', 'commandLine.option.installRoot'],
  accept: ['--accept-unavailable checksumDatabase', 'commandLine.option.accept'],
} as const satisfies Record<string, Command['help'][number]>;

/** `--from`, else what the settings say, else the world's own. @throws FailureError `usage` */
export async function sourceOption(context: Context, world: World): Promise<Source> {
  const named = text(context.values, 'from');
  if (named === undefined) {
    return world.mode === 'lab' ? world.defaultSource : (await world.settings.read()).source;
  }
  const source = readSource(named, (path) => resolve(path));
  if (source.kind === 'embedded' && world.mode !== 'lab') throw usage('--from embedded');
  return source;
}

/** "go1.27.0" of "1.27.0" or "go1.27.0". @throws FailureError `usage` */
export function versionOf(typed: string): string {
  const wanted = readWantedVersion(typed);
  if (wanted?.kind !== 'version') throw usage(typed);
  return wanted.version;
}

/** Proofs whose absence is accepted. Only the checksum database may be missing. @throws FailureError `usage` */
export function acceptOption(context: Context): readonly ProofId[] {
  const named = text(context.values, 'accept-unavailable');
  if (named === undefined) return [];
  const id = proofIdSchema.safeParse(named);
  if (!id.success || id.data !== 'checksumDatabase') throw usage(`--accept-unavailable ${named}`);
  return [id.data];
}

/** `--install-root`, absolute; else the machine's. */
export function installRootOption(context: Context, world: World): string {
  const named = text(context.values, 'install-root');
  return named === undefined ? world.machine.installRoot : resolve(named);
}
