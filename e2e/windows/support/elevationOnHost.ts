// Elevation over the bench's PowerShell and the lab's engine, and a place between the two from which a test can end the
// elevated helper at a moment of its choice.
import { createServer, request as ask, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Elevation } from '../../../src/core/ports';
import { windowsElevation } from '../../../src/core/windows/elevation';
import type { PowerShellSession } from '../../../src/core/windows/powershell';
import { openDefenderOnHost, type DefenderOnHost } from './defenderOnHost';

export interface ElevationOnHost extends DefenderOnHost {
  readonly elevation: Elevation;
}

export async function openElevationOnHost(
  scratch: string,
  host: string,
  options: Parameters<typeof openDefenderOnHost>[2] = {},
): Promise<ElevationOnHost> {
  const opened = await openDefenderOnHost(scratch, host, options);
  return {
    ...opened,
    elevation: windowsElevation({ session: opened.session, powershell: host }),
  };
}

/** One call of an elevated cmdlet on its way to the lab. */
export interface Passing {
  readonly cmdlet: string;
  /** How many elevated calls of this cmdlet there were, this one included. */
  readonly count: number;
  readonly when: 'before' | 'after';
}

export interface Gate {
  /** For the host's environment. */
  readonly base: string;
  target: string;
  /** Awaited before a call is passed on, and before its answer is. With `drop` it goes no further. */
  onElevated: (passing: Passing) => Promise<'pass' | 'drop'>;
  close(): Promise<void>;
}

/** Passes everything on to the lab; elevated calls wait for the test. */
export async function openGate(): Promise<Gate> {
  const counts = new Map<string, number>();
  const server = createServer((request, response) => {
    void (async () => {
      const body = await textOf(request);
      const cmdlet = /^\/cmdlet\/(.+)$/.exec(request.url ?? '')?.[1] ?? 'MpCmdRun';
      const elevated = (JSON.parse(body) as { elevated: boolean }).elevated;
      const count = (counts.get(cmdlet) ?? 0) + 1;
      if (elevated) counts.set(cmdlet, count);
      const asked = async (when: Passing['when']): Promise<boolean> =>
        !elevated || (await gate.onElevated({ cmdlet, count, when })) === 'pass';
      if (!(await asked('before'))) return;
      const answer = await passOn(gate.target, request, body);
      if (!(await asked('after'))) return;
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.text);
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const gate: Gate = {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    target: '',
    onElevated: () => Promise.resolve('pass'),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return gate;
}

async function passOn(
  target: string,
  from: IncomingMessage,
  body: string,
): Promise<{ readonly status: number; readonly text: string }> {
  return new Promise((resolve, reject) => {
    const headers = {
      authorization: from.headers.authorization ?? '',
      'content-type': 'application/json',
    };
    const to = ask(`${target}${from.url ?? ''}`, { method: 'POST', headers }, (answer) => {
      textOf(answer).then((text) => resolve({ status: answer.statusCode ?? 500, text }), reject);
    });
    to.on('error', reject);
    to.end(body);
  });
}

async function textOf(stream: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/** Tells of the process that a session has started elevated. */
export function watchStarted(
  session: PowerShellSession,
  onStarted: (pid: number) => void,
): Pick<PowerShellSession, 'run'> {
  return {
    async run(script, data, schema, options) {
      const answer = await session.run(script, data, schema, options);
      const pid = answer.kind === 'value' ? (answer.value as { pid?: unknown }).pid : null;
      if (typeof pid === 'number') onStarted(pid);
      return answer;
    },
  };
}
