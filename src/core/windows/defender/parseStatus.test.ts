import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  defenderFactIds,
  defenderStatusSchema,
  defenderTroubleIds,
  type DefenderStatus,
} from '../../../shared/model';
import { hasMessage } from '../../../shared/text/translate';
import { findingOf } from '../../../shared/rules/defender';
import type { Fields, Part } from './answers';
import { parseStatus, statusAnswerSchema, statusOfTrouble, type StatusAnswer } from './parseStatus';
import { powerShellError } from '../../../../test/fixtures/powerShell';

const now = new Date('2026-11-24T10:00:00.000Z');
const value = (fields: Fields | null): Part<Fields> => ({ ok: true, value: fields });

/** Windows 11 with everything at its default, as an administrator's computer answers unelevated. */
const computer = {
  AMEngineVersion: '1.1.26090.2',
  AMProductVersion: '4.18.26090.3',
  AMRunningMode: 'Normal',
  AMServiceEnabled: true,
  AntivirusEnabled: true,
  IsTamperProtected: true,
  RealTimeProtectionEnabled: true,
  SmartAppControlState: 'Off',
  TamperProtectionSource: 'Signatures',
};
const windowsDefender = { displayName: 'Windows Defender', productState: 397568 };
const ordinary: StatusAnswer = {
  computer: value(computer),
  service: value({ Status: 'Running' }),
  antivirus: { ok: true, value: [windowsDefender] },
  policy: value(null),
  policyManager: value(null),
  product: value(null),
  features: value(null),
  codeIntegrity: value({ VerifiedAndReputablePolicyState: 0 }),
  preferences: value({ PerformanceModeStatus: null }),
};
const contoso = { displayName: 'Contoso Endpoint Protection', productState: 0x41000 };

function read(change: Partial<StatusAnswer>): DefenderStatus {
  return parseStatus(statusAnswerSchema.parse({ ...ordinary, ...change }), now);
}
function withComputer(change: Fields): DefenderStatus {
  return read({ computer: value({ ...computer, ...change }) });
}
function failing(change: Parameters<typeof powerShellError>[0]): Partial<StatusAnswer> {
  return { computer: { ok: false, error: powerShellError(change) } };
}
const ids = (status: DefenderStatus): readonly string[] => status.findings.map(({ id }) => id);

describe('an ordinary computer', () => {
  it('is on, with tamper protection, and understands contexts', () => {
    expect(read({})).toMatchObject({
      kind: 'on',
      realTimeProtection: true,
      tamperProtection: true,
      managed: false,
      otherAntivirus: null,
      smartAppControl: 'off',
      contextualExclusions: true,
      sentence: { key: 'defender.sentence.on' },
      readAt: now.toISOString(),
    });
    expect(ids(read({}))).toEqual(['tamperProtection']);
  });

  it('knows no contexts before platform 4.18.2205.7 and engine 1.1.19300.2', () => {
    expect(withComputer({ AMProductVersion: '4.18.2205.6' }).contextualExclusions).toBe(false);
    expect(withComputer({ AMEngineVersion: '1.1.19300.1' }).contextualExclusions).toBe(false);
    expect(withComputer({ AMEngineVersion: null }).contextualExclusions).toBe(false);
  });
});

describe('running modes', () => {
  it.each([
    ['Normal', 'on', []],
    ['normal', 'on', []],
    ['Passive mode', 'passive', ['passive']],
    ['Passive Mode', 'passive', ['passive']],
    ['PASSIVE MODE', 'passive', ['passive']],
    ['Passive Audit Mode', 'passive', ['passiveAudit']],
    ['SxS Passive Mode', 'passive', ['limitedScanning']],
    ['EDR Block Mode', 'passive', ['edrBlock']],
    ['Not running', 'off', ['notRunning']],
    ['', 'on', []],
    ['Quantum Mode', 'on', ['unknownMode']],
  ] as const)('%j is told as %s', (mode, kind, findings) => {
    const status = withComputer({ AMRunningMode: mode, IsTamperProtected: null });
    expect(status.kind).toBe(kind);
    expect(ids(status)).toEqual(findings);
  });

  it('an unknown mode is judged by what is on, and named', () => {
    const paused = withComputer({
      AMRunningMode: 'Quantum Mode',
      RealTimeProtectionEnabled: false,
    });
    expect(paused.kind).toBe('paused');
    expect(paused.findings.find(({ id }) => id === 'unknownMode')?.sentence.params).toEqual({
      mode: 'Quantum Mode',
    });
    expect(withComputer({ AMRunningMode: 'Quantum Mode', AntivirusEnabled: false }).kind).toBe(
      'off',
    );
  });

  it('without real-time protection it is paused, and says what to do', () => {
    const status = withComputer({ RealTimeProtectionEnabled: false });
    expect(status).toMatchObject({ kind: 'paused', realTimeProtection: false });
    expect(status.findings[0]).toMatchObject({ id: 'paused', next: 'openWindowsSecurity' });
  });

  it('a service that is not enabled is off', () => {
    expect(withComputer({ AMServiceEnabled: false }).kind).toBe('off');
  });
});

