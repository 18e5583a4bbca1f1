// Runs jobs in worker threads and keeps idle ones for the next job. A failure of a job arrives as the `FailureError`
// that the handler threw; a worker that dies fails its job and is replaced.
import type { Worker } from 'node:worker_threads';
import { FailureError } from '../../failureError';
import type { Failure } from '../../../shared/model/failure';
import type { JobInput, JobName, JobOutput, JobProgress } from './jobs';

/**
 * For `new Worker(…, { resourceLimits })`. What jobs throw away they throw away soon: a small young generation saves some
 * 20 MB a thread, and costs no time that could be measured.
 */
export const threadLimits = { maxYoungGenerationSizeMb: 2 } as const;

/** Jobs that leave some 20 MB behind in their thread, mostly OpenPGP's code: it ends with them. */
const heavy: ReadonlySet<JobName> = new Set(['pgp.check', 'pgp.inspect', 'archive.tar']);

/** Starts a thread that runs `entry.ts`: how depends on the bundle, so the composition gives it. */
export type StartWorker = () => Worker;

export type ToWorker =
  | { readonly kind: 'run'; readonly id: number; readonly name: string; readonly input: unknown }
  | { readonly kind: 'abort'; readonly id: number };

export type FromWorker =
  | { readonly kind: 'progress'; readonly id: number; readonly progress: unknown }
  | { readonly kind: 'done'; readonly id: number; readonly output: unknown }
  | { readonly kind: 'failed'; readonly id: number; readonly failure: Failure };

export class Workers {
  private readonly idle: Worker[] = [];
  private readonly busy = new Set<Worker>();
  private nextId = 1;
  private closed = false;

  constructor(
    private readonly start: StartWorker,
    /** Idle threads kept for the next job. Each costs some 10 MB. */
    private readonly keep = 2,
  ) {}

  run<N extends JobName>(
    name: N,
    input: JobInput<N>,
    onProgress: (progress: JobProgress<N>) => void = () => undefined,
    signal?: AbortSignal,
  ): Promise<JobOutput<N>> {
    if (this.closed) return Promise.reject(new FailureError('cancelled'));
    if (signal?.aborted === true) return Promise.reject(new FailureError('cancelled'));
    const worker = this.idle.pop() ?? this.start();
    this.busy.add(worker);
    worker.ref();
    const id = this.nextId++;
    return new Promise<JobOutput<N>>((resolve, reject) => {
      const finish = (): void => {
        worker.off('message', onMessage);
        worker.off('error', onDeath);
        worker.off('exit', onExit);
        signal?.removeEventListener('abort', onAbort);
        this.busy.delete(worker);
      };
      const release = (): void => {
        finish();
        if (this.closed || this.idle.length >= this.keep || heavy.has(name)) {
          void worker.terminate();
        } else {
          worker.unref();
          this.idle.push(worker);
        }
      };
      const onMessage = (message: FromWorker): void => {
        if (message.id !== id) return;
        switch (message.kind) {
          case 'progress':
            onProgress(message.progress as JobProgress<N>);
            return;
          case 'done':
            release();
            resolve(message.output as JobOutput<N>);
            return;
          case 'failed':
            release();
            reject(restore(message.failure));
            return;
        }
      };
      const onDeath = (error: Error): void => {
        finish();
        reject(new FailureError('internal', { cause: error, next: ['retry', 'report'] }));
      };
      const onExit = (code: number): void => {
        finish();
        reject(
          new FailureError('internal', {
            cause: new Error(`worker ended with ${String(code)} during ${name}`),
            next: ['retry'],
          }),
        );
      };
      const onAbort = (): void => {
        worker.postMessage({ kind: 'abort', id } satisfies ToWorker);
      };
      worker.on('message', onMessage);
      worker.on('error', onDeath);
      worker.on('exit', onExit);
      signal?.addEventListener('abort', onAbort, { once: true });
      worker.postMessage({ kind: 'run', id, name, input } satisfies ToWorker);
    });
  }

  /** Starts threads for work that is about to come: a start takes as long as a small job, and all can start at once. */
  warm(): void {
    while (!this.closed && this.idle.length + this.busy.size < this.keep) {
      const worker = this.start();
      // One that cannot start is no loss: the job that needs one starts it again, and fails with the reason.
      worker.once('error', () => {
        const at = this.idle.indexOf(worker);
        if (at >= 0) this.idle.splice(at, 1);
      });
      worker.unref();
      this.idle.push(worker);
    }
  }

  async close(): Promise<void> {
    this.closed = true;
    const all = [...this.idle, ...this.busy];
    this.idle.length = 0;
    await Promise.all(all.map((worker) => worker.terminate()));
  }
}

function restore(failure: Failure): FailureError {
  const error = new FailureError(failure.code);
  Object.assign(error.failure, failure);
  return error;
}
