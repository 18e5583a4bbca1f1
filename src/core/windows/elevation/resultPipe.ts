// Where an elevated helper finds the one who sent it: a named pipe, or where there is no Windows a Unix socket in a folder
// of its own. The name is taken before anyone is asked, and only if it is free.
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface ResultPipe {
  /** As the helper is told it: only characters that end no PowerShell string. */
  readonly name: string;
  /** Nobody can connect any more, and who is connected is cut off. Does not fail. */
  close(): Promise<void>;
}

/** @throws what the system says, EADDRINUSE where someone has taken the name first */
export type OpenResultPipe = (onClient: (client: Socket) => void) => Promise<ResultPipe>;

/**
 * Libuv makes the first instance of a pipe with FILE_FLAG_FIRST_PIPE_INSTANCE, so that a name which exists is an error; a
 * Unix socket is bound to a path that does not exist yet.
 */
export const openResultPipe: OpenResultPipe = async (onClient) => {
  const name = `gangway-${randomBytes(16).toString('hex')}`;
  if (process.platform === 'win32') return listen(`\\\\.\\pipe\\${name}`, name, null, onClient);
  // Only the user may enter it.
  const folder = await mkdtemp(join(tmpdir(), 'gangway-pipe-'));
  const path = join(folder, 'pipe');
  return listen(path, path, folder, onClient);
};

/** @param path what is listened on; @param folder goes with the pipe */
export async function listen(
  path: string,
  name: string,
  folder: string | null,
  onClient: (client: Socket) => void,
): Promise<ResultPipe> {
  const clients = new Set<Socket>();
  const server = createServer((client) => {
    clients.add(client);
    // A stranger who breaks off is none of our errors; who matters is heard by its end.
    client.on('error', () => client.destroy());
    client.on('close', () => clients.delete(client));
    onClient(client);
  });
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ path, exclusive: true, readableAll: false, writableAll: false }, () => {
        server.off('error', reject);
        resolve();
      });
    });
  } catch (error) {
    if (folder !== null) await rm(folder, { recursive: true, force: true });
    throw error;
  }
  // An accept that fails later leaves the server as it is: the helper's absence ends the wait.
  server.on('error', () => undefined);
  return {
    name,
    async close() {
      const closed = new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      for (const client of clients) client.destroy();
      await closed;
      // An empty folder that stays is no reason to doubt what was heard.
      if (folder !== null)
        await rm(folder, { recursive: true, force: true }).catch(() => undefined);
    },
  };
}
