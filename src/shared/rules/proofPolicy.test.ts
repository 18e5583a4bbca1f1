import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { proofIds, type ProofId, type ProofState } from '../model/proof';
import { decideProofs, isRecorded, type PolicyInput } from './proofPolicy';

type States = Partial<Record<ProofId, ProofState>>;

function input(states: States, rest: Partial<PolicyInput> = {}): PolicyInput {
  return {
    proofs: proofIds.map((id) => ({ id, state: states[id] ?? 'notChecked' })),
    version: 'go1.27.0',
    isBuild: true,
    required: [],
    accepted: [],
    namedMirror: false,
    ...rest,
  };
}

const listed: States = { size: 'passed', sha256: 'passed', sidecar: 'passed' };
const offline: States = { ...listed, checksumDatabase: 'unavailable' };
const old = { version: 'go1.20.3' };

describe('the proof policy', () => {
  const table: readonly [string, PolicyInput, string, readonly string[], readonly ProofId[]][] = [
    ['nothing', input({}), 'incomplete', ['hash', 'independent', 'checksumDatabase'], []],
    ['a hash alone', input(listed), 'incomplete', ['independent', 'checksumDatabase'], []],
    ['hash and log', input({ ...listed, checksumDatabase: 'passed' }), 'verified', [], []],
    [
      'log alone, which leaves files out',
      input({ checksumDatabase: 'passed' }),
      'incomplete',
      ['hash'],
      [],
    ],
    [
      'hash and pin, log out of reach',
      input({ ...offline, pins: 'passed' }),
      'incomplete',
      ['checksumDatabase'],
      ['checksumDatabase'],
    ],
    [
      'the same, accepted',
      input({ ...offline, pins: 'passed' }, { accepted: ['checksumDatabase'] }),
      'verified',
      [],
      [],
    ],
    [
      'hash and nothing else, accepted: still no independent proof',
      input(offline, { accepted: ['checksumDatabase'] }),
      'incomplete',
      ['independent'],
      [],
    ],
    [
      'accepting would not be enough, so it is not offered',
      input(offline),
      'incomplete',
      ['independent', 'checksumDatabase'],
      [],
    ],
    [
      'a record that is not there, accepted',
      input(
        { ...listed, signedSource: 'passed', checksumDatabase: 'notPublished' },
        { accepted: ['checksumDatabase'] },
      ),
      'verified',
      [],
      [],
    ],
    [
      'a log that was not asked cannot be accepted',
      input({ ...listed, pins: 'passed' }, { accepted: ['checksumDatabase'] }),
      'incomplete',
      ['checksumDatabase'],
      [],
    ],
    [
      'a failed log, accepted: refused all the same',
      input(
        { ...listed, pins: 'passed', checksumDatabase: 'failed' },
        { accepted: ['checksumDatabase'] },
      ),
      'refused',
      ['checksumDatabase'],
      [],
    ],
    [
      'everything passed and one failed',
      input({ ...listed, checksumDatabase: 'passed', pins: 'failed' }),
      'refused',
      ['pins'],
      [],
    ],
    [
      'hash and signed source, log accepted',
      input({ ...offline, signedSource: 'passed' }, { accepted: ['checksumDatabase'] }),
      'verified',
      [],
      [],
    ],
    [
      'a pin is a hash and independent',
      input(
        { pins: 'passed', checksumDatabase: 'unavailable' },
        { accepted: ['checksumDatabase'] },
      ),
      'verified',
      [],
      [],
    ],
    [
      'list and .sha256 file are one trust domain',
      input(listed, old),
      'incomplete',
      ['independent'],
      [],
    ],
    ['before 1.21 a pin is enough', input({ ...listed, pins: 'passed' }, old), 'verified', [], []],
    [
      'before 1.21 the default setting asks for no log',
      input({ ...listed, pins: 'passed' }, { ...old, required: ['checksumDatabase'] }),
      'verified',
      [],
      [],
    ],
    [
      'an organisation on a mirror that nobody named',
      input({ ...offline, organisation: 'passed' }, { accepted: ['checksumDatabase'] }),
      'incomplete',
      ['independent'],
      [],
    ],
    [
      'an organisation on a named mirror',
      input(
        { organisation: 'passed', checksumDatabase: 'unavailable' },
        { accepted: ['checksumDatabase'], namedMirror: true },
      ),
      'verified',
      [],
      [],
    ],
    [
      'settings may ask for more',
      input(
        { ...listed, checksumDatabase: 'passed', pins: 'unavailable' },
        { required: ['pins', 'signedSource'] },
      ),
      'incomplete',
      ['pins', 'signedSource'],
      [],
    ],
    [
      'what settings ask for and is not published may be accepted',
      input(
        { ...listed, checksumDatabase: 'passed', openpgp: 'notPublished' },
        { required: ['openpgp'] },
      ),
      'incomplete',
      ['openpgp'],
      ['openpgp'],
    ],
    [
      'an asked-for organisation that nobody named does not count',
      input(
        { ...listed, checksumDatabase: 'passed', organisation: 'passed' },
        { required: ['organisation'] },
      ),
      'incomplete',
      ['organisation'],
      [],
    ],
    [
      'an archive of sources needs no record in the log',
      input({ openpgp: 'passed' }, { isBuild: false, required: ['checksumDatabase'] }),
      'verified',
      [],
      [],
    ],
    [
      'a direct signature covers the file and is independent',
      input({ openpgp: 'passed' }, old),
      'verified',
      [],
      [],
    ],
  ];

  it.each(table)('%s', (_name, given, verdict, missing, acceptable) => {
    expect(decideProofs(given)).toEqual({ verdict, missing, acceptable });
  });

  it('knows from which version on the log must vouch', () => {
    expect(['go1.2.2', 'go1.20', 'go1.20.14', 'go1.20rc3'].map(isRecorded)).toEqual(
      Array(4).fill(false),
    );
    expect(['go1.21rc1', 'go1.21.0', 'go1.27rc1', 'go2.0', 'what?'].map(isRecorded)).toEqual(
      Array(5).fill(true),
    );
  });

  const states = fc.constantFrom<ProofState>(
    'passed',
    'failed',
    'notPublished',
    'unavailable',
    'notChecked',
  );
  const anyInput = fc
    .record({
      states: fc.tuple(...proofIds.map(() => states)),
      version: fc.constantFrom('go1.20.3', 'go1.21.0', 'go1.27.0', 'odd'),
      isBuild: fc.boolean(),
      required: fc.subarray([...proofIds]),
      accepted: fc.subarray([...proofIds]),
      namedMirror: fc.boolean(),
    })
    .map(({ states: all, ...rest }) => ({
      ...rest,
      proofs: proofIds.map((id, i) => ({ id, state: all[i] ?? 'notChecked' })),
    }));

  it('never verifies with a failed proof, without a hash or without an independent proof', () => {
    fc.assert(
      fc.property(anyInput, (given) => {
        const passed = new Set(given.proofs.filter((p) => p.state === 'passed').map((p) => p.id));
        if (!given.namedMirror) passed.delete('organisation');
        const { verdict } = decideProofs(given);
        const failed = given.proofs.some((proof) => proof.state === 'failed');
        expect(verdict === 'refused').toBe(failed);
        if (verdict !== 'verified') return;
        expect(['sha256', 'sidecar', 'pins', 'openpgp', 'organisation'] as const).toSatisfy(
          (ids: readonly ProofId[]) => ids.some((id) => passed.has(id)),
        );
        expect([
          'pins',
          'checksumDatabase',
          'openpgp',
          'signedSource',
          'organisation',
        ] as const).toSatisfy((ids: readonly ProofId[]) => ids.some((id) => passed.has(id)));
      }),
    );
  });

  it('offers to accept only what then verifies, and only what is absent', () => {
    fc.assert(
      fc.property(anyInput, (given) => {
        const { acceptable } = decideProofs(given);
        for (const id of acceptable) {
          const state = given.proofs.find((proof) => proof.id === id)?.state;
          expect(['unavailable', 'notPublished']).toContain(state);
        }
        if (acceptable.length === 0) return;
        const after = decideProofs({ ...given, accepted: [...given.accepted, ...acceptable] });
        expect(after.verdict).toBe('verified');
      }),
    );
  });
});
