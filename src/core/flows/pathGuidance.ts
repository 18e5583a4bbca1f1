// What a person must add to the PATH so that terminals find the Go that `current` leads to. It says, and changes
// nothing itself.
import { join } from 'node:path';
import type { Files, Machine } from '../ports';
import type { Message } from '../../shared/model/message';
import { message } from '../../shared/model/message';

export interface PathGuidance {
  readonly text: Message;
  /** For a terminal. */
  readonly command: string;
  /** The folder, as people write it. */
  readonly folder: string;
}

/** Null where terminals find it already. */
export async function pathGuidance(
  machine: Machine,
  files: Pick<Files, 'exists'>,
  installRoot: string,
): Promise<PathGuidance | null> {
  const wanted = join(installRoot, 'current', 'bin');
  const program = machine.os === 'windows' ? 'go.exe' : 'go';
  for (const folder of machine.path) {
    if (sameFolder(machine, folder, wanted)) return null;
    if (await files.exists(join(folder, program))) {
      return guidance(
        machine,
        wanted,
        message('upgrade.path.shadowed', { other: machine.display(folder) }),
      );
    }
  }
  return guidance(machine, wanted, message('upgrade.path.absent'));
}

function guidance(machine: Machine, folder: string, text: Message): PathGuidance {
  const shown = machine.display(folder);
  return {
    text,
    folder: shown,
    command: machine.os === 'windows' ? powerShell(shown) : shell(shown),
  };
}

/** For the user alone, and first: no administrator, and other programs' entries stay. */
function powerShell(folder: string): string {
  const literal = `'${folder.replaceAll("'", "''")}'`;
  return `[Environment]::SetEnvironmentVariable('Path', ${literal} + ';' + [Environment]::GetEnvironmentVariable('Path', 'User'), 'User')`;
}

function shell(folder: string): string {
  return `export PATH='${folder.replaceAll("'", String.raw`'\''`)}':"$PATH"`;
}

function sameFolder(machine: Machine, a: string, b: string): boolean {
  const plain = (path: string) => path.replace(/[\\/]+$/, '');
  if (machine.os === 'windows') {
    const fold = (path: string) => plain(path).replaceAll('/', '\\').toLowerCase();
    return fold(a) === fold(b);
  }
  return plain(a) === plain(b);
}
