import { describe, expect, it } from 'vitest';
import type { RefreshedSigningKeys, Signatures } from '../ports';
import {
  deps,
  prove,
  release,
  request,
  row,
  signingKeysAway,
  sources,
  trust,
} from '../../../test/support/proving';
import type { VerifyDeps } from './verify';

const from = 'https://dl.google.com/linux/linux_signing_key.pub';
const signedSource = { path: '/d/src.tar.gz', signature: 'by SUBKEY' };

/** Good where the keyring has the key's name in it, as a key's owner would make it. */
const byKeyring: Signatures = {
  check: ({ signature, keyring, primaryFingerprints }) => {
    const key = signature.replace('by ', '');
    if (!keyring.includes(key)) {
      return Promise.resolve({ kind: 'refused', why: 'unknownKey', detail: key });
    }
    return Promise.resolve({
      kind: 'good',
      primaryFingerprint: primaryFingerprints[0] ?? '',
      signingFingerprint: key,
      userId: 'Google',
      madeAt: '2026-08-18T22:11:00.000Z',
      keyExpires: null,
    });
  },
};

interface Asked {
  readonly given: VerifyDeps;
  readonly refreshes: (readonly string[])[];
}
function given(answer: RefreshedSigningKeys | null, parts: Partial<VerifyDeps> = {}): Asked {
  const refreshes: (readonly string[])[] = [];
  const signingKeys: VerifyDeps['signingKeys'] = {
    refresh: (source, pinned, signal) => {
      refreshes.push(pinned);
      return answer === null
        ? signingKeysAway.refresh(source, pinned, signal)
        : Promise.resolve(answer);
    },
  };
  // Neither the log nor a pin: the signed source is what the verdict hangs on.
  const alone = { ...trust, pin: () => null };
  return {
    refreshes,
    given: deps({
      sources: sources({ log: 'away' }),
      signatures: byKeyring,
      signingKeys,
      trust: () => alone,
      ...parts,
    }),
  };
}
const inLab = request({ signedSource, accept: ['checksumDatabase'] });

describe('a signature by a key that is not known here', () => {
  it('passes once Google’s newer keys have it, and the row says that they were fetched', async () => {
    const { given: with_, refreshes } = given({ kind: 'refreshed', keyring: 'SUBKEY', from });
    const { result } = await prove(inLab, with_);
    expect(result.kind).toBe('verified');
    expect(row(result.proofs, 'signedSource')).toMatchObject({ state: 'passed' });
    expect(row(result.proofs, 'signedSource').evidence.find(({ id }) => id === 'keys')).toEqual({
      id: 'keys',
      value: from,
      text: { key: 'evidence.keys.text', params: { place: { key: 'ui.source.lab' } } },
    });
    // Under the pinned primary key, and nobody else's.
    expect(refreshes).toEqual([trust.openpgp.primaryFingerprints]);
  });

  it('fails where Google’s newer keys do not have it either', async () => {
    const { given: with_ } = given({ kind: 'refreshed', keyring: 'OTHER', from });
    const { result } = await prove(inLab, with_);
    expect(result).toMatchObject({ kind: 'refused', failure: { code: 'proof.failed' } });
    expect(row(result.proofs, 'signedSource')).toMatchObject({
      state: 'failed',
      summary: { key: 'proof.signature.notAmongKeys' },
    });
  });

  it('fails where another key is offered as Google’s, and the file is not blamed', async () => {
    const { given: with_ } = given({ kind: 'notPinned', from, fingerprints: ['MALLORY'] });
    const { result } = await prove(inLab, with_);
    expect(result).toMatchObject({
      kind: 'refused',
      failure: { code: 'proof.failed', next: ['retry', 'askAdministrator'] },
    });
    const { state, summary, evidence } = row(result.proofs, 'signedSource');
    expect([state, summary.key]).toEqual(['failed', 'proof.signature.keysNotPinned']);
    expect(evidence).toContainEqual({ id: 'offeredKeys', value: 'MALLORY', code: true });
  });

  it('is not known to be good or bad offline: not reached, said so, with what to do', async () => {
    const { given: with_ } = given(null);
    const { result } = await prove(inLab, with_);
    expect(result).toMatchObject({
      kind: 'incomplete',
      failure: { code: 'proof.notEnough', next: ['checkNetwork', 'retry', 'chooseOtherSource'] },
    });
    const { state, summary, evidence } = row(result.proofs, 'signedSource');
    expect([state, summary.key]).toEqual(['unavailable', 'proof.signature.keysUnavailable']);
    expect(evidence.find(({ id }) => id === 'whatToDo')?.text?.key).toBe('evidence.whatToDo.keys');
  });

  it('is never accepted as good by accepting its absence', async () => {
    const { given: with_ } = given(null);
    const accept = ['checksumDatabase', 'signedSource'] as const;
    const { result } = await prove({ ...inLab, accept }, with_);
    expect(result.kind).toBe('incomplete');
  });

  it('where it is required offers the way on that the absence of any proof has', async () => {
    const { given: with_ } = given(null, { trust: () => trust, sources: sources({}) });
    const { result } = await prove({ ...inLab, required: ['signedSource'] }, with_);
    expect(result).toMatchObject({
      kind: 'incomplete',
      acceptable: ['signedSource'],
      failure: { code: 'proof.unavailable', next: ['checkNetwork', 'retry', 'acceptUnavailable'] },
    });
  });
});

it('Google is asked once, for a tar.gz and its source together', async () => {
  const filename = 'go1.27.0.linux-amd64.tar.gz';
  const tar = new Map(release.manifest);
  const { given: with_, refreshes } = given({ kind: 'refreshed', keyring: 'SUBKEY', from });
  const { result, states } = await prove(
    { ...inLab, file: { path: '/d/f', filename }, signature: 'by SUBKEY' },
    { ...with_, archives: { ...with_.archives, tarManifest: () => Promise.resolve(tar) } },
  );
  expect([states.openpgp, states.signedSource]).toEqual(['passed', 'passed']);
  expect(result.kind).toBe('verified');
  expect(refreshes).toHaveLength(1);
});

it.each(['badSignature', 'revoked', 'wrongPrimary', 'weakHash', 'madeAfterExpiry'] as const)(
  'a signature that is refused for another reason (%s) asks for no keys',
  async (why) => {
    const signatures: Signatures = {
      check: () => Promise.resolve({ kind: 'refused', why, detail: '' }),
    };
    const { given: with_, refreshes } = given(null, { signatures });
    const { result } = await prove(inLab, with_);
    expect(row(result.proofs, 'signedSource')).toMatchObject({
      state: 'failed',
      summary: { key: `proof.signature.${why}` },
    });
    expect(refreshes).toEqual([]);
  },
);

it('a known key asks for no keys', async () => {
  const known = { ...trust, pin: () => null, openpgp: { ...trust.openpgp, keyring: 'SUBKEY' } };
  const { given: with_, refreshes } = given(null, { trust: () => known });
  expect((await prove(inLab, with_)).result.kind).toBe('verified');
  expect(refreshes).toEqual([]);
});
