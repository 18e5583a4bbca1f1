import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { powerShellError } from '../../../../test/fixtures/powerShell';
import type { ExclusionsReading } from '../../ports';
import type { Fields } from './answers';
import {
  parsePreferences,
  preferencesAnswerSchema,
  readingOfTrouble,
  type PreferencesAnswer,
} from './parsePreferences';

const none = { ok: true, value: null } as const;
/** As an elevated reader, or one of an early Windows 10, sees empty lists: null each. */
const empty = {
  ExclusionPath: null,
  ExclusionProcess: null,
  ExclusionExtension: null,
  ExclusionIpAddress: null,
  DisableRealtimeMonitoring: false,
};
const ordinary: PreferencesAnswer = {
  preferences: { ok: true, value: empty },
  policy: none,
  paths: none,
  processes: none,
  extensions: none,
  ipAddresses: none,
  policyManager: none,
};

function read(change: Partial<PreferencesAnswer>): ExclusionsReading {
  return parsePreferences(preferencesAnswerSchema.parse({ ...ordinary, ...change }));
}
function withLists(lists: Fields, change: Partial<PreferencesAnswer> = {}): ExclusionsReading {
  return read({ preferences: { ok: true, value: { ...empty, ...lists } }, ...change });
}
const hidden = (text: string): ExclusionsReading =>
  withLists({
    ExclusionPath: [text],
    ExclusionProcess: [text],
    ExclusionExtension: [text],
    ExclusionIpAddress: [text],
  });

describe('lists that are known', () => {
  it('are empty only where Defender answered', () => {
    expect(read({})).toEqual({ visibility: 'known', exclusions: [] });
  });

  it('keep the spelling of each kind, contextual entries included', () => {
    const contextual = 'C:\\Users\\lin\\go-build\\:{PathType:folder,ScanTrigger:OnAccess}';
    const reading = withLists({
      ExclusionPath: ['c:\\document\\virus\\', contextual],
      ExclusionProcess: ['C:\\Go\\bin\\go.exe'],
      ExclusionExtension: ['.obj'],
      ExclusionIpAddress: ['10.0.0.1'],
    });
    expect(reading.exclusions).toEqual([
      { kind: 'path', value: 'c:\\document\\virus\\', source: 'local' },
      { kind: 'path', value: contextual, source: 'local' },
      { kind: 'process', value: 'C:\\Go\\bin\\go.exe', source: 'local' },
      { kind: 'extension', value: '.obj', source: 'local' },
      { kind: 'ip', value: '10.0.0.1', source: 'local' },
    ]);
  });

  it('may come as one text, where PowerShell made one of a list', () => {
    expect(withLists({ ExclusionPath: 'C:\\a' }).exclusions).toHaveLength(1);
  });
});

describe('lists that are hidden', () => {
  it.each([
    ['N/A: Must be and administrator to view exclusions', 'listsHiddenFromUsers', 'askAgain'],
    ['N/A: Must be an administrator to view exclusions', 'listsHiddenFromUsers', 'askAgain'],
    [
      'N/A: Administrators are not allowed to view exclusions',
      'listsHiddenFromAdministrators',
      'askAdministrator',
    ],
    ['n/a: something that a later build says', 'listsHiddenFromUsers', 'askAgain'],
  ] as const)('%s', (text, id, next) => {
    expect(hidden(text)).toMatchObject({
      visibility: 'hidden',
      exclusions: [],
      why: { id, next },
    });
  });

  it('are hidden from administrators too where a policy says so', () => {
    const text = 'N/A: Must be an administrator to view exclusions';
    const reading = withLists(
      { ExclusionPath: [text] },
      { policy: { ok: true, value: { HideExclusionsFromLocalAdmins: 1 } } },
    );
    expect(reading.why?.id).toBe('listsHiddenFromAdministrators');
  });

  it('are hidden as a whole where one of them is', () => {
    const reading = withLists({
      ExclusionPath: ['C:\\a'],
      ExclusionIpAddress: ['N/A: Must be an administrator to view exclusions'],
    });
    expect(reading).toMatchObject({ visibility: 'hidden', exclusions: [] });
  });

  it('an entry that only begins like it is none', () => {
    expect(withLists({ ExclusionPath: ['N/A folder'] }).visibility).toBe('known');
  });
});

