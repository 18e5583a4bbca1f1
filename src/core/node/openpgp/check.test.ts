import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PrivateKey } from 'openpgp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dsaKey, dsaSignature } from '../../../../test/support/dsaSignature';
import {
  fingerprint,
  forge,
  joined,
  makeKey,
  primaryOf,
  publicOf,
  subkeyOf,
} from '../../../../test/support/openpgp';
import { temporaryFolder } from '../../../../test/support/temporary';
import { startTestWorker } from '../../../../test/support/worker';
import { Workers } from '../worker/workers';
import { loadOpenPgp, type OpenPgp } from './load';

const workers = new Workers(startTestWorker);
const folder = temporaryFolder();
afterAll(() => workers.close());

const text = 'hello\n';
const year = 365 * 24 * 60 * 60;
const now = Date.parse('2026-11-24T00:00:00Z');

let openpgp: OpenPgp;
/** Made in 2020, with a subkey for signing that ended in January 2023. */
let key: PrivateKey;
let mallory: PrivateKey;
let rsa: PrivateKey;

beforeAll(async () => {
  openpgp = await loadOpenPgp();
  key = await makeKey({ made: '2020-01-01T00:00:00Z', subkeyLasts: 3 * year });
  mallory = await makeKey({ made: '2020-01-01T00:00:00Z', name: 'Mallory' });
  rsa = await makeKey({ made: '2020-01-01T00:00:00Z', rsaBits: 2048, withEncryptionSubkey: true });
});

interface Ask {
  readonly signature: string;
  readonly keyring?: string;
  readonly pinned?: readonly string[];
  readonly content?: string;
  readonly at?: number;
}

const check = ({ signature, keyring, pinned, content = text, at = now }: Ask) =>
  workers.run('pgp.check', {
    text: content,
    signature,
    keyring: keyring ?? publicOf(key),
    primaryFingerprints: pinned ?? [fingerprint(key)],
    now: at,
  });

const refusal = async (ask: Ask): Promise<string> => {
  const answer = await check(ask);
  return answer.kind === 'refused' ? answer.why : 'good';
};

describe('a key is judged at the time of the signature', () => {
  it('made while the subkey was valid, checked years after it expired: good', async () => {
    const signature = await forge(subkeyOf(key), text, { at: '2022-12-30T00:00:00Z' });
    expect(await check({ signature })).toEqual({
      kind: 'good',
      primaryFingerprint: fingerprint(key),
      signingFingerprint: key.subkeys[0]?.getFingerprint().toUpperCase(),
      userId: 'Contoso IT <it@contoso.example>',
      madeAt: '2022-12-30T00:00:00.000Z',
      keyExpires: '2022-12-31T00:00:00.000Z',
    });
  });

  it('made after the subkey expired: refused', async () => {
    const signature = await forge(subkeyOf(key), text, { at: '2023-06-01T00:00:00Z' });
    expect(await refusal({ signature })).toBe('madeAfterExpiry');
  });

  it('made before the key: refused', async () => {
    const signature = await forge(subkeyOf(key), text, { at: '2019-12-31T00:00:00Z' });
    expect(await refusal({ signature })).toBe('madeBeforeKey');
  });

  it('made in the future, beyond what a wrong clock explains: refused', async () => {
    const at = Date.parse('2022-01-01T00:00:00Z');
    const soon = await forge(subkeyOf(key), text, { at: '2022-01-01T20:00:00Z' });
    expect(await refusal({ signature: soon, at })).toBe('good');
    const later = await forge(subkeyOf(key), text, { at: '2022-01-03T00:00:00Z' });
    expect(await refusal({ signature: later, at })).toBe('madeInFuture');
  });

  it('a signature with an end of its own ends', async () => {
    const signature = await forge(subkeyOf(key), text, { at: '2022-01-01T00:00:00Z', lasts: 60 });
    expect(await refusal({ signature })).toBe('signatureExpired');
  });

  it('of a primary key that expired: before good, after refused', async () => {
    const short = await makeKey({ made: '2020-01-01T00:00:00Z', lasts: year });
    const parts = { keyring: publicOf(short), pinned: [fingerprint(short)] };
    const before = await forge(primaryOf(short), text, { at: '2020-06-01T00:00:00Z' });
    const after = await forge(primaryOf(short), text, { at: '2021-06-01T00:00:00Z' });
    expect(await refusal({ ...parts, signature: before })).toBe('good');
    expect(await refusal({ ...parts, signature: after })).toBe('madeAfterExpiry');
  });

  it('a renewed key still vouches for what it signed before', async () => {
    const { privateKey: renewed } = await openpgp.reformatKey({
      privateKey: key,
      userIDs: [{ name: 'Contoso IT', email: 'it@contoso.example' }],
      date: new Date('2024-01-01T00:00:00Z'),
      keyExpirationTime: 6 * year,
      format: 'object',
    });
    const signature = await forge(primaryOf(key), text, { at: '2021-01-01T00:00:00Z' });
    expect(await refusal({ signature, keyring: publicOf(renewed) })).toBe('good');
    // Also once the renewal itself has run out.
    expect(
      await refusal({ signature, keyring: publicOf(renewed), at: now + 20 * year * 1000 }),
    ).toBe('good');
  });
});

