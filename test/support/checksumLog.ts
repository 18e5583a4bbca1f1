// Small checksum databases for tests: real tiles and real signatures by keys made here.
import {
  buildLog,
  makeSigner,
  sumRecord,
  type BuiltLog,
  type LogSigner,
} from '../../src/core/lab/mirror/tlog';
import type { HeadStore, SideBytes } from '../../src/core/ports';
import { lookUp, type LogAnswer, type LogTrust } from '../../src/core/verify/log/checksumLog';
import { readVerifierKey } from '../../src/core/verify/log/signedNote';
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

type Log = ReturnType<typeof logOf>;

export const trusting = (log: Log, knownHead: string | null = null): LogTrust => ({
  verifierKeys: [log.signer.verifierKey],
  knownHead,
});
export const idOf = (log: Log): string => readVerifierKey(log.signer.verifierKey).id;

export function ask(
  log: Log,
  index: number,
  parts: {
    trust?: LogTrust;
    read?: ReturnType<typeof reader>;
    heads?: ReturnType<typeof headsInMemory>;
  } = {},
): Promise<LogAnswer> {
  return lookUp(
    toolchain,
    versionOf(index),
    parts.trust ?? trusting(log),
    parts.read ?? reader(log),
    parts.heads ?? headsInMemory(),
  );
}

/** The lookup's answer replaced, everything else as the log has it. */
export const answering = (log: Log, answer: string | Uint8Array): ReturnType<typeof reader> =>
  reader(log, (path) =>
    path.startsWith('/lookup/') ? (typeof answer === 'string' ? text(answer) : answer) : undefined,
  );
