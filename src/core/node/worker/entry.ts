// What runs inside a worker thread: one job at a time by name. Never imports Electron.
import { parentPort } from 'node:worker_threads';
import { asFailure } from '../../failureError';
import { handlers } from './handlers';
import type { FromWorker, ToWorker } from './workers';

/** Serves jobs on this thread's port until the thread is ended. */
export function serveJobs(): void {
  const port = parentPort;
  if (port === null) throw new Error('not a worker thread');
  const aborts = new Map<number, AbortController>();
  const send = (message: FromWorker): void => {
    port.postMessage(message);
  };
  port.on('message', (message: ToWorker) => {
    if (message.kind === 'abort') {
      aborts.get(message.id)?.abort();
      return;
    }
    const { id } = message;
    const abort = new AbortController();
    aborts.set(id, abort);
    const handler = handlers[message.name];
    const running =
      handler === undefined
        ? Promise.reject(new Error(`no job named ${message.name}`))
        : handler(message.input, {
            report: (progress) => {
              send({ kind: 'progress', id, progress });
            },
            signal: abort.signal,
          });
    running
      .then(
        (output) => {
          send({ kind: 'done', id, output });
        },
        (error: unknown) => {
          send({ kind: 'failed', id, failure: asFailure(error) });
        },
      )
      .finally(() => {
        aborts.delete(id);
      });
  });
}
