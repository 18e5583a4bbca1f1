// What a Go tree says of itself: its VERSION file, and Gangway's own note where it installed the tree.
import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { diskFailure, errorCode } from '../diskFailure';
import { folderState } from './sentinel';
import type { Trees } from '../../ports';

export const nodeTrees: Trees = {
  async label(root) {
    await stat(root).catch((error: unknown) => {
      throw diskFailure(error, root);
    });
    const state = await folderState(root);
    const sha256 = state.kind === 'complete' ? state.sentinel.sha256 : null;
    return { version: await versionIn(root), sha256 };
  },
};

/** Bytes of a VERSION file that are looked at: the version is its first line. */
const headBytes = 256;

/** The first line of the tree's VERSION file. */
export async function versionIn(root: string): Promise<string | null> {
  const path = join(root, 'VERSION');
  try {
    const file = await open(path, 'r');
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
      return firstLine(buffer.toString('utf8', 0, bytesRead));
    } finally {
      await file.close();
    }
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw diskFailure(error, path);
  }
}

export function firstLine(text: string): string | null {
  const line = (text.split('\n', 1)[0] ?? '').trim();
  return /^go[0-9a-z.]{1,60}$/.test(line) ? line : null;
}
