// One errand over the pipe: who shows the nonce is given the text to run, once, and its record is waited for. Strangers
// are cut off and told nothing. What was heard says whether anything can have run.
import { timingSafeEqual } from 'node:crypto';
import type { Socket } from 'node:net';
import type { StepRecord } from '../../ports';
import { maxAnswerBytes, readAnswer, type Errand } from './answers';

export type Heard =
  | { readonly kind: 'records'; readonly records: readonly StepRecord[] }
  /** Nothing has run. */
  | { readonly kind: 'nothing'; readonly cause: string }
  /** Something may have run, and no record says what. */
  | { readonly kind: 'lost'; readonly cause: string };

/** Milliseconds. */
export interface Patience {
  /** From the yes to the prompt until the helper has come: PowerShell starts. */
  readonly toConnect: number;
  /** Between two lines: a step with Defender's answers. */
  readonly betweenLines: number;
  /** From a connection to its nonce. */
  readonly toProve: number;
  /** From the record to the helper's end. */
  readonly toEnd: number;
}

export const usualPatience: Patience = {
  toConnect: 30_000,
  betweenLines: 120_000,
  toProve: 5_000,
  toEnd: 2_000,
};

export class Exchange {
  /** The text to run was given out: from here on something may have run. */
  given = false;
  readonly heard: Promise<Heard>;
  private settle: (heard: Heard) => void = () => undefined;
  private settled = false;
  private timer: NodeJS.Timeout | null = null;
  private record: readonly StepRecord[] | null = null;
  private rest = '';
  private bytes = 0;

  constructor(
    private readonly errand: Errand,
    private readonly patience: Patience = usualPatience,
  ) {
    this.heard = new Promise((resolve) => {
      this.settle = (heard) => {
        this.settled = true;
        this.stopWaiting();
        resolve(heard);
      };
    });
  }

  /** The helper was started: it has to come soon. */
  expect(): void {
    if (this.given) return;
    this.waitFor(this.patience.toConnect, {
      kind: 'nothing',
      cause: 'the elevated program did not come for its work',
    });
  }

  /** The helper is gone before it came. */
  gone(cause: string): void {
    if (!this.given) this.settle({ kind: 'nothing', cause });
  }

  close(): void {
    this.settle(this.given ? lost('it was closed') : { kind: 'nothing', cause: 'it was closed' });
  }

  readonly accept = (client: Socket): void => {
    const { nonce } = this.errand;
    const shown: Buffer[] = [];
    let length = 0;
    const timer = setTimeout(() => client.destroy(), this.patience.toProve);
    client.on('close', () => {
      clearTimeout(timer);
    });
    const onData = (chunk: Buffer): void => {
      shown.push(chunk);
      length += chunk.length;
      if (length < nonce.length) return;
      client.off('data', onData);
      clearTimeout(timer);
      const all = Buffer.concat(shown);
      const expected = Buffer.from(nonce, 'ascii');
      // The helper waits for its work before it says more.
      if (all.length !== expected.length || !timingSafeEqual(all, expected)) client.destroy();
      else this.serve(client);
    };
    client.on('data', onData);
  };

  private serve(client: Socket): void {
    if (this.given) {
      client.destroy();
      this.settle(lost('two helpers came for one batch'));
      return;
    }
    this.given = true;
    const { payload } = this.errand;
    const header = Buffer.alloc(4);
    header.writeInt32LE(payload.length);
    client.write(Buffer.concat([header, payload]));
    this.waitForLine();
    client.on('data', (chunk: Buffer) => {
      this.read(chunk);
    });
    client.on('close', () => {
      if (this.record === null) this.settle(lost('the helper ended without a record'));
      else if (this.rest !== '') this.settle(lost('the helper said more than its record'));
      else this.settle({ kind: 'records', records: this.record });
    });
  }

  private read(chunk: Buffer): void {
    this.bytes += chunk.length;
    if (this.bytes > maxAnswerBytes) {
      this.settle(lost('the helper said too much'));
      return;
    }
    const lines = (this.rest + chunk.toString('latin1')).split('\n');
    this.rest = lines.pop() ?? '';
    for (const line of lines) this.take(line);
  }

  private take(line: string): void {
    if (this.record !== null) {
      this.settle(lost('the helper said more than its record'));
      return;
    }
    const answer = readAnswer(line, this.errand);
    switch (answer.kind) {
      case 'progress':
        this.waitForLine();
        return;
      case 'records':
        this.record = answer.records;
        this.waitFor(this.patience.toEnd, { kind: 'records', records: answer.records });
        return;
      case 'refused':
        this.settle({ kind: 'nothing', cause: `refused by the elevated side: ${answer.cause}` });
        return;
      case 'wrong':
        this.settle(lost(answer.cause));
    }
  }

  private waitForLine(): void {
    this.waitFor(this.patience.betweenLines, lost('the helper said nothing for too long'));
  }

  private waitFor(ms: number, otherwise: Heard): void {
    this.stopWaiting();
    if (this.settled) return;
    this.timer = setTimeout(() => {
      this.settle(otherwise);
    }, ms);
  }

  private stopWaiting(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }
}

function lost(cause: string): Heard {
  return { kind: 'lost', cause };
}
