// Runs the bench's powershell.exe: once with all its input, or as a session by the protocol of node-powershell 5.0.1,
// which writes a delimiter to both streams before and after each command.
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { randomBytes } from 'node:crypto';

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export type Environment = Readonly<Record<string, string>>;

const sessionArguments = ['-NoLogo', '-NoProfile', '-NonInteractive', '-NoExit', '-Command', '-'];

export function runHost(
  host: string,
  args: readonly string[],
  { stdin = '', env = {} }: { readonly stdin?: string; readonly env?: Environment } = {},
): Promise<Ran> {
  const child = start(host, args, env);
  const stdout = collect(child.stdout);
  const stderr = collect(child.stderr);
  child.stdin.end(stdin);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout: stdout(), stderr: stderr() }));
  });
}

/** -EncodedCommand's argument. */
export function encoded(text: string): string {
  return Buffer.from(text, 'utf16le').toString('base64');
}

export class HostSession {
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly stdout: () => string;
  private readonly stderr: () => string;
  /** Of the process, once it is over. */
  readonly ended: Promise<number | null>;

  constructor(host: string, env: Environment = {}) {
    this.child = start(host, sessionArguments, env);
    this.stdout = collect(this.child.stdout);
    this.stderr = collect(this.child.stderr);
    this.child.stdin.on('error', () => {});
    this.ended = new Promise((resolve) => this.child.once('close', resolve));
  }

  /** @throws Error where the host is silent for `timeoutMs` */
  async invoke(
    command: string,
    timeoutMs = 20_000,
  ): Promise<{ readonly stdout: string; readonly stderr: string }> {
    const mark = randomBytes(8).toString('hex');
    const marks = `[Console]::Error.WriteLine("${mark}")\n[Console]::Out.WriteLine("${mark}")\n`;
    this.child.stdin.write(`${marks}${command}\n${marks}`);
    const until = Date.now() + timeoutMs;
    for (;;) {
      const out = between(this.stdout(), mark);
      const error = between(this.stderr(), mark);
      if (out !== null && error !== null) return { stdout: out, stderr: error };
      if (Date.now() > until) throw new Error('The host is silent.');
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  }

  kill(): void {
    this.child.kill('SIGKILL');
  }

  async close(): Promise<number | null> {
    this.child.stdin.end();
    return this.ended;
  }
}

function start(
  host: string,
  args: readonly string[],
  env: Environment,
): ChildProcessWithoutNullStreams {
  return spawn(host, args, { env: { ...process.env, ...env }, stdio: 'pipe' });
}

function collect(stream: NodeJS.ReadableStream): () => string {
  let text = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => (text += chunk));
  return () => text;
}

function between(text: string, mark: string): string | null {
  const from = text.indexOf(mark);
  const to = text.indexOf(mark, from + mark.length);
  return from < 0 || to < 0 ? null : text.slice(from + mark.length, to).trim();
}
