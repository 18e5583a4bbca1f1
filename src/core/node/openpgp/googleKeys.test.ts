import { readFileSync, writeFileSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { PrivateKey } from 'openpgp';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  fingerprint,
  forge,
  makeKey,
  primaryOf,
  publicOf,
  subkeyOf,
} from '../../../../test/support/openpgp';
import { temporaryFolder } from '../../../../test/support/temporary';
import { startTestWorker } from '../../../../test/support/worker';
import type { SideText } from '../../ports';
import { Workers } from '../worker/workers';
import { googleKeys } from './googleKeys';
import { loadOpenPgp, type OpenPgp } from './load';

const workers = new Workers(startTestWorker);
afterAll(() => workers.close());
const scratch = temporaryFolder();
const from = 'https://keys.example/linux_signing_key.pub';
const goDev = { kind: 'go.dev' } as const;
const text = 'hello\n';

let openpgp: OpenPgp;
let google: PrivateKey;
/** The same key with a subkey that came later. */
let rotated: PrivateKey;
let mallory: PrivateKey;
beforeAll(async () => {
  openpgp = await loadOpenPgp();
  google = await makeKey({ made: '2024-01-01T00:00:00Z' });
  rotated = await google.addSubkey({
    type: 'ecc',
    curve: 'ed25519Legacy',
    sign: true,
    date: new Date('2025-01-01T00:00:00Z'),
  });
  mallory = await makeKey({ made: '2024-01-01T00:00:00Z', name: 'Mallory' });
});

let state = '';
let count = 0;
beforeEach(() => {
  state = join(scratch, String((count += 1)));
  mkdirSync(state);
});
const answering = (answer: SideText) =>
  googleKeys({
    stateFolder: state,
    workers,
    sources: { signingKeys: () => Promise.resolve(answer) },
  });
const publishing = (armored: string) => answering({ kind: 'found', text: armored, from });
const keptPath = () => join(state, 'keys', 'google.asc');
const check = async (keyring: string): Promise<string> => {
  const answer = await workers.run('pgp.check', {
    text,
    signature: await forge(subkeyOf(rotated), text, { at: '2025-06-01T00:00:00Z' }),
    keyring,
    primaryFingerprints: [fingerprint(google)],
  });
  return answer.kind === 'good' ? 'good' : answer.why;
};

describe('what Google publishes now', () => {
  it('brings a new subkey of the pinned key, and no other key', async () => {
    expect(await check(publicOf(google))).toBe('unknownKey');
    const keys = publishing(publicOf(mallory) + publicOf(rotated));
    const answer = await keys.refresh(goDev, [fingerprint(google)]);
    expect(answer).toMatchObject({ kind: 'refreshed', from });
    const kept = await keys.kept(goDev);
    expect(await check(kept)).toBe('good');
    const read = await openpgp.readKeys({ armoredKeys: kept });
    expect(read.map((key) => key.getFingerprint().toUpperCase())).toEqual([fingerprint(google)]);
    expect(readFileSync(keptPath(), 'utf8')).toBe(kept);
  });

  it('without the pinned key is refused, and what was kept stays', async () => {
    const pinned = [fingerprint(google)];
    await publishing(publicOf(google)).refresh(goDev, pinned);
    const before = readFileSync(keptPath(), 'utf8');
    expect(await publishing(publicOf(mallory)).refresh(goDev, pinned)).toEqual({
      kind: 'notPinned',
      from,
      fingerprints: [fingerprint(mallory)],
    });
    expect(readFileSync(keptPath(), 'utf8')).toBe(before);
  });

  it('with a subkey moved to another primary key is refused', async () => {
    const stolen = await openpgp.readKey({ armoredKey: publicOf(mallory) });
    const [subkey] = rotated.toPublic().subkeys;
    if (subkey !== undefined) stolen.subkeys.push(subkey);
    const keys = publishing(stolen.armor());
    expect(await keys.refresh(goDev, [fingerprint(google)])).toMatchObject({ kind: 'notPinned' });
    expect(existsSync(keptPath())).toBe(false);
  });

  it.each<[string, () => SideText]>([
    ['out of reach', () => ({ kind: 'unavailable', from, cause: 'ENOTFOUND' })],
    ['a web page', () => ({ kind: 'unusable', from, cause: 'text/html' })],
    ['not there', () => ({ kind: 'notPublished', from })],
    ['no key', () => ({ kind: 'found', text: 'hello', from })],
    ['a secret key', () => ({ kind: 'found', text: google.armor(), from })],
  ])('%s is no answer', async (_name, answer) => {
    const keys = answering(answer());
    expect(await keys.refresh(goDev, [fingerprint(google)])).toMatchObject({
      kind: 'unavailable',
      from,
    });
    expect(await keys.kept(goDev)).toBe('');
  });

  it('in a copy that does not vouch for itself is no answer', async () => {
    const bare = await openpgp.readKey({ armoredKey: publicOf(google) });
    for (const user of bare.users) user.selfCertifications = [];
    expect(await publishing(bare.armor()).refresh(goDev, [fingerprint(google)])).toMatchObject({
      kind: 'unavailable',
    });
    expect(existsSync(keptPath())).toBe(false);
  });

  it('in an old copy does not make a revocation forgotten', async () => {
    const revoked = await openpgp.readPrivateKey({ armoredKey: rotated.armor() });
    const [subkey] = revoked.subkeys;
    if (subkey === undefined) throw new Error('no subkey');
    revoked.subkeys[0] = await subkey.revoke(
      primaryOf(revoked),
      { flag: openpgp.enums.reasonForRevocation.keyCompromised },
      new Date('2025-07-01T00:00:00Z'),
    );
    const pinned = [fingerprint(google)];
    await publishing(revoked.toPublic().armor()).refresh(goDev, pinned);
    await publishing(publicOf(rotated)).refresh(goDev, pinned);
    expect(await check(await publishing('').kept(goDev))).toBe('revoked');
  });

  it('in an old copy does not take a subkey away, and the file does not grow', async () => {
    const pinned = [fingerprint(google)];
    await publishing(publicOf(rotated)).refresh(goDev, pinned);
    const before = readFileSync(keptPath(), 'utf8');
    await publishing(publicOf(google)).refresh(goDev, pinned);
    await publishing(publicOf(rotated)).refresh(goDev, pinned);
    const after = readFileSync(keptPath(), 'utf8');
    expect(await check(after)).toBe('good');
    expect(after.length).toBe(before.length);
  });

  it('replaces a damaged file', async () => {
    mkdirSync(join(state, 'keys'));
    writeFileSync(keptPath(), 'damaged');
    const keys = publishing(publicOf(rotated));
    expect(await keys.kept(goDev)).toBe('damaged');
    await keys.refresh(goDev, [fingerprint(google)]);
    expect(await check(await keys.kept(goDev))).toBe('good');
  });
});

it('what the lab’s mirror publishes is kept apart, either way', async () => {
  const pinned = [fingerprint(google)];
  await publishing(publicOf(rotated)).refresh({ kind: 'embedded' }, pinned);
  const keys = publishing(publicOf(google));
  expect(await keys.kept(goDev)).toBe('');
  expect(await keys.kept({ kind: 'folder', path: '/x' })).toBe('');
  expect(await check(await keys.kept({ kind: 'embedded' }))).toBe('good');
  await keys.refresh(goDev, pinned);
  expect(await check(await keys.kept(goDev))).toBe('unknownKey');
});

it('a state folder that cannot be read is a failure', async () => {
  mkdirSync(keptPath(), { recursive: true });
  await expect(publishing('').kept(goDev)).rejects.toMatchObject({ failure: { code: 'internal' } });
});