describe('no answer', () => {
  it.each([
    ['service off', { id: 'HRESULT 0x800106ba,Get-MpComputerStatus' }, 'off', 'serviceOff'],
    ['off by policy', { hresult: '0x800704ec' }, 'off', 'offByPolicy'],
    ['provider load failure', { id: 'HRESULT 0x80041013,Get-X' }, 'off', 'removed'],
    ['invalid namespace', { id: 'HRESULT 0x8004100e,Get-X' }, 'off', 'removed'],
    ['command not found', { id: 'CommandNotFoundException' }, 'unknown', 'moduleMissing'],
    ['module not loaded', { id: 'CouldNotAutoLoadModule' }, 'unknown', 'moduleMissing'],
    ['access denied', { hresult: '0x80070005' }, 'unknown', 'notPermitted'],
    ['no permission', { category: 'PermissionDenied' }, 'unknown', 'notPermitted'],
    ['elevation needed', { hresult: '0x800702e4' }, 'unknown', 'notPermitted'],
    [
      'restricted language',
      { id: 'MethodInvocationNotSupportedInConstrainedLanguage' },
      'unknown',
      'languageMode',
    ],
    ['any other', { id: 'MI RESULT 16,Get-MpComputerStatus' }, 'unknown', 'failed'],
  ] as const)('%s', (_, error, kind, id) => {
    const status = read(failing(error));
    expect(status.kind).toBe(kind);
    expect(status.findings[0]?.id).toBe(id);
    expect(status.realTimeProtection).toBeNull();
    expect(status.tamperProtection).toBeNull();
    expect(status.contextualExclusions).toBe(false);
  });

  it.each([
    ['no object', null],
    ['an object of nulls', { AMRunningMode: null, AntivirusEnabled: null, AMEngineVersion: '' }],
  ])('%s is a state of its own, not "off"', (_, fields) => {
    const status = read({ computer: value(fields) });
    expect(status.kind).toBe('unknown');
    expect(status.findings[0]).toMatchObject({ id: 'noAnswer', next: 'retry' });
  });

  it('is off where Windows says that the service stopped', () => {
    expect(read({ computer: value(null), service: value({ Status: 'Stopped' }) }).kind).toBe('off');
  });

  it('a session that was lost leaves it unknown, with the cause', () => {
    const status = statusOfTrouble({ id: 'notReached', cause: 'no answer in 30 s' }, now);
    expect(status.kind).toBe('unknown');
    expect(status.findings).toEqual([findingOf('notReached', { cause: 'no answer in 30 s' })]);
  });
});

describe('another antivirus', () => {
  const other = (state: number): Partial<StatusAnswer> => ({
    antivirus: {
      ok: true,
      value: [windowsDefender, { displayName: 'Contoso Endpoint Protection', productState: state }],
    },
  });

  it('that is active is named, whatever Defender answers', () => {
    for (const answer of [
      value({
        ...computer,
        AMRunningMode: 'Not running',
        AntivirusEnabled: false,
        RealTimeProtectionEnabled: false,
      }),
      value({ ...computer, AMRunningMode: 'Passive Mode', RealTimeProtectionEnabled: false }),
      failing({ id: 'HRESULT 0x800106ba,Get-MpComputerStatus' }).computer,
      value(null),
    ]) {
      if (answer === undefined) throw new Error('no answer');
      const status = read({ ...other(contoso.productState), computer: answer });
      expect(status).toMatchObject({ kind: 'otherAntivirus', otherAntivirus: contoso.displayName });
      expect(status.findings[0]?.id).toBe('otherAntivirus');
    }
  });

  it('that is registered and not active counts for nothing', () => {
    expect(read(other(0x40010))).toMatchObject({ kind: 'on', otherAntivirus: null });
  });

  it('beside a Defender that guards does not hide it', () => {
    expect(read(other(contoso.productState))).toMatchObject({ kind: 'on', otherAntivirus: null });
  });

  it.each(['Windows Defender', 'Microsoft Defender Antivirus', 'microsoft defender'])(
    '%s is Defender itself',
    (displayName) => {
      const status = read({
        antivirus: { ok: true, value: [{ displayName, productState: 0x61100 }] },
        computer: value({ ...computer, RealTimeProtectionEnabled: false }),
      });
      expect(status.kind).toBe('paused');
    },
  );

  it('a server has no class for it, which is no error', () => {
    const error = powerShellError({ id: 'HRESULT 0x8004100e,GetCimInstanceCommand' });
    expect(read({ antivirus: { ok: false, error } }).kind).toBe('on');
  });
});

