// The job `download.fetch`, in a worker thread: takes the file's lock, goes on with what is there, tries again after a
// break, and leaves either the whole file under the name of its hash or a part that can go on.
import { setTimeout as sleep } from 'node:timers/promises';
import { statfsSync } from 'node:fs';
import { FailureError } from '../../failureError';
import type { DownloadedFile, DownloadRequest } from '../../ports/downloads';
import type { Progress } from '../../ports/progress';
import { diskFailure, errorCode } from '../diskFailure';
import { bytes } from '../http/answerDetails';
import { BrokenTransfer } from '../http/failures';
import { createHttp, hostOf, type Proxy } from '../http';
import type { Handler } from '../worker/jobs';
import { copyFile, hashOf } from './copyFile';
import { tryLock, type Lock } from './lock';
import { cacheFiles, lengthOf, makeFolder, removeAll } from './cacheFiles';
import { Part } from './part';
import { transfer } from './transfer';

export interface Timing {
  /** Milliseconds; see `HttpSettings`. */
  readonly connectMs: number;
  readonly stallMs: number;
  /** Milliseconds before the second, third … attempt; one attempt more than there are pauses. */
  readonly pausesMs: readonly number[];
}

export interface FetchInput {
  readonly folder: string;
  readonly request: DownloadRequest;
  readonly userAgent: string;
  /** By origin ("https://go.dev"); null: no proxy anywhere. */
  readonly proxies: Readonly<Record<string, Proxy>> | null;
  readonly timing: Timing;
}

export type FetchOutput =
  | { readonly kind: 'done'; readonly file: DownloadedFile }
  /** A redirect led to an origin whose proxy is not known yet: ask the system, and start again. */
  | { readonly kind: 'needsProxy'; readonly url: string };

declare module '../worker/jobs' {
  interface Jobs {
    'download.fetch': { input: FetchInput; progress: Progress; output: FetchOutput };
  }
}

/** Progress goes out at most that often, in milliseconds. */
const reportEveryMs = 100;
/** An attempt that brought so much was a good one: the count begins again. */
const goodAttemptBytes = 1024 * 1024;
/** How often a process that waits for another one's transfer looks. */
const lookEveryMs = 250;

export const fetchFile: Handler<'download.fetch'> = async (input, context) => {
  const { signal } = context;
  const started = performance.now();
  const { folder, request } = input;
  const progress = throttled((next) => context.report(next), request.size);
  try {
    const lock = await waitForLock(folder, request, progress, signal);
    try {
      const found = await already(folder, request, progress, signal);
      const kept = found ?? (await bring(input, progress, signal));
      const file = { ...kept, filename: request.filename, from: request.from };
      return { kind: 'done', file: { ...file, tookMs: Math.round(performance.now() - started) } };
    } finally {
      lock.release();
    }
  } catch (error) {
    if (error instanceof UnknownProxy) return { kind: 'needsProxy', url: error.url };
    if (signal.aborted) throw new FailureError('cancelled', { cause: error });
    const code = errorCode(error);
    if (code === 'ENOSPC' || code === 'EDQUOT') throw diskFull(folder, request.size, error);
    throw diskFailure(error, folder);
  }
};

type Kept = Pick<DownloadedFile, 'path' | 'sha256' | 'size' | 'resumedFrom'>;

interface Reporter {
  /** At most ten times a second. */
  bytes(done: number): void;
  now(progress: Progress): void;
}

function throttled(report: (progress: Progress) => void, total: number): Reporter {
  let last = 0;
  return {
    bytes(done) {
      const now = performance.now();
      if (now - last < reportEveryMs && done !== total) return;
      last = now;
      report({ done, total });
    },
    now(progress) {
      last = performance.now();
      report(progress);
    },
  };
}

/** Waits while another process brings the same file, and shows how far that one is. */
async function waitForLock(
  folder: string,
  request: DownloadRequest,
  progress: Reporter,
  signal: AbortSignal,
): Promise<Lock> {
  const files = cacheFiles(folder, request.sha256);
  makeFolder(folder);
  for (;;) {
    signal.throwIfAborted();
    const lock = await tryLock(files.lock);
    if (lock !== null) return lock;
    progress.bytes(Math.max(lengthOf(files.part), lengthOf(files.file)));
    await sleep(lookEveryMs, undefined, { signal });
  }
}

/** A file that is there is hashed again: its name is a promise, not a proof. One that broke it is removed. */
async function already(
  folder: string,
  request: DownloadRequest,
  progress: Reporter,
  signal: AbortSignal,
): Promise<Kept | null> {
  const files = cacheFiles(folder, request.sha256);
  const size = lengthOf(files.file);
  if (size === 0) return null;
  const sha256 = await hashOf(files.file, (done) => progress.bytes(done), signal);
  if (sha256 === request.sha256) return { path: files.file, sha256, size, resumedFrom: size };
  removeAll(folder, request.sha256);
  return null;
}

