// Small checksum databases for tests: real tiles and real signatures by keys made here.
import {
  buildLog,
  makeSigner,
  sumRecord,
  type BuiltLog,
  type LogSigner,
} from '../../src/core/lab/mirror/tlog';
import type { HeadStore, SideBytes } from '../../src/core/ports';
import type { ReadPath } from '../../src/core/verify/log/tiles';

export const toolchain = 'golang.org/toolchain';
export const goMod = 'h1:8wlg68NqwW7eMnI1aABk/C2pDYXj8mrMY4TyRfiLeS0=';
export const versionOf = (index: number): string => `v0.0.1-go1.${String(index)}.0.windows-amd64`;
export const sumOf = (index: number): string =>
  `h1:${Buffer.from(String(index).padStart(32, '.')).toString('base64')}`;

export function records(
  count: number,
  change: (index: number) => string | null = () => null,
): string[] {
  return Array.from(
    { length: count },
    (_, i) => change(i) ?? sumRecord(toolchain, versionOf(i), sumOf(i), goMod),
  );
}

export function logOf(
  count: number,
  signer: LogSigner = makeSigner('log.example'),
  change?: (index: number) => string | null,
): BuiltLog & { readonly signer: LogSigner } {
  return { ...buildLog(records(count, change), signer), signer };
}

/** Reads a log as a client would, and notes what it was asked. `change` may answer differently; undefined is "no". */
export function reader(
  log: { answer(path: string): Uint8Array | null },
  change: (path: string) => SideBytes | Uint8Array | null | undefined = () => undefined,
): ReadPath & { readonly asked: string[] } {
  const asked: string[] = [];
  const read = (path: string): Promise<SideBytes> => {
    asked.push(path);
    const changed = change(path);
    const answer = changed === undefined ? log.answer(path) : changed;
    if (answer === null) return Promise.resolve({ kind: 'notFound', from: path });
    if ('kind' in answer) return Promise.resolve(answer);
    return Promise.resolve({ kind: 'found', bytes: new Uint8Array(answer), from: path });
  };
  return Object.assign(read, { asked });
}

export function headsInMemory(kept: Record<string, string> = {}): HeadStore & {
  readonly kept: Record<string, string>;
} {
  const sizes: Record<string, number> = {};
  return {
    kept,
    last: (log) => Promise.resolve(kept[log] ?? null),
    remember(log, note, size) {
      if ((sizes[log] ?? -1) < size) {
        kept[log] = note;
        sizes[log] = size;
      }
      return Promise.resolve();
    },
  };
}

export const text = (bytes: string): Uint8Array => new TextEncoder().encode(bytes);