describe('whose key', () => {
  it('not in the keyring: refused, and its id is told', async () => {
    const signature = await forge(primaryOf(mallory), text, { at: '2022-01-01T00:00:00Z' });
    expect(await check({ signature })).toMatchObject({
      why: 'unknownKey',
      detail: fingerprint(mallory),
    });
  });

  it('in the keyring, but not pinned: refused', async () => {
    const signature = await forge(primaryOf(mallory), text, { at: '2022-01-01T00:00:00Z' });
    const keyring = publicOf(key) + publicOf(mallory);
    expect(await refusal({ signature, keyring })).toBe('wrongPrimary');
    expect(await refusal({ signature, keyring, pinned: [fingerprint(mallory)] })).toBe('good');
  });

  it('is found in any of several armour blocks, with broken ones between', async () => {
    const broken = publicOf(mallory).replace(/\n[A-Za-z0-9+/]{20}/, '\nAAAAAAAAAAAAAAAAAAAA');
    const keyring = `notes\n${broken}\n${publicOf(mallory)}\n\n${publicOf(key)}\nend\n`;
    const signature = await forge(subkeyOf(key), text, { at: '2022-01-01T00:00:00Z' });
    expect(await refusal({ signature, keyring })).toBe('good');
    expect(await refusal({ signature, keyring: '' })).toBe('unknownKey');
    expect(await refusal({ signature, keyring: 'no key at all' })).toBe('unknownKey');
  });

  it('a subkey of one key does not become that of another', async () => {
    const stolen = await openpgp.readKey({ armoredKey: publicOf(mallory) });
    const [subkey] = (await openpgp.readKey({ armoredKey: publicOf(key) })).subkeys;
    if (subkey !== undefined) stolen.subkeys.push(subkey);
    const signature = await forge(subkeyOf(key), text, { at: '2022-01-01T00:00:00Z' });
    expect(
      await refusal({ signature, keyring: stolen.armor(), pinned: [fingerprint(mallory)] }),
    ).toBe('notForSigning');
  });

  it('a subkey that is not for signing: refused', async () => {
    const signature = await forge(subkeyOf(rsa), text, { at: '2022-01-01T00:00:00Z' });
    const parts = { keyring: publicOf(rsa), pinned: [fingerprint(rsa)] };
    expect(await refusal({ ...parts, signature })).toBe('notForSigning');
    const own = await forge(primaryOf(rsa), text, { at: '2022-01-01T00:00:00Z' });
    expect(await refusal({ ...parts, signature: own })).toBe('good');
  });
});

describe('revoked', () => {
  const signed = () => forge(subkeyOf(key), text, { at: '2022-01-01T00:00:00Z' });

  it('the primary key, whenever that was: refused', async () => {
    for (const flag of [
      openpgp.enums.reasonForRevocation.keyCompromised,
      openpgp.enums.reasonForRevocation.keySuperseded,
    ]) {
      const { publicKey } = await openpgp.revokeKey({
        key,
        reasonForRevocation: { flag },
        date: new Date('2025-01-01T00:00:00Z'),
        format: 'object',
      });
      expect(await refusal({ signature: await signed(), keyring: publicKey.armor() })).toBe(
        'revoked',
      );
    }
  });

  const revokedSubkey = async (): Promise<string> => {
    const copy = await openpgp.readPrivateKey({ armoredKey: key.armor() });
    const [subkey] = copy.subkeys;
    if (subkey === undefined) throw new Error('no subkey');
    copy.subkeys[0] = await subkey.revoke(
      primaryOf(copy),
      { flag: openpgp.enums.reasonForRevocation.keyRetired },
      new Date('2025-01-01T00:00:00Z'),
    );
    return copy.toPublic().armor();
  };

  it('the subkey: refused', async () => {
    expect(await refusal({ signature: await signed(), keyring: await revokedSubkey() })).toBe(
      'revoked',
    );
  });

  it('in one copy of the key and not in the other, in either order: refused', async () => {
    const revoked = await revokedSubkey();
    for (const keyring of [publicOf(key) + revoked, revoked + publicOf(key)]) {
      expect(await refusal({ signature: await signed(), keyring })).toBe('revoked');
    }
  });
});

describe('weak', () => {
  it.each(['md5', 'sha1', 'ripemd', 'sha224'] as const)('%s: refused', async (hash) => {
    const signature = await forge(primaryOf(rsa), text, { at: '2022-01-01T00:00:00Z', hash });
    const parts = { keyring: publicOf(rsa), pinned: [fingerprint(rsa)] };
    expect(await refusal({ ...parts, signature })).toBe('weakHash');
  });

  it('RSA of 1024 bits: refused', async () => {
    const weak = await makeKey({ made: '2020-01-01T00:00:00Z', rsaBits: 1024 });
    const signature = await forge(primaryOf(weak), text, {
      at: '2022-01-01T00:00:00Z',
      hash: 'sha256',
    });
    expect(
      await check({ signature, keyring: publicOf(weak), pinned: [fingerprint(weak)] }),
    ).toMatchObject({ why: 'weakKey', detail: 'rsaEncryptSign, 1024 bits' });
  });

  it('DSA: refused', async () => {
    const pinned = ['741121B03742BBA42687920025AB503C6413A86B'];
    expect(await check({ signature: dsaSignature, keyring: dsaKey, pinned })).toMatchObject({
      why: 'weakKey',
      detail: 'dsa',
    });
  });
});

