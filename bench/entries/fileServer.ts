// Serves one file on loopback to anybody: `run.cjs <file>`. Prints its port. The same for both sides of a comparison.
import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const file = process.argv[2] ?? '';
const { size } = statSync(file);
const server = createServer((_, response) => {
  response.writeHead(200, { 'content-type': 'application/zip', 'content-length': size });
  createReadStream(file, { highWaterMark: 1 << 20 }).pipe(response);
});
server.listen(0, '127.0.0.1', () => {
  console.log((server.address() as AddressInfo).port);
});
