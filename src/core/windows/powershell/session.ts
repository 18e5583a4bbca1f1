// The unelevated PowerShell session: one hidden host, started when it is needed, one call at a time, started anew after
// it was lost. A lost call is not repeated: it may have taken effect.
import { randomBytes } from 'node:crypto';
import { isAbsolute } from 'node:path';
import { z } from '../../../shared/zod';
import about from './about.ps1?raw';
import type { PowerShellAnswer } from './answer';
import common from './common.ps1?raw';
import { readEnvelope, type Envelope } from './envelope';
import { Host, type HostEnd } from './host';
import { requestJson } from './literal';

export interface PowerShellOptions {
  /** Absolute path of powershell.exe. */
  readonly executable: string;
  /** The whole environment of the host. */
  readonly environment: Readonly<Record<string, string>>;
  /** Milliseconds until a fresh host must have answered. */
  readonly startTimeoutMs?: number;
  /** Milliseconds for a call that names none. */
  readonly callTimeoutMs?: number;
  /** Whatever a host writes beside its answers, as it comes. */
  readonly onNoise?: (text: string) => void;
}

export interface RunOptions {
  /** Milliseconds from the moment that the host gets the script. */
  readonly timeoutMs?: number;
  /** Ends the host where the script has begun; `run` rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

export interface PowerShellSession {
  /**
   * Runs a fixed script with data and reads its answer.
   * @param script the text of a *.ps1: `param($Json)` first, ASCII, no blank line
   * @throws TypeError for a script or data that cannot be sent, and the reason of an aborted `signal`
   */
  run<T>(
    script: string,
    data: unknown,
    schema: z.ZodType<T>,
    options?: RunOptions,
  ): Promise<PowerShellAnswer<T>>;
  /** What the host is; starts it where there is none. */
  about(): Promise<PowerShellAnswer<HostFacts>>;
  /** Ends the host and, as `closed`, what runs or waits. Nothing starts it again. */
  close(): Promise<void>;
}

const hostFactsSchema = z.object({
  languageMode: z.enum(['FullLanguage', 'ConstrainedLanguage', 'RestrictedLanguage', 'NoLanguage']),
  version: z.string(),
});
export type HostFacts = z.infer<typeof hostFactsSchema>;

/** A cold disk and a scanner that looks at everything; usually under a second. */
const usualStart = 30_000;
const usualCall = 30_000;

export function createPowerShell(options: PowerShellOptions): PowerShellSession {
  return new Session(options);
}

type Lost = Extract<PowerShellAnswer<never>, { kind: 'lost' }>;

class Session implements PowerShellSession {
  readonly #options: PowerShellOptions;
  #host: Host | null = null;
  #facts: PowerShellAnswer<HostFacts> | null = null;
  /** Settles when nothing runs or waits. */
  #last: Promise<unknown> = Promise.resolve();
  readonly #closing = new AbortController();

  constructor(options: PowerShellOptions) {
    this.#options = options;
  }

