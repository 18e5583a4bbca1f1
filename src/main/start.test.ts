import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { idleState } from '../../test/fakes/session';
import { FailureError } from '../core/failureError';
import { initialWizard } from '../shared/model';
import { refusalLog } from './log';
import { readOptions } from './options';
import {
  canStartWithSystem,
  platformName,
  present,
  presentSlices,
  resolveLanguage,
} from './present';
import { report } from './report';

describe('what the app is started with', () => {
  it('on Windows the real machine, elsewhere the lab', () => {
    expect(readOptions([], {}, 'win32').scenario).toBeNull();
    expect(readOptions([], {}, 'linux').scenario).toBe('clean');
    expect(readOptions([], {}, 'darwin').scenario).toBe('clean');
  });

  it('a flag before the environment, the last flag before the first', () => {
    const environment = { GANGWAY_LAB: 'managed' };
    expect(readOptions([], environment, 'win32').scenario).toBe('managed');
    const args = ['--lab=hiddenLists', '--lab=asrBlock'];
    expect(readOptions(args, environment, 'win32').scenario).toBe('asrBlock');
    expect(readOptions(['--lab='], {}, 'win32').scenario).toBeNull();
  });

  it('a state folder, absolute', () => {
    expect(readOptions(['--state=x/y'], {}, 'linux').stateFolder).toBe(resolve('x/y'));
    expect(readOptions([], {}, 'linux').stateFolder).toBeNull();
  });

  it('in the tray, or for a trial', () => {
    expect(readOptions(['--tray'], { GANGWAY_SMOKE: '1' }, 'linux')).toMatchObject({
      startInTray: true,
      smoke: true,
    });
    expect(readOptions([], {}, 'linux')).toMatchObject({ startInTray: false, smoke: false });
  });
});

describe('language and theme', () => {
  it.each([
    [['zh-CN', 'en'], 'zh-CN'],
    [['zh-Hant-TW'], 'zh-CN'],
    [['c', 'zh-CN'], 'zh-CN'],
    [['C', 'POSIX'], 'en'],
    [['de-DE', 'zh-CN'], 'en'],
    [[], 'en'],
  ] as const)('of a system with %j: %s', (languages, expected) => {
    expect(resolveLanguage('system', languages)).toBe(expected);
  });

  it('as the person set them', () => {
    const settings = { ...idleState.settings, language: 'en', theme: 'light' } as const;
    const system = { languages: ['zh-CN'], isDark: true };
    expect(present({ ...idleState, settings }, system).app).toMatchObject({
      language: 'en',
      theme: 'light',
    });
  });

  it('change with the settings, and with nothing else', () => {
    const system = { languages: ['zh-CN'], isDark: true };
    const { settings } = idleState;
    expect(presentSlices({ settings }, idleState, system).app?.language).toBe('zh-CN');
    expect(presentSlices({ page: 'blocks' }, idleState, system)).toEqual({ page: 'blocks' });
  });

  it('knows the systems', () => {
    expect(['win32', 'darwin', 'linux', 'freebsd'].map(platformName)).toEqual([
      'windows',
      'darwin',
      'linux',
      'linux',
    ]);
  });
});

it('starts with the system only where it is installed, and the system can', () => {
  expect(canStartWithSystem('win32', true)).toBe(true);
  expect(canStartWithSystem('darwin', true)).toBe(true);
  expect(canStartWithSystem('linux', true)).toBe(false);
  expect(canStartWithSystem('win32', false)).toBe(false);
});

describe('a report for support', () => {
  const { failure } = new FailureError('disk.full', {
    details: [{ id: 'folder', value: 'C:\\Go' }],
    cause: new Error('ENOSPC'),
  });

  it('names version, system and lab, then the failure with its cause', () => {
    const text = report('failure', { ...idleState, wizard: { ...initialWizard, failure } });
    expect(text.split('\n').slice(0, 3)).toEqual([
      'Gangway 0.1.0: failure disk.full',
      'Electron 25.1.1, Chrome 114, Node 18',
      'Lab: a simulated Defender. Nothing on this computer was changed.',
    ]);
    expect(text).toContain('C:\\Go');
    expect(text).toContain('Error: ENOSPC');
  });

  it('lists each proof with its evidence', () => {
    const verify = {
      ...initialWizard.verify,
      proofs: [
        {
          id: 'sha256' as const,
          state: 'passed' as const,
          summary: { key: 'shell.tray.open' as const },
          evidence: [{ id: 'h1', value: 'h1:abc=' }],
        },
      ],
    };
    const text = report('proofs', { ...idleState, wizard: { ...initialWizard, verify } });
    expect(text).toContain('sha256: passed: Open Gangway');
    expect(text).toContain('h1:abc=');
  });

  it('says when there is nothing', () => {
    for (const kind of ['proofs', 'failure', 'history', 'block'] as const) {
      expect(report(kind, idleState)).toBe('Nothing to report.');
    }
  });
});

describe('the log of refusals', () => {
  it('says the first few in words and a flood in figures', () => {
    const lines: string[] = [];
    const log = refusalLog((line) => lines.push(line));
    for (let at = 0; at < 10_000; at += 1) log('shape', 'app.ready');
    log('sender', 'about:blank\n"forged line"');
    expect(lines).toHaveLength(3 + 4 + 1);
    expect(lines[6]).toBe('refused 10000 messages (shape) so far');
    expect(lines[7]).not.toContain('\n');
  });
});
