// Stands for the lab over HTTP: answers what a test tells it to and keeps what it was asked. No Defender in it.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Asked {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: unknown;
}

export interface FakeLab {
  readonly environment: Readonly<Record<string, string>>;
  readonly asked: Asked[];
  /** By path; what is not in it is answered with 404. */
  readonly answers: Map<string, unknown>;
  close(): Promise<void>;
}

const token = 'of the fake lab';

export async function startFakeLab(): Promise<FakeLab> {
  const asked: Asked[] = [];
  const answers = new Map<string, unknown>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const path = request.url ?? '';
      const body: unknown = JSON.parse(Buffer.concat(chunks).toString('latin1'));
      asked.push({ path, authorization: request.headers.authorization, body });
      response.statusCode = answers.has(path) ? 200 : 404;
      response.end(JSON.stringify(answers.get(path) ?? { refused: 'no such route' }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { environment: environmentOf(server), asked, answers, close: () => closed(server) };
}

function environmentOf(server: Server): Readonly<Record<string, string>> {
  const { port } = server.address() as AddressInfo;
  return { GANGWAY_BENCH_LAB: `http://127.0.0.1:${port}`, GANGWAY_BENCH_TOKEN: token };
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
