import { describe, expect, it } from 'vitest';
import {
  deps,
  found,
  prove,
  release,
  request,
  row,
  side,
  sources,
  trust,
} from '../../../test/support/proving';
import type { VerifyDeps, VerifyRequest } from './verify';

const other = 'b'.repeat(64);

describe('an organisation', () => {
  const keys = [{ fingerprint: 'CONTOSO', name: 'Contoso IT', armored: 'key' }];
  const listed = { list: () => Promise.resolve(keys) };
  const sums = found(`${other}  other.zip\r\n${release.sha256} *${release.filename}\r\n`);
  const signed = found('good by CONTOSO');
  const none = { ...trust, pin: () => null };
  const given = (parts: Parameters<typeof sources>[0], organisationKeys = listed): VerifyDeps =>
    deps({ sources: sources({ log: 'away', ...parts }), organisationKeys, trust: () => none });
  const asked = (namedMirror: boolean): VerifyRequest =>
    request({ namedMirror, accept: ['checksumDatabase'] });

  it('vouches where its mirror was named, and the row says whose word it is', async () => {
    const { result } = await prove(asked(true), given({ sums, sumsSignature: signed }));
    expect(result.kind).toBe('verified');
    expect(row(result.proofs, 'organisation').summary).toEqual({
      key: 'proof.organisation.passed',
      params: { name: 'Contoso IT' },
    });
  });

  it('does not count on a mirror that nobody named', async () => {
    const { result } = await prove(asked(false), given({ sums, sumsSignature: signed }));
    expect(result).toMatchObject({ kind: 'incomplete', failure: { code: 'proof.notEnough' } });
  });

  it.each<[string, VerifyDeps, string]>([
    ['no list', given({}), 'notPublished'],
    ['a list without signature', given({ sums }), 'notPublished'],
    [
      'a signature out of reach',
      given({ sums, sumsSignature: side('unavailable') }),
      'unavailable',
    ],
    [
      'a page for the list',
      given({ sums: side('unusable'), sumsSignature: signed }),
      'unavailable',
    ],
    [
      'no key here',
      given({ sums, sumsSignature: signed }, { list: () => Promise.resolve([]) }),
      'notChecked',
    ],
    [
      'a key that was not added',
      given({ sums, sumsSignature: found('good by MALLORY') }),
      'unavailable',
    ],
    ['a bad signature', given({ sums, sumsSignature: found('bad') }), 'failed'],
    [
      'another file only',
      given({ sums: found(`${other}  other.zip\n`), sumsSignature: signed }),
      'notPublished',
    ],
    [
      'another hash',
      given({ sums: found(`${other}  ${release.filename}\n`), sumsSignature: signed }),
      'failed',
    ],
    [
      'two hashes of which one is right',
      given({
        sums: found(`${release.sha256}  ${release.filename}\n${other}  ${release.filename}\n`),
        sumsSignature: signed,
      }),
      'failed',
    ],
  ])('%s', async (_name, parts, state) => {
    const { result, states } = await prove(asked(true), parts);
    expect(states.organisation).toBe(state);
    expect(result.kind).not.toBe('verified');
  });
});
