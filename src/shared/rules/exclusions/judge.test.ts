import { describe, expect, it } from 'vitest';
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
  writeContextual,
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

/** Every spelling that means the same place. */
function disguises(path: string): readonly string[] {
  return [
    path,
    path.toUpperCase(),
    path.toLowerCase(),
    `${path}\\`,
    `${path}\\\\`,
    `${path}\\*`,
    `${path}\\*.*`,
    path.replaceAll('\\', '/'),
    `\\\\?\\${path}`,
    `\\\\.\\${path}`,
    `${path} `,
    `${path}.`,
    `${path}\\.\\`,
    `${path}\\..\\${path.slice(path.lastIndexOf('\\') + 1)}`,
    `\\\\localhost\\${path.replace(':', '$')}`,
    `${path}\\:{PathType:folder}`,
    `${path}\\:{PathType:folder,ScanTrigger:OnAccess,Process:"C:\\Program Files\\Go\\bin\\go.exe"}`,
  ];
}

describe("Microsoft's list of what never to exclude", () => {
  const expanded = neverFolders.map(({ pattern }) =>
    pattern
      .replace('%SystemDrive%', 'C:')
      .replace('%ProgramFiles%', 'C:\\Program Files')
      .replace('%ProgramFiles(x86)%', 'C:\\Program Files (x86)')
      .replace('%windir%', 'C:\\Windows')
      .replace('Users\\*', 'Users\\lin')
      .replace(/\\\*$/, '\\Contoso'),
  );
  it.each(expanded)('refuses the folder %s in every disguise', (path) => {
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
    const spellings = [extension, `.${extension}`, `*.${extension}`, extension.toUpperCase()];
    for (const text of [...spellings, ` .${extension} `, `.test.${extension}`, `.${extension}.`]) {
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
  it.each([
    ['C:\\Users\\*\\AppData\\Local\\Te*', 'temp'],
    ['C:\\Users\\*\\AppData\\*\\Temp', 'temp'],
    ['C:\\Users\\l?n\\AppData\\Local\\T?mp\\', 'temp'],
    ['C:\\Users\\lin\\AppData\\Local\\Temp\\go-build*', 'temp'],
    ['C:\\Users\\someone\\AppData\\Local\\Temp\\go-build1', 'temp'],
    ['D:\\scratch\\tmp\\go-build1', 'temp'],
    ['D:\\scratch', 'temp'],
    ['C:\\Users\\lin\\AppData\\Local', 'temp'],
    ['C:\\Users\\lin\\AppData\\*', 'temp'],
    ['C:\\Users\\lin\\*\\Local', 'temp'],
    ['C:\\Us*', 'driveRoot'],
    ['C:\\*', 'driveRoot'],
    ['D:', 'driveRoot'],
    ['E:\\', 'driveRoot'],
    ['?:\\', 'driveWildcard'],
    ['Z:\\build', 'networkDrive'],
    ['\\\\server\\share', 'wholeShare'],
    ['\\\\server\\share\\*', 'wholeShare'],
    ['\\\\server\\C$\\Windows', 'thisComputer'],
    ['\\\\127.0.0.1\\tmp\\x', 'thisComputer'],
    ['C:\\Users\\lin', 'home'],
    ['C:\\Users', 'usersFolder'],
    ['C:\\Users\\*', 'usersFolder'],
    ['C:\\Users\\lin\\AppData\\Roaming', 'home'],
    ['C:\\Users\\lin\\Downloads\\sub', 'personalFolder'],
    ['C:\\Users\\lin\\Desktop', 'personalFolder'],
    ['C:\\Users\\lin\\Documents', 'personalFolder'],
    ['C:\\Windows\\System32\\drivers', 'windowsFolder'],
    ['%SystemRoot%\\Sys*', 'listedFolder'],
    ['%windir%\\System32\\x', 'windowsFolder'],
    ['C:\\Program Files', 'listedFolder'],
    ['C:\\Program Files\\Go', 'programFolder'],
    ['C:\\Program Files (x86)\\G*', 'programFolder'],
    ['C:\\ProgramData', 'sharedFolder'],
    ['C:\\Users\\Public\\x', 'sharedFolder'],
    ['C:\\Users\\lin\\go', 'goBin'],
    ['C:\\Users\\lin\\go\\bin', 'goBin'],
    ['C:\\Users\\lin\\go\\bin\\*.exe', 'goBin'],
    ['C:\\Users\\lin\\go\\pkg', 'coversModuleCache'],
    ['C:\\PROGRA~1\\Go\\pkg', 'shortName'],
    ['C:\\Users\\LIN~1\\AppData\\Local\\x', 'shortName'],
    ['C:\\a\\*\\*\\*\\*\\*\\*\\*', 'tooManyWildcards'],
    ['%TEMP%', 'userVariable'],
    ['%TEMP%\\go-build', 'userVariable'],
    ['%tmp%\\x', 'userVariable'],
    ['%LOCALAPPDATA%\\go-build', 'userVariable'],
    ['%USERPROFILE%\\go', 'userVariable'],
    ['%GOPATH%\\x', 'userVariable'],
    ['%NOPE%\\x', 'unknownVariable'],
    ['$env:TEMP\\x', 'unknownVariable'],
    ['C:\\x\\:{PathType:Folder}', 'malformed'],
    ['C:\\x:{PathType:folder}', 'malformed'],
    ['C:\\x\\:{Process:"go.exe"}', 'bareProcess'],
    ['C:\\x\\:{Process:"C:\\Windows\\System32\\cmd.exe"}', 'windowsFolder'],
    ['C:\\x\\:{Process:"C:\\tools\\powershell.exe"}', 'listedProcess'],
  ])('%s is refused as %s', (value, expected) => {
    expect(why(value)).toBe(expected);
  });
});

describe('what is narrow enough', () => {
  it.each([
    [
      'C:\\Users\\lin\\AppData\\Local\\Gangway\\tmp',
      'C:\\Users\\lin\\AppData\\Local\\Gangway\\tmp',
    ],
    ['c:/users/lin/appdata/local/go-build/', 'C:\\users\\lin\\appdata\\local\\go-build'],
    ['C:\\Users\\lin\\go\\pkg\\mod', 'C:\\Users\\lin\\go\\pkg\\mod'],
    ['C:\\Users\\lin\\go\\bin\\gopls.exe', 'C:\\Users\\lin\\go\\bin\\gopls.exe'],
    ['C:\\Users\\lin\\src\\app\\bin', 'C:\\Users\\lin\\src\\app\\bin'],
    ['%ProgramFiles%\\Go\\pkg\\tool', 'C:\\Program Files\\Go\\pkg\\tool'],
    ['\\\\server\\share\\build', '\\\\server\\share\\build'],
    ['C:\\Temporary\\x', 'C:\\Temporary\\x'],
    ['C:\\Usersx', 'C:\\Usersx'],
  ])('%s is written as %s', (value, written) => {
    expect(why(value)).toBe(`accepted ${written}`);
  });

  it('takes the contextual entry for Go, and writes it in one spelling', () => {
    const cache = 'C:\\Users\\lin\\AppData\\Local\\go-build';
    const value = writeContextual(`${cache}\\`, {
      pathType: 'folder',
      scanType: null,
      scanTrigger: 'OnAccess',
      processes: [
        'C:\\Program Files\\Go\\bin\\go.exe',
        'C:\\Program Files\\Go\\pkg\\tool\\windows_amd64\\*',
      ],
    });
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