async function bring(input: FetchInput, progress: Reporter, signal: AbortSignal): Promise<Kept> {
  const { folder, request } = input;
  const hashed = (done: number): void => {
    progress.bytes(done);
  };
  const part = await Part.open(cacheFiles(folder, request.sha256), hashed, signal);
  let open = true;
  try {
    if (request.size > 0 && part.length > request.size) {
      part.spoiled = true;
      throw brokenPart(request);
    }
    checkSpace(folder, request.size - part.length);
    if (/^https?:\/\//i.test(request.from)) await bringOverHttp(input, part, progress, signal);
    else await copyFile(request, part, hashed, signal);
    const { resumedFrom, pieces } = part;
    open = false;
    const kept = await part.finish();
    progress.bytes(kept.size);
    if (kept.sha256 !== request.sha256 && pieces > 1) {
      // Put together from several answers: then the pieces do not fit, which says nothing about the file itself.
      removeAll(folder, request.sha256);
      throw brokenPart(request);
    }
    return { ...kept, resumedFrom };
  } catch (error) {
    if (open) {
      if (part.spoiled) part.drop();
      else part.keep();
    }
    throw error;
  }
}

async function bringOverHttp(
  input: FetchInput,
  part: Part,
  progress: Reporter,
  signal: AbortSignal,
): Promise<void> {
  const { request, timing } = input;
  const http = createHttp({
    userAgent: input.userAgent,
    large: true,
    connectMs: timing.connectMs,
    stallMs: timing.stallMs,
    resolveProxy: (url) => Promise.resolve(knownProxy(input, url)),
  });
  const attempts = timing.pausesMs.length + 1;
  let anythingCame = false;
  let attempt = 1;
  const onBytes = (done: number): void => {
    anythingCame = true;
    progress.bytes(done);
  };
  try {
    if (request.size > 0 && part.length === request.size) {
      if (part.sha256 === request.sha256) return;
      // Its length came to the disk and its bytes did not, as after a power cut: that says nothing about the server.
      part.restart();
    }
    for (;;) {
      const before = part.length;
      try {
        await transfer(request, part, http, onBytes, signal);
        return;
      } catch (error) {
        if (part.length - before >= goodAttemptBytes) attempt = 1;
        const afterMs = timing.pausesMs[attempt - 1];
        if (!isPassing(error, anythingCame) || afterMs === undefined || signal.aborted) {
          throw lastFailure(error, request, part);
        }
        attempt += 1;
        const retry = { attempt, attempts, afterMs };
        progress.now({ done: part.length, total: request.size, retry });
        await sleep(afterMs, undefined, { signal });
      }
    }
  } finally {
    http.close();
  }
}

/** Passing: the connection broke, or, once some of the file came, the server is away for a moment. */
function isPassing(error: unknown, anythingCame: boolean): boolean {
  if (error instanceof BrokenTransfer) return true;
  if (!(error instanceof FailureError) || !anythingCame) return false;
  const { code, params } = error.failure;
  if (code === 'network.unreachable') return true;
  return code === 'network.status' && passingStatus.has(Number(params['status']));
}

const passingStatus = new Set([408, 425, 429, 500, 502, 503, 504]);

/** The failure that people see when no attempt is left. The part is kept by all of these. */
function lastFailure(error: unknown, request: DownloadRequest, part: Part): unknown {
  const received = part.length;
  const broken = error instanceof BrokenTransfer;
  const away = error instanceof FailureError && isPassing(error, true);
  if (!broken && !(away && received > 0)) return error;
  const code =
    part.resumedFrom > 0
      ? 'download.resumeNetwork'
      : broken && error.reason === 'stalled'
        ? 'download.stalled'
        : 'download.interrupted';
  return new FailureError(code, {
    params: { host: hostOf(request.from), megabytes: megabytes(received), file: request.filename },
    next: ['retry', 'checkNetwork'],
    details: [
      { id: 'asked', value: request.from },
      { id: 'expected', value: bytes(request.size) },
      { id: 'received', value: bytes(received) },
      ...(error instanceof FailureError ? error.failure.details : []),
    ],
    cause: error,
  });
}

/** 2^20 bytes, to a tenth. */
function megabytes(count: number): number {
  return Math.round((count * 10) / 1024 / 1024) / 10;
}

function brokenPart(request: DownloadRequest): FailureError {
  return new FailureError('download.brokenPartial', {
    params: { file: request.filename },
    next: ['deleteAndDownloadAgain'],
    details: [
      { id: 'asked', value: request.from },
      { id: 'expected', value: bytes(request.size) },
    ],
  });
}

class UnknownProxy extends Error {
  constructor(readonly url: string) {
    super(url);
  }
}

function knownProxy(input: FetchInput, url: string): Proxy {
  if (input.proxies === null) return { kind: 'direct' };
  const proxy = input.proxies[new URL(url).origin];
  if (proxy === undefined) throw new UnknownProxy(url);
  return proxy;
}

/** Asked before the first byte: a full disk is better known at once than at the end. */
function checkSpace(folder: string, needed: number): void {
  if (needed > freeBytes(folder)) throw diskFull(folder, needed);
}

function diskFull(folder: string, needed: number, cause?: unknown): FailureError {
  return new FailureError('disk.full', {
    params: { path: folder, needed, free: freeBytes(folder) },
    next: ['freeSpace', 'retry'],
    ...(cause === undefined ? {} : { cause }),
  });
}

function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}
