// Serves a folder that is laid out as go.dev's on loopback: `run.cjs <folder>`. Prints its port. The same for both sides
// of a comparison.
import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';

const folder = process.argv[2] ?? '';
const server = createServer((request, response) => {
  const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
  const path = join(folder, pathname === '/' ? 'index.json' : basename(pathname));
  const size = statSync(path, { throwIfNoEntry: false })?.size;
  if (size === undefined) {
    response.writeHead(404).end();
    return;
  }
  const type = path.endsWith('.json') ? 'application/json' : 'application/octet-stream';
  response.writeHead(200, { 'content-type': type, 'content-length': size });
  createReadStream(path, { highWaterMark: 1 << 20 }).pipe(response);
});
server.listen(0, '127.0.0.1', () => {
  console.log((server.address() as AddressInfo).port);
});