describe('the signature itself', () => {
  it('over another text: refused', async () => {
    const signature = await forge(subkeyOf(key), text, { at: '2022-01-01T00:00:00Z' });
    expect(await refusal({ signature, content: 'hello' })).toBe('badSignature');
  });

  it('with a changed bit: refused, whichever it is', async () => {
    const signature = await forge(subkeyOf(key), text, { at: '2022-01-01T00:00:00Z' });
    const { packets } = await openpgp.readSignature({ armoredSignature: signature });
    const bytes = packets.write();
    for (let at = 0; at < bytes.length; at += 3) {
      const changed = Uint8Array.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 4;
      const armored = openpgp.armor(openpgp.enums.armor.signature, changed);
      const why = await refusal({ signature: armored });
      // The one field that nothing covers: the unhashed copy of the key's id.
      if (why === 'good') expect(at).toBeGreaterThan(20);
      else expect(why).not.toBe('good');
    }
  });

  it('of RFC 9580, salted: good, and bad over another text', async () => {
    const modern = await makeKey({ made: '2020-01-01T00:00:00Z', version6: true });
    const parts = { keyring: publicOf(modern), pinned: [fingerprint(modern)] };
    const signature = await forge(primaryOf(modern), text, { at: '2022-01-01T00:00:00Z' });
    expect(await refusal({ ...parts, signature })).toBe('good');
    expect(await refusal({ ...parts, signature, content: 'other' })).toBe('badSignature');
  });

  it.each(['sha256', 'sha512'] as const)('over %s: good', async (hash) => {
    const parts = { keyring: publicOf(rsa), pinned: [fingerprint(rsa)] };
    const signature = await forge(primaryOf(rsa), text, { at: '2022-01-01T00:00:00Z', hash });
    expect(await refusal({ ...parts, signature })).toBe('good');
  });

  it('of a text and not of bytes: refused', async () => {
    const signature = await forge(subkeyOf(key), text, {
      at: '2022-01-01T00:00:00Z',
      asText: true,
    });
    expect(await refusal({ signature })).toBe('unreadable');
  });

  it.each([
    ['nothing', ''],
    ['a web page', '<!DOCTYPE html>'],
    ['a key', dsaKey],
    ['no packets', '-----BEGIN PGP SIGNATURE-----\n\n=twTO\n-----END PGP SIGNATURE-----\n'],
  ])('%s: refused', async (_name, signature) => {
    expect(['unreadable', 'noSignature']).toContain(await refusal({ signature }));
  });

  it('beside one by a stranger is enough; two strangers are not', async () => {
    const good = await forge(subkeyOf(key), text, { at: '2022-01-01T00:00:00Z' });
    const strange = await forge(primaryOf(mallory), text, { at: '2022-01-01T00:00:00Z' });
    expect(await refusal({ signature: await joined(strange, good) })).toBe('good');
    expect(await refusal({ signature: await joined(strange, strange) })).toBe('unknownKey');
  });
});

describe('a file', () => {
  const keyParts = () => ({ keyring: publicOf(key), primaryFingerprints: [fingerprint(key)], now });

  it('is streamed: several megabytes, then one changed byte', async () => {
    const bytes = randomBytes(5_000_000);
    const path = join(folder, 'file');
    writeFileSync(path, bytes);
    const content = new Uint8Array(bytes);
    const signature = await forge(subkeyOf(key), content, { at: '2022-01-01T00:00:00Z' });
    const asked = { path, signature, ...keyParts() };
    expect(await workers.run('pgp.check', asked)).toMatchObject({ kind: 'good' });
    bytes[4_999_999] = (bytes[4_999_999] ?? 0) ^ 1;
    writeFileSync(path, bytes);
    expect(await workers.run('pgp.check', asked)).toMatchObject({ why: 'badSignature' });
  });

  it('that is not there is a failure, not a bad signature', async () => {
    const signature = await forge(subkeyOf(key), text, { at: '2022-01-01T00:00:00Z' });
    const path = join(folder, 'none');
    await expect(
      workers.run('pgp.check', { path, signature, ...keyParts() }),
    ).rejects.toMatchObject({
      failure: { code: 'disk.missing' },
    });
  });

  it('stops when it is cancelled', async () => {
    const path = join(folder, 'large');
    writeFileSync(path, Buffer.alloc(64 * 1024 * 1024));
    const signature = await forge(subkeyOf(key), text, { at: '2022-01-01T00:00:00Z' });
    const stop = new AbortController();
    const running = workers.run(
      'pgp.check',
      { path, signature, ...keyParts() },
      undefined,
      stop.signal,
    );
    stop.abort();
    await expect(running).rejects.toMatchObject({ failure: { code: 'cancelled' } });
  });
});
