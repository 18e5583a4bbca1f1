// An elevated helper played by a test: it shows a nonce, takes what it is given, and says what the test lets it say.
import { createConnection, type Socket } from 'node:net';
import type { Errand } from '../../src/core/windows/elevation/answers';

export interface FakeHelper {
  readonly socket: Socket;
  /** What Node gave it to run; null where it was cut off before. */
  readonly given: Promise<string | null>;
  readonly closed: Promise<void>;
  say(line: object): void;
}

export function fakeHelper(pipe: string, nonce: string): FakeHelper {
  const socket = createConnection(pipe);
  const closed = new Promise<void>((resolve) => {
    socket.on('close', () => resolve());
  });
  socket.on('error', () => socket.destroy());
  const given = new Promise<string | null>((resolve) => {
    let all = Buffer.alloc(0);
    socket.on('data', (chunk) => {
      all = Buffer.concat([all, chunk]);
      if (all.length >= 4 && all.length === 4 + all.readInt32LE()) {
        resolve(all.subarray(4).toString('latin1'));
      }
    });
    void closed.then(() => {
      resolve(null);
    });
  });
  socket.write(nonce);
  return {
    socket,
    given,
    closed,
    say: (line) => socket.write(`${JSON.stringify(line)}\n`),
  };
}

/** What every true line of this errand carries. */
export function originOf(errand: Errand): { nonce: string; batch: string; payload: string } {
  return { nonce: errand.nonce, batch: errand.batch, payload: errand.hash };
}