describe('no answer', () => {
  it.each([
    ['no object', null],
    ['an object of nulls', { ...empty, DisableRealtimeMonitoring: null }],
  ])('%s is not an empty list', (_, value) => {
    expect(read({ preferences: { ok: true, value } })).toMatchObject({
      visibility: 'unavailable',
      why: { id: 'noAnswer' },
    });
  });

  it.each([
    [{ id: 'HRESULT 0x800106ba,Get-MpPreference' }, 'unavailable', 'serviceOff'],
    [{ hresult: '0x800704ec' }, 'unavailable', 'offByPolicy'],
    [{ id: 'HRESULT 0x80041013,Get-MpPreference' }, 'unavailable', 'removed'],
    [{ id: 'CommandNotFoundException' }, 'unavailable', 'moduleMissing'],
    [{ category: 'PermissionDenied' }, 'hidden', 'notPermitted'],
    [
      { message: 'Operation failed with the following error: 0x800106ba. Operation: X.' },
      'unavailable',
      'serviceOff',
    ],
    [{}, 'unavailable', 'failed'],
  ] as const)('%j: %s', (error, visibility, id) => {
    const reading = read({ preferences: { ok: false, error: powerShellError(error) } });
    expect(reading).toMatchObject({ visibility, exclusions: [], why: { id } });
  });

  it('a session that was lost knows nothing', () => {
    expect(readingOfTrouble({ id: 'notReached', cause: 'ended' }).visibility).toBe('unavailable');
  });
});

describe("a policy's entries", () => {
  const policy = 'C:\\ProgramData\\Contoso\\Agent';

  it('are told from local ones, whatever their case, and stand once', () => {
    const reading = withLists(
      { ExclusionPath: ['C:\\PROGRAMDATA\\Contoso\\Agent', 'C:\\mine'] },
      { paths: { ok: true, value: [policy] } },
    );
    expect(reading.exclusions).toEqual([
      { kind: 'path', value: policy, source: 'policy' },
      { kind: 'path', value: 'C:\\mine', source: 'local' },
    ]);
  });

  it('count also where the list does not show them', () => {
    expect(read({ paths: { ok: true, value: [policy] } }).exclusions).toHaveLength(1);
  });

  it('come from Intune as one text, with | between', () => {
    const value = {
      ExcludedPaths: `${policy}|C:\\b`,
      ExcludedExtensions: 'obj',
      ExcludedProcesses: null,
    };
    const reading = withLists(
      { ExclusionPath: [policy, 'C:\\b'], ExclusionExtension: ['.obj'] },
      { policyManager: { ok: true, value } },
    );
    expect(reading.exclusions).toEqual([
      { kind: 'path', value: policy, source: 'policy' },
      { kind: 'path', value: 'C:\\b', source: 'policy' },
      { kind: 'extension', value: 'obj', source: 'policy' },
    ]);
  });

  it('that cannot be read make the origin of an entry unknown', () => {
    const error = powerShellError({ category: 'PermissionDenied' });
    const reading = withLists({ ExclusionPath: ['C:\\a'] }, { paths: { ok: false, error } });
    expect(reading.exclusions).toEqual([{ kind: 'path', value: 'C:\\a', source: 'unknown' }]);
  });
});

it('says that something is missing where an entry is too long to show', () => {
  const reading = withLists({ ExclusionPath: ['C:\\a', `C:\\${'b'.repeat(3000)}`] });
  expect(reading.exclusions).toHaveLength(1);
  expect(reading.why?.id).toBe('failed');
});

it('shows every entry once with its spelling, or none and why', () => {
  const entries = fc.array(fc.string({ minLength: 1, maxLength: 20 }));
  fc.assert(
    fc.property(entries, entries, entries, (paths, processes, policies) => {
      const reading = withLists(
        { ExclusionPath: paths, ExclusionProcess: processes },
        { paths: { ok: true, value: policies } },
      );
      if (reading.visibility !== 'known') {
        expect(reading.exclusions).toEqual([]);
        expect(reading.why).toBeDefined();
        return;
      }
      const shown = reading.exclusions.map(({ value }) => value.toUpperCase());
      for (const value of [...paths, ...processes]) expect(shown).toContain(value.toUpperCase());
      for (const { value } of reading.exclusions) {
        expect([...paths, ...processes, ...policies.map((one) => one)]).toContain(value);
      }
    }),
  );
});
