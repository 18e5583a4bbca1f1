import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { catalogueContract, sampleList } from '../../../../test/contract/catalogue';
import { temporaryFolder } from '../../../../test/support/temporary';
import { buildMirror, serveMirror } from '../../lab/mirror';
import { createHttp } from '../http';
import { nodeCatalogue } from './catalogue';
import { readList } from './readList';

const http = createHttp({ userAgent: 'Gangway/0.0.0', stallMs: 2_000 });
afterAll(() => {
  http.close();
});

describe('the catalogue over HTTP', () => {
  catalogueContract((stateFolder, now) => nodeCatalogue({ stateFolder, http, now }));
});

describe('the embedded source', () => {
  const scratch = temporaryFolder();

  it('has one cache, whatever port its mirror has today', async () => {
    const folder = join(scratch, 'mirror');
    await buildMirror(folder, {
      releases: [{ version: 'go1.27.0', time: '2026-08-18T21:24:23Z', archs: ['amd64'] }],
    });
    const stateFolder = join(scratch, 'state');
    let base: string | null = null;
    const catalogue = nodeCatalogue({ stateFolder, http, embedded: () => base });
    for (let i = 0; i < 2; i++) {
      const mirror = await serveMirror(folder);
      base = mirror.base;
      expect(await catalogue.list({ kind: 'embedded' })).toMatchObject({ fromCache: false });
      expect(catalogue.locate({ kind: 'embedded' }, 'go1.27.0.windows-amd64.zip')).toBe(
        `${base}/dl/go1.27.0.windows-amd64.zip`,
      );
      await mirror.close();
    }
    expect(readdirSync(join(stateFolder, 'catalogue'))).toHaveLength(1);
    expect(await catalogue.list({ kind: 'embedded' })).toMatchObject({ fromCache: true });
  });

  it('is named as missing where no mirror is served', () => {
    const catalogue = nodeCatalogue({ stateFolder: scratch, http });
    expect(() => catalogue.locate({ kind: 'embedded' }, 'go1.27.0.windows-amd64.zip')).toThrow(
      'adapter.missing',
    );
  });
});

describe('reading a list', () => {
  it('leaves out a kind of file that Go adds one day', () => {
    const text = JSON.stringify(
      sampleList.map((release) => ({
        ...release,
        files: [...release.files, { ...release.files[0], filename: 'x', kind: 'attestation' }],
      })),
    );
    expect(readList(text)).toEqual({ kind: 'list', releases: sampleList });
  });

  it('answers for anything that is thrown at it', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.jsonValue().map((v) => JSON.stringify([v])),
        ),
        (text) => {
          expect(['list', 'notJson', 'wrongShape']).toContain(readList(text).kind);
        },
      ),
    );
  });

  const listFile = resolve('../shared/data/go-dl-2021-11-08.json');
  const hasList = existsSync(listFile);
  if (!hasList) console.info(`skipped: the real list of 2,971 files is not at ${listFile}`);

  it.skipIf(!hasList)('takes the whole real list of November 2021', () => {
    const reading = readList(readFileSync(listFile, 'utf8'));
    expect(reading.kind).toBe('list');
    const releases = reading.kind === 'list' ? reading.releases : [];
    expect(releases).toHaveLength(202);
    expect(releases.flatMap((release) => release.files)).toHaveLength(2971);
  });
});
