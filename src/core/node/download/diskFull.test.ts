import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type * as Fs from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { temporaryFolder } from '../../../../test/support/temporary';
import { FailureError } from '../../failureError';
import { defaultTiming } from './downloads';
import { fetchFile } from './fetchJob';

const full = vi.hoisted(() => ({ forTexts: false }));
vi.mock('node:fs', async (original) => {
  const fs = await original<typeof Fs>();
  return {
    ...fs,
    writeSync: (fd: number, data: string | Buffer) => {
      if (typeof data === 'string' && !full.forTexts) return fs.writeSync(fd, data);
      throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    },
  };
});

describe.each([
  { forTexts: false, left: [`${'ab'.repeat(32)}.partial`] },
  { forTexts: true, left: [] },
])('a disk that fills up, small files too: $forTexts', ({ forTexts, left }) => {
  it('is named, with how much there is and is needed, and leaves no lock', async () => {
    full.forTexts = forTexts;
    const folder = temporaryFolder();
    const from = join(folder, 'go1.27.0.windows-amd64.zip');
    const bytes = Buffer.alloc(100_000);
    bytes.write('PK\u0003\u0004', 'latin1');
    writeFileSync(from, bytes);
    const request = {
      from,
      filename: 'go1.27.0.windows-amd64.zip',
      sha256: 'ab'.repeat(32),
      size: bytes.length,
    };
    const cache = join(folder, 'cache');
    const running = fetchFile(
      { folder: cache, request, userAgent: 'x', proxies: null, timing: defaultTiming },
      { report: () => undefined, signal: new AbortController().signal },
    );
    const error: unknown = await running.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(FailureError);
    const { failure } = error as FailureError;
    expect(failure.code).toBe('disk.full');
    expect(failure.params).toMatchObject({ path: cache, needed: bytes.length });
    expect(failure.params['free']).toBeGreaterThan(0);
    expect(readdirSync(cache)).toEqual(left);
  });
});
