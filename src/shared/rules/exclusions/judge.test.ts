import { describe, expect, it } from 'vitest';
import {
  contextualForGo,
  crowdedPlaces,
  disguises,
  extensionSpellings,
  listedFolders,
  narrowPlaces,
} from '../../../../test/fixtures/exclusionCases';
import { translate } from '../../text/translate';
import type { Exclusion } from '../../model';
import {
  judgeExclusion,
  neverExtensions,
  neverFolders,
  neverFoldersElsewhere,
  neverProcesses,
  placesOf,
  splitValue,
} from './index';

const environment = {
  SYSTEMDRIVE: 'C:',
  SYSTEMROOT: 'C:\\Windows',
  WINDIR: 'C:\\Windows',
  PROGRAMFILES: 'C:\\Program Files',
  'PROGRAMFILES(X86)': 'C:\\Program Files (x86)',
  PROGRAMDATA: 'C:\\ProgramData',
  TEMP: 'D:\\scratch\\tmp',
  TMP: 'D:\\scratch\\tmp',
  USERPROFILE: 'C:\\Users\\lin',
};
const goEnv = {
  GOPATH: 'C:\\Users\\lin\\go',
  GOBIN: '',
  GOMODCACHE: 'C:\\Users\\lin\\go\\pkg\\mod',
};
const places = {
  ...placesOf(environment, 'C:\\Users\\lin', goEnv),
  networkDrives: ['Z:'],
};

function why(value: string, kind: Exclusion['kind'] = 'path'): string {
  const judged = judgeExclusion({ kind, value }, places);
  if (judged.kind === 'accepted') return `accepted ${judged.exclusion.value}`;
  // Each refusal has its sentence, in each language.
  expect(translate('en', judged.reason)).not.toContain('exclusions.refused');
  expect(translate('zh-CN', judged.reason)).not.toContain('exclusions.refused');
  expect(translate('en', judged.reason)).not.toContain('{{');
  return judged.why;
}

const refused = (value: string, kind: Exclusion['kind'] = 'path'): void => {
  expect(why(value, kind), value).not.toMatch(/^accepted/);
};

describe("Microsoft's list of what never to exclude", () => {
  it.each(listedFolders)('refuses the folder %s in every disguise', (path) => {
    for (const disguise of disguises(path)) refused(disguise);
  });

  it.each(neverFolders.map(({ pattern }) => pattern))('refuses %s spelt with variables', (text) => {
    refused(text);
    refused(`${text}\\`);
    refused(text.toUpperCase());
  });

  it.each(neverFoldersElsewhere)('refuses %s', (path) => {
    refused(path);
  });

  it.each(neverExtensions)('refuses the extension %s', (extension) => {
    for (const text of extensionSpellings(extension)) {
      expect(why(text, 'extension')).toBe('listedExtension');
    }
  });

  it.each(neverProcesses)('refuses the process %s by name and by path', (name) => {
    expect(why(name, 'process')).toBe('listedProcess');
    expect(why(name.toUpperCase(), 'process')).toBe('listedProcess');
    refused(`C:\\tools\\${name}`, 'process');
    refused(`C:\\tools\\${name}`, 'path');
    refused(`D:\\x\\${name}\\`, 'process');
  });

  it('refuses what no list names: any extension, any address, any bare program', () => {
    expect(why('.obj', 'extension')).toBe('anyExtension');
    expect(why('*', 'extension')).toBe('listedExtension');
    expect(why('10.0.0.1', 'ip')).toBe('ip');
    expect(why('go.exe', 'process')).toBe('bareProcess');
    expect(why('gopls.exe', 'process')).toBe('bareProcess');
    expect(why('C:\\go\\bin\\*', 'process')).toBe('processWildcard');
    expect(why('go.exe', 'path')).toBe('notAbsolute');
    expect(why('*.exe', 'path')).toBe('notAbsolute');
  });
});

describe('places that anyone fills with files', () => {
  it.each(crowdedPlaces)('%s is refused as %s', (value, expected) => {
    expect(why(value)).toBe(expected);
  });
});

describe('what is narrow enough', () => {
  it.each(narrowPlaces)('%s is written as %s', (value, written) => {
    expect(why(value)).toBe(`accepted ${written}`);
  });

  it('takes the contextual entry for Go, and writes it in one spelling', () => {
    const cache = 'C:\\Users\\lin\\AppData\\Local\\go-build';
    const value = contextualForGo;
    expect(value).toBe(
      'C:\\Users\\lin\\AppData\\Local\\go-build\\:{PathType:folder,ScanTrigger:OnAccess,' +
        'Process:"C:\\Program Files\\Go\\bin\\go.exe",' +
        'Process:"C:\\Program Files\\Go\\pkg\\tool\\windows_amd64\\*"}',
    );
    const judged = judgeExclusion({ kind: 'path', value }, places);
    expect(judged).toMatchObject({ kind: 'accepted', path: cache, contextual: true });
    expect(judged.kind === 'accepted' ? judged.exclusion.value : '').toBe(value);
    expect(splitValue(value)).toMatchObject({ kind: 'contextual', path: cache });
  });
});
