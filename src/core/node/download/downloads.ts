// The downloads port over worker threads: a second request for the same hash joins the first, and a transfer ends
// when nobody waits for it any more. What the bytes are worth is decided by the proofs, not here.
import type { DownloadedFile, DownloadRequest, Downloads } from '../../ports/downloads';
import type { OnProgress, Progress } from '../../ports/progress';
import { FailureError } from '../../failureError';
import { defaultTimes, type Proxy, type ResolveProxy } from '../http';
import type { Workers } from '../worker/workers';
import type { Timing } from './fetchJob';
import { cacheFiles, lengthOf, removeAll } from './cacheFiles';

export interface DownloadsParts {
  /** The cache, absolute; made when first needed. */
  readonly folder: string;
  readonly workers: Workers;
  /** "Gangway/0.1.0" */
  readonly userAgent: string;
  /** Asked for each host on the way. Left out: no proxy. */
  readonly resolveProxy?: ResolveProxy;
  readonly timing?: Partial<Timing>;
}

/** Five attempts: the pauses double, so that a network that is away for some seconds is back. */
export const defaultTiming: Timing = { ...defaultTimes, pausesMs: [500, 1_000, 2_000, 4_000] };

interface Running {
  readonly outcome: Promise<DownloadedFile>;
  readonly listeners: Set<OnProgress>;
  readonly abort: AbortController;
  waiting: number;
  latest: Progress | null;
}

export function nodeDownloads(parts: DownloadsParts): Downloads {
  const running = new Map<string, Running>();

  const start = (request: DownloadRequest): Running => {
    const listeners = new Set<OnProgress>();
    const abort = new AbortController();
    const onProgress: OnProgress = (progress) => {
      transfer.latest = progress;
      for (const listener of listeners) listener(progress);
    };
    const outcome = run(request, parts, onProgress, abort.signal).finally(() => {
      if (running.get(request.sha256) === transfer) running.delete(request.sha256);
    });
    const transfer: Running = { outcome, listeners, abort, waiting: 0, latest: null };
    running.set(request.sha256, transfer);
    return transfer;
  };

  return {
    folder: parts.folder,

    async fetch(request, onProgress, signal) {
      checkHash(request.sha256);
      let transfer = running.get(request.sha256);
      // One that is being cancelled has let go of nothing yet: wait, then go on from its part.
      while (transfer?.abort.signal.aborted === true) {
        await transfer.outcome.catch(() => undefined);
        transfer = running.get(request.sha256);
      }
      if (signal?.aborted === true) throw new FailureError('cancelled');
      transfer ??= start(request);
      const file = await join(transfer, onProgress, signal);
      return { ...file, filename: request.filename };
    },

    // Async, so that a hash that is none is a rejection.
    // eslint-disable-next-line @typescript-eslint/require-await
    async partial(sha256) {
      checkHash(sha256);
      return lengthOf(cacheFiles(parts.folder, sha256).part);
    },

    async discard(sha256) {
      checkHash(sha256);
      const transfer = running.get(sha256);
      transfer?.abort.abort();
      await transfer?.outcome.catch(() => undefined);
      removeAll(parts.folder, sha256);
    },
  };
}

/** Waits along with others. Leaving does not end the transfer unless nobody is left. */
async function join(
  transfer: Running,
  onProgress: OnProgress,
  signal: AbortSignal | undefined,
): Promise<DownloadedFile> {
  transfer.waiting += 1;
  transfer.listeners.add(onProgress);
  if (transfer.latest !== null) onProgress(transfer.latest);
  let leave: () => void = () => undefined;
  const left = new Promise<never>((_, reject) => {
    leave = () => {
      if (transfer.waiting > 1) {
        reject(new FailureError('cancelled'));
        return;
      }
      // The last one waits until the part is safely on disk; the outcome is the cancellation.
      transfer.abort.abort();
    };
    signal?.addEventListener('abort', leave, { once: true });
  });
  try {
    return await Promise.race([transfer.outcome, left]);
  } finally {
    transfer.waiting -= 1;
    transfer.listeners.delete(onProgress);
    signal?.removeEventListener('abort', leave);
  }
}

/** Starts the job again whenever it meets an origin whose proxy it was not told. */
async function run(
  request: DownloadRequest,
  parts: DownloadsParts,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<DownloadedFile> {
  const { folder, userAgent, resolveProxy } = parts;
  const timing = { ...defaultTiming, ...parts.timing };
  const proxies: Record<string, Proxy> = {};
  for (;;) {
    const output = await parts.workers.run(
      'download.fetch',
      { folder, request, userAgent, proxies: resolveProxy === undefined ? null : proxies, timing },
      onProgress,
      signal,
    );
    if (output.kind === 'done') return output.file;
    const { origin } = new URL(output.url);
    proxies[origin] = (await resolveProxy?.(output.url)) ?? { kind: 'direct' };
  }
}

/** The hash becomes a file's name, so nothing but a hash may pass. */
function checkHash(sha256: string): void {
  if (/^[0-9a-f]{64}$/.test(sha256)) return;
  throw new FailureError('catalogue.emptyHash', { next: ['chooseOtherVersion'] });
}
