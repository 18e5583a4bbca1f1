import { describe, expect, it } from 'vitest';
import { argumentPath } from './defender';
import { parseCheck, parseScan, troubleOfRun, type MpCmdRunAnswer } from './parseMpCmdRun';

const ran = (exitCode: number | null, ...output: string[]): MpCmdRunAnswer => ({
  found: true,
  exitCode,
  output,
});
const missing: MpCmdRunAnswer = { found: false, exitCode: null, output: [] };
const denied =
  'CmdTool: Failed with hr = 0x80070005. Check C:\\Users\\lin\\AppData\\Local\\Temp\\MpCmdRun.log for more information';

describe('-CheckExclusion', () => {
  it.each([
    [0, 'C:\\a [\\Device\\HarddiskVolume1\\a] is excluded.', 'excluded'],
    [1, 'C:\\a [\\Device\\HarddiskVolume1\\a] is not excluded.', 'notExcluded'],
    [0, '', 'excluded'],
    [1, '', 'notExcluded'],
    [2, denied, 'unknown'],
    [1, denied, 'unknown'],
    [0, denied, 'unknown'],
    [-2147024891, '', 'unknown'],
    [null, '', 'unknown'],
  ] as const)('exit code %j, %j: %s', (code, line, answer) => {
    expect(parseCheck(ran(code, line))).toBe(answer);
  });

  it('without the program is not known', () => {
    expect(parseCheck(missing)).toBe('unknown');
  });
});

describe('-Scan -DisableRemediation', () => {
  it('nothing found', () => {
    const lines = ['Scan starting...', 'Scan finished.', 'Scanning C:\\a found no threats.'];
    expect(parseScan(ran(0, ...lines))).toEqual({ kind: 'clean' });
  });

  it('threats by name, each once', () => {
    const lines = [
      'Scanning C:\\a found 2 threats.',
      '----------------------------- Threat information ------------------------------',
      'Threat                  : Trojan:Win32/Wacatac.C!ml',
      'Resources               : 1 total',
      '    file                : C:\\a\\b.test.exe',
      'Threat                  : Trojan:Win32/Wacatac.C!ml',
    ];
    expect(parseScan(ran(2, ...lines))).toEqual({
      kind: 'threats',
      names: ['Trojan:Win32/Wacatac.C!ml'],
    });
  });

  it('what was skipped is not clean', () => {
    expect(parseScan(ran(0, 'Scanning C:\\a was skipped.'))).toMatchObject({ kind: 'trouble' });
  });

  it.each([
    [2, denied, 'notPermitted'],
    [2, 'CmdTool: Failed with hr = 0x800106BA. Check …', 'serviceOff'],
    [2, 'CmdTool: Failed with hr = 0x800704ec. Check …', 'offByPolicy'],
    [2, 'CmdTool: Failed with hr = 0x80508023. Check …', 'failed'],
    [0, 'CmdTool: Failed with hr = 0x80508023. Check …', 'failed'],
    [7, '', 'failed'],
  ] as const)('exit code %j, %j is no finding: %s', (code, line, id) => {
    expect(parseScan(ran(code, line))).toMatchObject({ kind: 'trouble', trouble: { id } });
  });
});

it('a number of success is no failure', () => {
  expect(troubleOfRun(ran(0, 'Completed with hr = 0x00000000.'))).toBeNull();
});

describe('a path as an argument', () => {
  it.each([
    ['C:\\a b\\', 'C:\\a b'],
    ['c:/go/bin', 'C:\\go\\bin'],
    ['C:\\', 'C:\\'],
    ["C:\\O'Brien & Söhne\\$(calc)", "C:\\O'Brien & Söhne\\$(calc)"],
    ['\\\\server\\share\\x', '\\\\server\\share\\x'],
  ])('%s', (path, plain) => {
    expect(argumentPath(path)).toBe(plain);
  });

  it.each([
    'relative',
    'C:\\*',
    'C:\\a\\..\\b',
    'C:\\a" -DisableRemediation',
    '\\\\server\\my share',
    '-Restore',
    '',
    '\\\\.\\PhysicalDrive0',
  ])('refuses %s', (path) => {
    expect(argumentPath(path)).toBeNull();
  });
});
