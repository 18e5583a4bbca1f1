import { describe, expect, it } from 'vitest';
import recorded from './data/pins.json';
import { artefactOf } from './artefact';
import { readVerifierKey } from './log/signedNote';
import { pinFor } from './pins';
import { isProductionTrust, labTrust, productionTrust, withGoogleKeyring } from './trust';

describe('the roots that are built in', () => {
  it('are Go’s checksum database and Google’s key, and nothing else', () => {
    const { checksumDatabase, openpgp, kind } = productionTrust;
    expect(kind).toBe('production');
    expect(checksumDatabase.verifierKeys.map((key) => readVerifierKey(key).id)).toEqual([
      'sum.golang.org+033de0ae',
    ]);
    expect(openpgp.primaryFingerprints).toEqual(['EB4C1BFD4F042F6DDDCCEC917721F63BD38B4796']);
    expect(openpgp.keyring.match(/BEGIN PGP PUBLIC KEY BLOCK/g)).toHaveLength(1);
    expect(openpgp.keyring).not.toContain('PRIVATE');
  });

  it('take a refreshed keyring beside the bundled one, and no other fingerprint', () => {
    const refreshed = withGoogleKeyring('NEWER');
    expect(refreshed.openpgp.keyring).toContain('NEWER');
    expect(refreshed.openpgp.keyring).toContain(productionTrust.openpgp.keyring);
    expect(refreshed.openpgp.primaryFingerprints).toEqual(
      productionTrust.openpgp.primaryFingerprints,
    );
    expect(isProductionTrust(refreshed)).toBe(true);
  });

  it('cannot be changed, copied or claimed by the lab', () => {
    expect(() => {
      Object.assign(productionTrust, { kind: 'lab' });
    }).toThrow(TypeError);
    expect(() => {
      Object.assign(productionTrust.checksumDatabase, { verifierKeys: [] });
    }).toThrow(TypeError);
    expect(() => {
      (productionTrust.openpgp.primaryFingerprints as string[]).push('OTHER');
    }).toThrow(TypeError);
    expect(isProductionTrust({ ...productionTrust })).toBe(false);
    expect(isProductionTrust(labTrust(productionTrust))).toBe(false);
    expect(labTrust(productionTrust).kind).toBe('lab');
  });
});

describe('the bundled pins', () => {
  it('are 596, each a hash and a date under a name that Go gives', () => {
    const entries = Object.entries(recorded.files);
    expect(entries).toHaveLength(596);
    for (const [name, [sha256, date]] of entries) {
      expect(name).toMatch(/^go[0-9a-z.]+\.windows-(386|amd64|arm64|arm)\.zip$/);
      expect(sha256).toMatch(/^[0-9a-f]{64}$/);
      expect(date).toMatch(/^20\d\d-\d\d-\d\d$/);
    }
    expect(new Set(entries.map(([, [sha256]]) => sha256)).size).toBe(596);
  });

  it('know a release by its exact name', () => {
    expect(pinFor('go1.27.0.windows-amd64.zip')).toEqual({
      sha256: 'f0c0a0d33ba94f4d2c5dbc887334ce678b21813504ddb3aafcb06e60a5a667c4',
      date: '2026-08-19',
    });
    for (const name of [
      'go1.27.0.windows-amd64.msi',
      'GO1.27.0.windows-amd64.zip',
      '',
      '__proto__',
    ]) {
      expect(pinFor(name)).toBeNull();
    }
  });
});

describe('a file by its name', () => {
  it.each([
    ['go1.27.0.windows-amd64.zip', 'zip', 'go1.27.0'],
    ['go1.20.windows-386.zip', 'zip', 'go1.20'],
    ['go1.28rc1.windows-arm64.msi', 'msi', 'go1.28rc1'],
    ['go1.27.0.linux-amd64.tar.gz', 'tarGz', 'go1.27.0'],
    ['go1.27.0.darwin-arm64.pkg', 'pkg', 'go1.27.0'],
    ['go1.27.0.src.tar.gz', 'source', 'go1.27.0'],
  ])('%s', (filename, kind, version) => {
    expect(artefactOf(filename)).toMatchObject({ kind, version, filename });
  });

  it.each([
    '',
    'go1.27.0.zip',
    'x/go1.27.0.windows-amd64.zip',
    'go1.27.0.windows-amd64.zip.exe',
    'go1.27.0.windows-arm.zip',
    'go.windows-amd64.zip',
    'go1.27.0.windows-amd64.zip\n',
    'go1.27.0.src.zip',
  ])('%j is none', (filename) => {
    expect(artefactOf(filename)).toBeNull();
  });
});