  run<T>(
    script: string,
    data: unknown,
    schema: z.ZodType<T>,
    { timeoutMs, signal }: RunOptions = {},
  ): Promise<PowerShellAnswer<T>> {
    const block = callOf(script);
    const id = newId();
    const text = block(requestJson(id, data));
    let begun = false;
    const turn = this.#inTurn(async () => {
      begun = true;
      signal?.throwIfAborted();
      const ready = await this.#ready(signal);
      if (ready.kind === 'lost') return ready;
      const limit = timeoutMs ?? this.#options.callTimeoutMs ?? usualCall;
      return this.#ask(ready.host, text, id, schema, limit, signal);
    });
    return signal === undefined ? turn : orAbortedBefore(turn, signal, () => begun);
  }

  about(): Promise<PowerShellAnswer<HostFacts>> {
    return this.#inTurn(async () => {
      const ready = await this.#ready();
      return ready.kind === 'lost' ? ready : ready.facts;
    });
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#last;
    const host = this.#host;
    this.#host = null;
    await host?.leave();
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work);
    // Who asked hears of a failure; who comes after goes on.
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async #ready(
    signal?: AbortSignal,
  ): Promise<Lost | { kind: 'ready'; host: Host; facts: PowerShellAnswer<HostFacts> }> {
    if (this.#closing.signal.aborted) return closed;
    if (this.#host !== null && this.#facts !== null && !this.#host.ended) {
      return { kind: 'ready', host: this.#host, facts: this.#facts };
    }
    const { executable, environment, onNoise } = this.#options;
    if (!isAbsolute(executable)) return cannotStart(`not an absolute path: ${executable}`);
    let host: Host;
    try {
      host = new Host({ executable, environment, onNoise: onNoise ?? (() => undefined) });
    } catch (error) {
      return cannotStart(String(error));
    }
    this.#host = host;
    const id = newId();
    const text = `. {\n${plainBlock(common)}\n}\n\n${callOf(about)(requestJson(id, null))}`;
    const limit = this.#options.startTimeoutMs ?? usualStart;
    const facts = await this.#ask(host, text, id, hostFactsSchema, limit, signal);
    switch (facts.kind) {
      case 'value':
        this.#facts = facts;
        return { kind: 'ready', host, facts };
      case 'error':
        await this.#drop(host);
        return cannotStart(`${facts.error.id}: ${facts.error.message}`);
      case 'lost':
        await this.#drop(host);
        return facts.why === 'closed' ? facts : cannotStart(`${facts.why}: ${facts.cause}`);
    }
  }

  /** One call to its end; a host that did not answer is killed before this returns. */
  async #ask<T>(
    host: Host,
    text: string,
    id: string,
    schema: z.ZodType<T>,
    timeoutMs: number,
    signal?: AbortSignal,
  ): Promise<PowerShellAnswer<T>> {
    const end = await firstOf(host, text, timeoutMs, this.#closing.signal, signal);
    if (end.kind === 'put') {
      const envelope: Envelope<T> = readEnvelope(end.text, id, schema, host.takeNoise());
      // One that did not speak has lost its place, or its script never ran.
      if (!envelope.spoke) await this.#drop(host);
      return envelope.answer;
    }
    await this.#drop(host);
    const written = host.takeAll().slice(-4000);
    const lost = (why: Lost['why'], cause: string): Lost => ({
      kind: 'lost',
      why,
      cause: written === '' ? cause : `${cause}\n${written}`,
    });
    switch (end.kind) {
      case 'notStarted':
        return lost('cannotStart', end.cause);
      case 'ended':
        return lost('died', end.cause);
      case 'flooded':
        return lost('babbled', 'more output than any answer has');
      case 'timedOut':
        return written === ''
          ? lost('hung', `no answer in ${timeoutMs} ms`)
          : lost('babbled', `no answer in ${timeoutMs} ms`);
      case 'closed':
        return closed;
      case 'aborted':
        throw end.reason;
    }
  }

  async #drop(host: Host): Promise<void> {
    if (this.#host === host) {
      this.#host = null;
      this.#facts = null;
    }
    await host.kill();
  }
}

const closed: Lost = { kind: 'lost', why: 'closed', cause: 'the session was closed' };

function cannotStart(cause: string): Lost {
  return { kind: 'lost', why: 'cannotStart', cause };
}

type CallEnd =
  | HostEnd
  | { readonly kind: 'put'; readonly text: string }
  | { readonly kind: 'timedOut' }
  | { readonly kind: 'closed' }
  | { readonly kind: 'aborted'; readonly reason: unknown };

async function firstOf(
  host: Host,
  text: string,
  timeoutMs: number,
  closing: AbortSignal,
  signal: AbortSignal | undefined,
): Promise<CallEnd> {
  const over = new AbortController();
  const when = (event: AbortSignal, end: () => CallEnd): Promise<CallEnd> =>
    new Promise((resolve) => {
      if (event.aborted) resolve(end());
      event.addEventListener('abort', () => resolve(end()), { once: true, signal: over.signal });
    });
  let timer: NodeJS.Timeout | undefined;
  try {
    return await Promise.race([
      host.send(text).then((put): CallEnd => ({ kind: 'put', text: put })),
      host.gone,
      new Promise<CallEnd>((resolve) => {
        timer = setTimeout(() => resolve({ kind: 'timedOut' }), timeoutMs);
      }),
      when(closing, () => ({ kind: 'closed' })),
      ...(signal === undefined
        ? []
        : [when(signal, () => ({ kind: 'aborted', reason: signal.reason as unknown }))]),
    ]);
  } finally {
    clearTimeout(timer);
    over.abort();
  }
}

/** Who waits for his turn need not wait for it to be told that it was aborted. */
function orAbortedBefore<T>(
  turn: Promise<T>,
  signal: AbortSignal,
  begun: () => boolean,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      if (!begun()) reject(signal.reason as Error);
    };
    signal.addEventListener('abort', abort, { once: true });
    turn.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

/** A script with its data as the one literal: PowerShell reads lines, and the blank one ends the block. */
function callOf(script: string): (json: string) => string {
  const block = plainBlock(script);
  return (json) => `& {\n${block}\n} '${json}'\n`;
}

/**
 * @throws TypeError where the text would not arrive as it is: the host reads lines in the machine's code page, and a blank
 * line ends what it reads
 */
function plainBlock(script: string): string {
  const text = script.replace(/\r\n/g, '\n').replace(/\n+$/, '');
  if (/[^\n\x20-\x7e]/.test(text)) throw new TypeError('a script that is not plain ASCII');
  if (/^[ ]*$/m.test(text)) throw new TypeError('a script with a blank line');
  return text;
}

function newId(): string {
  return randomBytes(8).toString('hex');
}
