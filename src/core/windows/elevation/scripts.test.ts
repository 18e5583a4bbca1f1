import { describe, expect, it } from 'vitest';
import {
  maxWildcards,
  neverExtensions,
  neverProcesses,
  systemVariables,
} from '../../../shared/rules/exclusions';
import { maxValueLength } from '../../../shared/rules/winPath';
import { maxSteps } from '../../ports';
import bootstrap from './bootstrap.ps1?raw';
import elevate from './elevate.ps1?raw';
import elevated from './elevated.ps1?raw';
import { errandFor } from './errand';
import expiry from './expiry.ps1?raw';
import paths from './paths.ps1?raw';
import plan from './plan.ps1?raw';
import reading from './reading.ps1?raw';
import rules from './rules.ps1?raw';

const withRights = { bootstrap, elevated, expiry, paths, plan, reading, rules };
const all = { ...withRights, elevate };
const code = (text: string): string =>
  text
    .split('\n')
    .filter((line) => !/^\s*#/.test(line))
    .join('\n');

describe.each(Object.entries(all))('%s.ps1', (_, text) => {
  it('is plain ASCII without blank lines', () => {
    expect(text).toMatch(/^[\n\x20-\x7e]*$/);
    expect(text.trimEnd()).not.toMatch(/\n\s*\n/);
  });

  it('never overwrites a list and never runs a text as a command', () => {
    expect(code(text)).not.toMatch(/Set-MpPreference|Invoke-Expression|Add-Type/);
  });
});

describe.each(Object.entries(withRights))('%s.ps1, which runs with rights', (_, text) => {
  it('reads nothing of the user who asked: neither environment nor registry nor profile', () => {
    const rest = code(text).replaceAll('$env:PSModulePath = "$PSHOME\\Modules"', '');
    expect(rest).not.toMatch(/\$env:|\$\{env:|GetEnvironmentVariable|ExpandEnvironmentVariables/i);
    expect(rest).not.toMatch(/HKCU|HKEY_CURRENT_USER|HKEY_USERS|\bHKU\b|\$HOME|\$PROFILE/i);
    // Of Windows' folders only those that are the machine's.
    const folders = [...rest.matchAll(/GetFolderPath\('([^']*)'\)/g)].map((match) => match[1]);
    for (const folder of folders) {
      expect(['Windows', 'ProgramFiles', 'ProgramFilesX86', 'CommonApplicationData']).toContain(
        folder,
      );
    }
    expect([...rest.matchAll(/GetFolderPath/g)]).toHaveLength(folders.length);
  });

  it('compares texts by their characters, and not as a language does', () => {
    // -eq and -ceq pass over characters without width; -match knows more letters as equal than Windows.
    expect(code(text)).not.toMatch(/\s-(?:match|notmatch|imatch|replace|split|like|contains|in)\s/);
    expect(code(text)).not.toMatch(/\s-c?(?:eq|ne)\s+['"](?!ObjectNotFound)/);
  });
});

describe('what both sides know', () => {
  const words = (name: string): readonly string[] => {
    const found = new RegExp(`\\$${name} = \\(((?:'[^']*'[\\s+]*)+)\\)`).exec(rules);
    return (found?.[1] ?? '').replace(/'\s*\+\s*'|'/g, '').split(' ');
  };

  it("is Microsoft's list, whole", () => {
    expect(words('neverExtensions')).toEqual(neverExtensions);
    expect(words('neverProcesses')).toEqual(neverProcesses);
  });

  it('are the same variables and limits', () => {
    for (const [name, value] of Object.entries(systemVariables)) {
      expect(rules).toContain(`'${name}=${value}'`);
    }
    expect(rules).toContain(`$maxWildcards = ${maxWildcards}\n`);
    expect(paths).toContain(`$maxValueLength = ${maxValueLength}\n`);
    expect(plan).toContain(`$maxSteps = ${maxSteps}\n`);
  });
});

describe('the text that runs elevated', () => {
  const value = "C:\\O'Brien\u2019 $(calc)\\\u4e2d\u6587";
  const errand = errandFor({
    id: 'batch-1',
    steps: [
      { kind: 'addExclusion', exclusion: { kind: 'path', value } },
      {
        kind: 'registerExpiry',
        task: 'Gangway-Expiry-1',
        exclusion: { kind: 'path', value },
        at: '2099-01-01T00:00:00.001Z',
      },
    ],
  });
  const text = errand.payload.toString('latin1');
  const last = text.split('\n').at(-1) ?? '';

  it('ends with the plan as one literal that nothing in it can end', () => {
    expect(text).toMatch(/^[\n\x20-\x7e]*$/);
    expect(last).toMatch(/^Invoke-Batch '[^']*'$/);
    expect(last).not.toContain('Brien\u2019');
  });

  it('gives an end in whole seconds, never earlier than asked for', () => {
    expect(last).toContain('"at":4070908801}');
  });

  it('is far below what the command line lets through', () => {
    expect(errand.payload.length).toBeLessThan(1024 * 1024);
  });
});
