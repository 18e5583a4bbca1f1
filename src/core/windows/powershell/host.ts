// One PowerShell process: takes a text at a time, says when it is gone and why, and can be ended whatever it is doing.
import type { ChildProcess } from 'node:child_process';
import { dirname } from 'node:path';
import { Writable } from 'node:stream';
import { Output } from './output';
import { GangwayShell } from './shell';

export interface HostOptions {
  readonly executable: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly onNoise: (text: string) => void;
}

export type HostEnd =
  | { readonly kind: 'notStarted'; readonly cause: string }
  | { readonly kind: 'ended'; readonly cause: string }
  | { readonly kind: 'flooded' };

/** Milliseconds that the rest of its output may take after its end: a program that it started may hold the pipes. */
const lastWords = 250;
/** Milliseconds that it may take to end when its input does. */
const leave = 500;

export class Host {
  readonly #shell: GangwayShell;
  readonly #output: Output;
  #ended = false;
  /** Settles once: when the process has ended, could not be started, or floods us. */
  readonly gone: Promise<HostEnd>;
  /** Settles when there is no process. */
  readonly #exited: Promise<HostEnd>;

  /** @throws where no process can be made at all */
  constructor({ executable, environment, onNoise }: HostOptions) {
    let flooded: () => void = () => undefined;
    const flooding = new Promise<HostEnd>((resolve) => {
      flooded = () => resolve({ kind: 'flooded' });
    });
    this.#output = new Output(onNoise, flooded);
    // Its own folder: nothing of ours, and none that a user writes on Windows.
    this.#shell = new GangwayShell(
      { executable, environment, folder: dirname(executable) },
      this.#output,
    );
    const { stdin, stdout, stderr } = this.#shell.streams;
    stdout.pipe(sink((text) => this.#output.take(text)));
    stderr.pipe(sink((text) => this.#output.note(text)));
    for (const stream of [stdin, stdout, stderr]) {
      // A pipe to a process that is gone; that it is gone is told by `gone`.
      stream.on('error', () => undefined);
    }
    this.#exited = endOf(this.#shell.child).then((end) => {
      this.#ended = true;
      return end;
    });
    this.gone = Promise.race([this.#exited, flooding]);
    this.#hold(false);
  }

  get ended(): boolean {
    return this.#ended;
  }

  /**
   * What the text put out. Never settles where the host is gone or hangs: race it with `gone` and a clock.
   * @param text whole blocks, each with a blank line after it
   */
  async send(text: string): Promise<string> {
    this.#hold(true);
    try {
      const { stdout } = await this.#shell.invoke(text);
      return stdout === undefined ? await new Promise<never>(() => undefined) : stdout.toString();
    } catch {
      // Its process is gone, which `gone` tells better.
      return await new Promise<never>(() => undefined);
    } finally {
      this.#hold(false);
      this.#shell.history.length = 0;
    }
  }

  takeNoise(): string {
    return this.#output.takeNoise();
  }

  /** Output and noise of a call without an answer. */
  takeAll(): string {
    return [this.#output.takeUnfinished(), this.#output.takeNoise()]
      .filter((part) => part !== '')
      .join('\n');
  }

  /** Ends it at once. A program that it was running may live on. */
  async kill(): Promise<void> {
    this.#hold(true);
    this.#shell.child.kill('SIGKILL');
    await this.#exited;
  }

  /** Lets it end by itself, for half a second. */
  async leave(): Promise<void> {
    this.#hold(true);
    this.#shell.streams.stdin.end();
    const timer = setTimeout(() => this.#shell.child.kill('SIGKILL'), leave);
    await this.#exited;
    clearTimeout(timer);
  }

  /** An idle host keeps no program alive: when that ends, so does the host's input, and the host. */
  #hold(busy: boolean): void {
    const { stdin, stdout, stderr } = this.#shell.streams;
    for (const part of [this.#shell.child, stdin, stdout, stderr]) {
      const word = busy ? 'ref' : 'unref';
      const held: unknown = Reflect.get(part, word);
      if (typeof held === 'function') Reflect.apply(held, part, []);
    }
  }
}

function sink(take: (text: string) => void): Writable {
  return new Writable({
    decodeStrings: false,
    write(chunk: string | Buffer, _encoding, done) {
      take(chunk.toString());
      done();
    },
  });
}

function endOf(child: ChildProcess): Promise<HostEnd> {
  return new Promise((resolve) => {
    child.once('error', (error) => {
      if (child.pid === undefined) resolve({ kind: 'notStarted', cause: error.message });
    });
    child.once('exit', (code, signal) => {
      const cause = signal === null ? `exit code ${String(code)}` : `signal ${signal}`;
      const timer = setTimeout(() => resolve({ kind: 'ended', cause }), lastWords);
      child.once('close', () => {
        clearTimeout(timer);
        resolve({ kind: 'ended', cause });
      });
    });
  });
}