describe('circumstances', () => {
  it.each([
    [
      'DisableLocalAdminMerge by Group Policy',
      { policy: value({ DisableLocalAdminMerge: 1 }) },
      'localEntriesIgnored',
    ],
    [
      'DisableLocalAdminMerge by Intune',
      { policyManager: value({ DisableLocalAdminMerge: 1 }) },
      'localEntriesIgnored',
    ],
    ['TPExclusions', { features: value({ TPExclusions: 1 }) }, 'exclusionsTamperProtected'],
    [
      'HideExclusionsFromLocalAdmins',
      { policy: value({ HideExclusionsFromLocalAdmins: 1, HideExclusionsFromLocalUsers: 1 }) },
      'listsHiddenFromAdministrators',
    ],
    [
      'HideExclusionsFromLocalUsers',
      { policy: value({ HideExclusionsFromLocalUsers: 1 }) },
      'listsHiddenFromUsers',
    ],
    ['Intune', { product: value({ ManagedDefenderProductType: 6 }) }, 'managed'],
    ['Configuration Manager', { product: value({ ManagedDefenderProductType: 7 }) }, 'managed'],
    ['performance mode', { preferences: value({ PerformanceModeStatus: 0 }) }, 'performanceMode'],
    [
      'performance mode off',
      { preferences: value({ PerformanceModeStatus: 1 }) },
      'performanceModeOff',
    ],
    [
      'Smart App Control',
      {
        codeIntegrity: value({ VerifiedAndReputablePolicyState: 1 }),
        computer: value({ ...computer, SmartAppControlState: null }),
      },
      'smartAppControl',
    ],
    [
      'Smart App Control in evaluation',
      { computer: value({ ...computer, SmartAppControlState: 'Eval' }) },
      'smartAppControlEvaluation',
    ],
  ] as const)('%s', (_, change, id) => {
    expect(ids(read(change))).toContain(id);
  });

  it('a switch that is 0, or a key that cannot be read, says nothing', () => {
    const error = powerShellError({ category: 'PermissionDenied' });
    const status = read({
      policy: value({ DisableLocalAdminMerge: 0, HideExclusionsFromLocalAdmins: 0 }),
      policyManager: { ok: false, error },
      features: { ok: false, error },
      product: { ok: false, error },
      preferences: { ok: false, error },
    });
    expect(ids(status)).toEqual(['tamperProtection']);
  });

  it('never says that exclusions can be changed here beside why they cannot', () => {
    expect(ids(read({ policy: value({ DisableLocalAdminMerge: 1 }) }))).toEqual([
      'localEntriesIgnored',
    ]);
    expect(ids(read({ features: value({ TPExclusions: 1 }) }))).toEqual([
      'exclusionsTamperProtected',
    ]);
  });

  it('is managed exactly where local entries have no effect', () => {
    const managed = read({ policy: value({ DisableLocalAdminMerge: 1 }) });
    expect(managed).toMatchObject({
      managed: true,
      sentence: { key: 'defender.sentence.managed' },
    });
    expect(read({ features: value({ TPExclusions: 1 }) }).managed).toBe(false);
    expect(read({ product: value({ ManagedDefenderProductType: 6 }) }).managed).toBe(false);
  });

  it('knows nothing of Smart App Control before Windows 11', () => {
    const status = read({
      computer: value({ ...computer, SmartAppControlState: undefined }),
      codeIntegrity: value(null),
    });
    expect(status.smartAppControl).toBe('unknown');
  });
});

it('has a sentence for each finding', () => {
  for (const id of [...defenderTroubleIds, ...defenderFactIds]) {
    expect(hasMessage(findingOf(id).sentence.key)).toBe(true);
  }
});

it('tells something valid of any answer, and never "on" without real-time protection', () => {
  const anything = fc.oneof(
    fc.anything({ maxDepth: 1 }),
    fc.constantFrom(...Object.values(computer)),
  );
  const fields = fc.option(
    fc.record(Object.fromEntries(Object.keys(computer).map((name) => [name, anything])), {
      requiredKeys: [],
    }),
  );
  fc.assert(
    fc.property(fields, fields, (told, flags) => {
      const status = read({
        computer: value(told),
        policy: value(flags),
        codeIntegrity: value(flags),
        antivirus: { ok: true, value: told === null ? [] : [told] },
      });
      expect(defenderStatusSchema.safeParse(status).success).toBe(true);
      if (status.kind === 'on') expect(status.realTimeProtection).toBe(true);
      if (status.realTimeProtection === null)
        expect(['unknown', 'off', 'passive', 'otherAntivirus']).toContain(status.kind);
    }),
  );
});
