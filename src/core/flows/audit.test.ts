import { appendFileSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { manifestOf, smallFiles, smallRelease } from '../../../test/support/smallRelease';
import { temporaryFolder } from '../../../test/support/temporary';
import { startTestWorker } from '../../../test/support/worker';
import { translate } from '../../shared/text/translate';
import { asFailure } from '../failureError';
import { nodeArchives } from '../node/archive/archives';
import { nodeFiles } from '../node/files';
import { nodeInstaller } from '../node/install/installer';
import { manifestStore } from '../node/install/manifestStore';
import { nodeTrees } from '../node/install/trees';
import { Workers } from '../node/worker/workers';
import { h1OfManifest } from '../verify/h1';
import { auditTree, type AuditPorts, type AuditRequest } from './audit';

const folder = temporaryFolder();
const workers = new Workers(startTestWorker);
afterAll(() => workers.close());
const archives = nodeArchives(workers);
const kept = manifestStore(join(folder, 'manifests'));
const nothingKept = manifestStore(join(folder, 'none'));
const release = smallRelease(folder);

let count = 0;
let root = '';
beforeEach(async () => {
  const installRoot = join(folder, `root-${String(count++)}`);
  const installer = nodeInstaller({ workers, files: nodeFiles, manifests: kept });
  root = (await installer.unpack(release, installRoot, () => undefined)).root;
});

const audit = (
  request: Partial<AuditRequest> = {},
  ports: Partial<AuditPorts> = {},
): ReturnType<typeof auditTree> =>
  auditTree(
    { archives, trees: nodeTrees, manifests: nothingKept, ...ports },
    { root, against: null, ...request },
  );
const archive = { kind: 'archive', path: release.archive } as const;
const database = { lookupH1: () => Promise.resolve(release.h1) };

function damage(): void {
  rmSync(join(root, 'pkg/tool/windows_amd64/compile.exe'));
  rmSync(join(root, 'LICENSE'));
  appendFileSync(join(root, 'src/p1/f1.go'), '// changed');
  writeFileSync(join(root, 'src/p1/extra.go'), 'package p');
}
const damaged = {
  verdict: 'changed',
  changed: ['src/p1/f1.go'],
  missing: ['LICENSE', 'pkg/tool/windows_amd64/compile.exe'],
  extra: ['src/p1/extra.go'],
};

describe('an audit against an archive', () => {
  it('calls a tree genuine that Gangway unpacked, its own notes left out', async () => {
    expect(await audit({ against: archive })).toEqual({
      verdict: 'genuine',
      version: 'go1.27.0',
      os: 'windows',
      arch: 'amd64',
      h1: release.h1,
      files: release.manifest.size,
      changed: [],
      missing: [],
      extra: [],
      links: [],
      basis: 'archive',
      notes: [],
    });
  });

  it('names what changed, what is missing and what is new, and says who may have taken a program', async () => {
    damage();
    const report = await audit({ against: archive });
    expect(report).toMatchObject(damaged);
    expect(report.notes.map((note) => translate('en', note))).toEqual([
      'compile.exe is missing: Defender may have taken it.',
    ]);
  });

  it('takes a link for a change, even one that leads to the same file', async () => {
    rmSync(join(root, 'LICENSE'));
    writeFileSync(join(root, '..', 'LICENSE'), 'BSD');
    symlinkSync('../LICENSE', join(root, 'LICENSE'));
    expect(await audit({ against: archive })).toMatchObject({
      verdict: 'changed',
      missing: ['LICENSE'],
      links: ['LICENSE'],
    });
  });

  it('goes by a manifest in hand just as well', async () => {
    const manifest = manifestOf(smallFiles('go1.27.0'));
    expect((await audit({ against: { kind: 'manifest', manifest } })).verdict).toBe('genuine');
    damage();
    expect(await audit({ against: { kind: 'manifest', manifest } })).toMatchObject(damaged);
  });
});

describe('an audit without an archive', () => {
  it('knows names offline from the manifest that was kept', async () => {
    expect(await audit({}, { manifests: kept })).toMatchObject({
      verdict: 'genuine',
      basis: 'manifest',
    });
    damage();
    expect(await audit({}, { manifests: kept })).toMatchObject({ ...damaged, basis: 'manifest' });
  });

  it('finds that manifest by version and platform for a tree of another installer', async () => {
    rmSync(join(root, '.gangway.json'));
    expect(await audit({}, { manifests: kept })).toMatchObject({ verdict: 'genuine' });
    damage();
    expect(await audit({}, { manifests: kept })).toMatchObject(damaged);
  });

  it('goes by the checksum database, and says what its hash does not cover', async () => {
    const report = await audit(database);
    expect(report).toMatchObject({ verdict: 'genuine', basis: 'checksumDatabase', missing: [] });
    expect(report.notes.map((note) => translate('en', note))).toEqual([
      '2 files below api, doc, misc and test are not covered by the checksum database.',
    ]);
    damage();
    const changed = await audit(database);
    expect(changed).toMatchObject({ verdict: 'changed', changed: [], missing: [], extra: [] });
    expect(changed.notes[0]?.key).toBe('audit.namesUnknown');
  });

  it('asks the database for exactly this release', async () => {
    const asked: unknown[] = [];
    await audit({
      lookupH1: (identity) => {
        asked.push(identity);
        return Promise.resolve(null);
      },
    });
    expect(asked).toEqual([{ version: 'go1.27.0', os: 'windows', arch: 'amd64' }]);
  });

  it('takes names from a kept manifest that the database confirms', async () => {
    damage();
    expect(await audit(database, { manifests: kept })).toMatchObject({
      ...damaged,
      basis: 'checksumDatabase',
    });
  });

  it('does not believe a kept manifest that the database contradicts', async () => {
    // Tree and manifest were changed alike.
    appendFileSync(join(root, 'src/p1/f1.go'), '// changed');
    const { manifest } = await archives.treeManifest(root);
    const forged = new Map([...manifest].filter(([path]) => path !== '.gangway.json'));
    const { h1 } = h1OfManifest(forged, 'go1.27.0', 'windows', 'amd64');
    const forgery = { ...release, manifest: forged, h1 };
    const manifests = {
      bySha256: () => Promise.resolve(forgery),
      byVersion: () => Promise.resolve([forgery]),
    };
    expect(await audit({}, { manifests })).toMatchObject({ verdict: 'genuine', basis: 'manifest' });
    expect(await audit(database, { manifests })).toMatchObject({
      verdict: 'changed',
      basis: 'checksumDatabase',
      changed: [],
    });
  });

  it('says "unknown" where there is nothing to compare with', async () => {
    for (const request of [{}, { lookupH1: () => Promise.resolve(null) }]) {
      const report = await audit(request);
      expect(report).toMatchObject({ verdict: 'unknown', basis: 'none', h1: release.h1 });
      expect(report.notes[0]?.key).toBe('audit.noReference');
    }
    rmSync(join(root, 'VERSION'));
    const report = await audit(database);
    expect(report).toMatchObject({ verdict: 'unknown', version: null, h1: null });
    expect(report.notes[0]?.key).toBe('audit.noVersion');
  });

  it('finds a tree changed that says it is another version', async () => {
    writeFileSync(join(root, 'VERSION'), 'go1.27.1\n');
    expect((await audit(database, { manifests: kept })).verdict).toBe('changed');
  });

  it('names a folder that is not there, and finds no Go in an empty one', async () => {
    const missing = await audit({ root: join(folder, 'absent') }).catch(asFailure);
    expect(missing).toMatchObject({ code: 'disk.missing' });
    mkdirSync(join(folder, 'empty'));
    expect(await audit({ root: join(folder, 'empty'), ...database })).toMatchObject({
      verdict: 'unknown',
      files: 0,
    });
  });
});
