import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PrivateKey } from 'openpgp';
import { dsaKey } from '../../../test/support/dsaSignature';
import { fingerprint, makeKey, publicOf } from '../../../test/support/openpgp';
import { temporaryFolder } from '../../../test/support/temporary';
import { startTestWorker } from '../../../test/support/worker';
import { organisationKeys } from './keys';
import { loadOpenPgp } from './openpgp/load';
import { Workers } from './worker/workers';

const workers = new Workers(startTestWorker);
afterAll(() => workers.close());
const state = temporaryFolder();
const keys = organisationKeys(state, workers);
const folder = join(state, 'keys', 'org');

let contoso: PrivateKey;
let fabrikam: PrivateKey;
beforeAll(async () => {
  contoso = await makeKey({ made: '2024-01-01T00:00:00Z' });
  fabrikam = await makeKey({ made: '2024-01-01T00:00:00Z', name: 'Fabrikam' });
});

describe('an organisation’s keys', () => {
  it('are shown before they are kept', async () => {
    const facts = await keys.inspect(publicOf(contoso));
    expect(facts).toMatchObject({
      fingerprint: fingerprint(contoso),
      name: 'Contoso IT <it@contoso.example>',
      created: '2024-01-01T00:00:00.000Z',
      expires: null,
      weakness: null,
      revoked: false,
    });
    expect(await keys.list()).toEqual([]);
  });

  it('add, then remove', async () => {
    const added = await keys.add(publicOf(contoso));
    expect(added.fingerprint).toBe(fingerprint(contoso));
    await keys.add(publicOf(contoso));
    expect(await keys.list()).toEqual([added]);
    expect(readdirSync(folder)).toEqual([`${added.fingerprint}.asc`]);
    expect(readFileSync(join(folder, `${added.fingerprint}.asc`), 'utf8')).toBe(added.armored);
    const spaced = added.fingerprint.toLowerCase().replace(/(.{4})/g, '$1 ');
    await keys.remove(spaced);
    expect(await keys.list()).toEqual([]);
    await expect(keys.remove(added.fingerprint)).rejects.toMatchObject({
      failure: { code: 'keys.noSuchKey' },
    });
  });

  it('are never removed by anything but a fingerprint', async () => {
    for (const bad of ['', '..', '../../journal', `${fingerprint(contoso)}/..`]) {
      await expect(keys.remove(bad)).rejects.toMatchObject({ failure: { code: 'keys.noSuchKey' } });
    }
  });

  it('in a file under another name, or damaged, vouch for nothing', async () => {
    const added = await keys.add(publicOf(contoso));
    writeFileSync(join(folder, `${fingerprint(fabrikam)}.asc`), publicOf(contoso));
    writeFileSync(join(folder, `${'A'.repeat(40)}.asc`), 'damaged');
    writeFileSync(join(folder, 'notes.txt'), 'hello');
    expect(await keys.list()).toEqual([added]);
  });

  it.each<[string, () => Promise<string> | string, string, string]>([
    ['nothing', () => '', 'keys.notAKey', 'notAKey'],
    ['a text', () => 'hello', 'keys.notAKey', 'notAKey'],
    ['a secret key', () => contoso.armor(), 'keys.notAKey', 'secret'],
    [
      'a secret key beside a public one',
      () => publicOf(contoso) + contoso.armor(),
      'keys.notAKey',
      'secret',
    ],
    ['two keys', () => publicOf(contoso) + publicOf(fabrikam), 'keys.notAKey', 'several'],
    ['too much', () => publicOf(contoso) + ' '.repeat(2_000_000), 'keys.notAKey', 'tooLarge'],
  ])('refuses %s', async (_name, armored, code, why) => {
    await expect(keys.add(await armored())).rejects.toMatchObject({
      failure: { code, details: [{ id: 'why', value: why }] },
    });
  });

  it('refuses weak and revoked keys', async () => {
    const rsa = await makeKey({ made: '2024-01-01T00:00:00Z', rsaBits: 1024 });
    const openpgp = await loadOpenPgp();
    const { publicKey: revoked } = await openpgp.revokeKey({ key: fabrikam, format: 'armored' });
    for (const armored of [publicOf(rsa), dsaKey, revoked]) {
      await expect(keys.add(armored)).rejects.toMatchObject({ failure: { code: 'keys.weak' } });
    }
  });

  it('refuses a key that does not vouch for itself', async () => {
    const openpgp = await loadOpenPgp();
    const bare = await openpgp.readKey({ armoredKey: publicOf(contoso) });
    for (const user of bare.users) user.selfCertifications = [];
    await expect(keys.add(bare.armor())).rejects.toMatchObject({
      failure: { code: 'keys.notAKey' },
    });
  });
});
