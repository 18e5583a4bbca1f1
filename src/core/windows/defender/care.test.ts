import { describe, expect, it } from 'vitest';
import { powerShell, type FakeSession } from '../../../../test/fakes/powerShell';
import { powerShellError } from '../../../../test/fixtures/powerShell';
import type { DefenderCare } from '../../ports';
import { powerShellDefenderCare } from './care';

const path = 'C:\\Users\\lin\\b001\\x.test.exe';
const denied =
  'CmdTool: Failed with hr = 0x80070005. Check C:\\Temp\\MpCmdRun.log for more information';
const serviceOff = { id: 'HRESULT 0x800106ba,Get-MpThreatDetection' };

function care(session: FakeSession, exists: (at: number) => boolean = () => false): DefenderCare {
  let looks = 0;
  return powerShellDefenderCare({ session, exists: () => Promise.resolve(exists(looks++)) });
}
const ran = (exitCode: number, ...output: string[]) =>
  powerShell.saying(() => ({ found: true, exitCode, output }));
const noProgram = () => powerShell.saying(() => ({ found: false, exitCode: null, output: [] }));
const versions = (before: string | null, after: string | null) =>
  powerShell.saying(() => ({
    before: { ok: true, value: before === null ? null : { AntivirusSignatureVersion: before } },
    after: { ok: true, value: after === null ? null : { AntivirusSignatureVersion: after } },
  }));

describe('threats', () => {
  it('are known, also when there are none', async () => {
    const session = powerShell.saying(() => ({ detections: [], threats: [] }));
    expect(await care(session).threats()).toEqual({ kind: 'known', detections: [] });
  });

  it('are not known where Defender does not answer', async () => {
    expect(await care(powerShell.failing(serviceOff)).threats()).toMatchObject({
      kind: 'unavailable',
      why: { sentence: { key: 'defender.finding.serviceOff' }, next: 'openWindowsSecurity' },
    });
    expect(await care(powerShell.lost()).threats()).toMatchObject({
      kind: 'unavailable',
      why: { sentence: { key: 'defender.finding.notReached' }, next: 'retry' },
    });
  });
});

describe('security intelligence', () => {
  it('updated, current, or not known, by what is read back', async () => {
    expect(await care(versions('1.1', '1.2')).updateSignatures()).toEqual({
      kind: 'updated',
      before: '1.1',
      after: '1.2',
    });
    expect(await care(versions('1.2', '1.2')).updateSignatures()).toEqual({
      kind: 'current',
      version: '1.2',
    });
    expect((await care(versions(null, '1.2')).updateSignatures()).kind).toBe('unknown');
    expect((await care(versions('1.2', null)).updateSignatures()).kind).toBe('unknown');
  });

  it('refused, with why; without an answer it may still run', async () => {
    const failing = powerShell.failing({ category: 'PermissionDenied' });
    expect(await care(failing).updateSignatures()).toMatchObject({
      kind: 'refused',
      why: { sentence: { key: 'defender.finding.notPermitted' } },
    });
    expect((await care(powerShell.lost()).updateSignatures()).kind).toBe('unknown');
  });

  it('a version that cannot be read is not known', async () => {
    const session = powerShell.saying(() => ({
      before: { ok: false, error: powerShellError() },
      after: { ok: true, value: { AntivirusSignatureVersion: '1.2' } },
    }));
    expect((await care(session).updateSignatures()).kind).toBe('unknown');
  });
});

describe('scan', () => {
  it.each([
    [ran(0, 'Scanning x found no threats.'), { kind: 'clean' }],
    [ran(0, 'Scanning x was skipped.'), { kind: 'unknown' }],
    [ran(2, 'Threat : T!ml'), { kind: 'threats', names: ['T!ml'] }],
    [ran(2, denied), { kind: 'unknown' }],
    [noProgram(), { kind: 'unknown', why: { sentence: { key: 'defender.care.noProgram' } } }],
    [powerShell.lost(), { kind: 'unknown' }],
  ])('%#', async (session, outcome) => {
    expect(await care(session).scan(path)).toMatchObject(outcome);
    expect(session.asked).toEqual([{ operation: 'scan', path }]);
  });

  it('of what is no full path is not asked for', async () => {
    const session = ran(0);
    expect(await care(session).scan('C:\\*')).toMatchObject({
      kind: 'unknown',
      why: { sentence: { key: 'defender.care.badPath' } },
    });
    expect(session.asked).toEqual([]);
  });
});

describe('restore', () => {
  const comesBack = (at: number): boolean => at === 1;

  it('is done when the file is back, whatever was printed', async () => {
    expect(await care(ran(2, denied), comesBack).restore(path)).toEqual({ kind: 'restored' });
    expect(await care(powerShell.lost(), comesBack).restore(path)).toEqual({ kind: 'restored' });
  });

  it('is not done when it is not, whatever was printed', async () => {
    expect(await care(ran(0, 'Restored.')).restore(path)).toMatchObject({
      kind: 'notRestored',
      why: { sentence: { key: 'defender.care.notInQuarantine' } },
    });
  });

  it('needs an administrator', async () => {
    expect(await care(ran(2, denied)).restore(path)).toMatchObject({
      kind: 'needsElevation',
      why: { next: 'askAdministrator' },
    });
  });

  it('writes over nothing, and takes no pattern', async () => {
    const session = ran(0);
    expect(await care(session, () => true).restore(path)).toMatchObject({
      kind: 'notRestored',
      why: { sentence: { key: 'defender.care.thereBefore' } },
    });
    expect((await care(session).restore('C:\\a\\*')).kind).toBe('notRestored');
    expect(session.asked).toEqual([]);
  });

  it.each([
    [noProgram(), 'notRestored'],
    [ran(2, 'CmdTool: Failed with hr = 0x80070490.'), 'notRestored'],
    [powerShell.failing(), 'unknown'],
    [powerShell.lost(), 'unknown'],
  ])('%#', async (session, kind) => {
    expect((await care(session).restore(path)).kind).toBe(kind);
  });
});
