// A value in a JSON file: written beside, flushed and renamed, so that a reader sees the old or the new one. A file
// that cannot be read as the schema is put aside under another name, never overwritten.
import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Kept } from '../ports';
import type { z } from '../../shared/zod';

/** @throws the file system's error when writing fails; the old file is then still there. */
export function jsonFile<T>(path: string, schema: z.ZodType<T>): Kept<T> {
  return {
    async read() {
      let text: string;
      try {
        text = await readFile(path, 'utf8');
      } catch (error) {
        if (isMissing(error)) return null;
        throw error;
      }
      const value = parse(text);
      const parsed = value === undefined ? null : schema.safeParse(value);
      if (parsed?.success === true) return parsed.data;
      await rename(path, `${path}.unreadable-${Date.now()}`);
      return null;
    },
    async write(value) {
      await writeAtomically(path, `${JSON.stringify(value, null, 2)}\n`);
    },
  };
}

export async function writeAtomically(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const beside = `${path}.${randomBytes(4).toString('hex')}.tmp`;
  try {
    const file = await open(beside, 'w', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // Not JSON: the caller puts the file aside.
    return undefined;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && (error as NodeJS.ErrnoException).code === 'ENOENT';
}
