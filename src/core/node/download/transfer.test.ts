import { mkdtempSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { failureFrom, loopback } from '../../../../test/support/loopback';
import { temporaryFolder } from '../../../../test/support/temporary';
import { FailureError } from '../../failureError';
import { createHttp } from '../http';
import { cacheFiles } from './cacheFiles';
import { Part } from './part';
import { transfer } from './transfer';

const scratch = temporaryFolder();
const { secure, secureContext, afterwards } = loopback();

async function transferFrom(from: string, size = 1000): Promise<string[]> {
  const folder = mkdtempSync(join(scratch, 't-'));
  const { signal } = new AbortController();
  const part = await Part.open(cacheFiles(folder, 'ab'.repeat(32)), () => undefined, signal);
  const http = createHttp({ userAgent: 'Gangway/0.0.0', large: true, secureContext });
  afterwards(() => http.close());
  const wanted = { from, filename: 'go1.27.0.windows-amd64.zip', size };
  try {
    await transfer(wanted, part, http, () => undefined, signal);
  } finally {
    part.keep();
  }
  return readdirSync(folder);
}

it("a sign-in page that is reached by leaving https is named as the network's", async () => {
  const base = await secure((_, response) => {
    response.writeHead(302, { location: 'http://login.guest-wifi.example/portal?to=go.dev' }).end();
  });
  const error = await failureFrom(transferFrom(`${base}/dl/go1.27.0.windows-amd64.zip`));
  expect(error).toBeInstanceOf(FailureError);
  expect((error as FailureError).failure).toMatchObject({
    code: 'download.notGo',
    params: { host: 'localhost' },
    details: [
      { id: 'asked', value: `${base}/dl/go1.27.0.windows-amd64.zip` },
      { id: 'answeredBy', value: 'http://login.guest-wifi.example/portal?to=go.dev, status 302' },
      { id: 'expected', value: 'application/zip, 1,000 bytes' },
    ],
  });
});

it('a page of unknown length is counted, and a long one is not read to its end', async () => {
  const paged = async (length: number) => {
    const base = await secure((_, response) => {
      response.write('<html><body>');
      response.end(Buffer.alloc(length, 32));
    });
    const error = await failureFrom(transferFrom(base));
    const { code, details } = (error as FailureError).failure;
    expect(code).toBe('download.notGo');
    return details.find((detail) => detail.id === 'received')?.value;
  };
  expect(await paged(988)).toBe('1,000 bytes');
  expect(await paged(1_000_000)).toBeUndefined();
});

it('a file without a length is ended where it becomes too long', async () => {
  const bytes = Buffer.alloc(200_000);
  bytes.write('PK\u0003\u0004', 'latin1');
  const base = await secure((_, response) => {
    response.write(bytes);
    response.end(bytes);
  });
  const error = await failureFrom(transferFrom(base, 250_000));
  expect((error as FailureError).failure.code).toBe('download.tooLarge');
});

it('a whole file over TLS is kept', async () => {
  const bytes = Buffer.alloc(3_000_000, 7);
  bytes.write('PK\u0003\u0004', 'latin1');
  const base = await secure((_, response) => response.end(bytes));
  expect(await transferFrom(base, bytes.length)).toContain(`${'ab'.repeat(32)}.partial`);
});
