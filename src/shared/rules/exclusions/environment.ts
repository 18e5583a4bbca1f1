// Environment variables in exclusions. Defender reads them as SYSTEM, so a user's variables name another folder than
// the user means: those are refused. The machine's own are expanded, so that what is written is what is meant.
import { foldCase } from '../winPath';

/** The variables that mean the same to every account, with their usual values. */
export const systemVariables: Readonly<Record<string, string>> = {
  SYSTEMDRIVE: 'C:',
  SYSTEMROOT: 'C:\\Windows',
  WINDIR: 'C:\\Windows',
  PROGRAMFILES: 'C:\\Program Files',
  'PROGRAMFILES(X86)': 'C:\\Program Files (x86)',
  PROGRAMW6432: 'C:\\Program Files',
  COMMONPROGRAMFILES: 'C:\\Program Files\\Common Files',
  'COMMONPROGRAMFILES(X86)': 'C:\\Program Files (x86)\\Common Files',
  PROGRAMDATA: 'C:\\ProgramData',
  ALLUSERSPROFILE: 'C:\\ProgramData',
  PUBLIC: 'C:\\Users\\Public',
};

/** What the user's variables are to the account that Defender runs as (NT AUTHORITY\SYSTEM). */
export const asSystem: Readonly<Record<string, string>> = {
  ...systemVariables,
  TEMP: 'C:\\Windows\\TEMP',
  TMP: 'C:\\Windows\\TEMP',
  USERPROFILE: 'C:\\Windows\\System32\\config\\systemprofile',
  APPDATA: 'C:\\Windows\\System32\\config\\systemprofile\\AppData\\Roaming',
  LOCALAPPDATA: 'C:\\Windows\\System32\\config\\systemprofile\\AppData\\Local',
};

const userVariables = new Set([
  ...'TEMP TMP USERPROFILE APPDATA LOCALAPPDATA HOMEDRIVE HOMEPATH HOMESHARE HOME USERNAME'.split(
    ' ',
  ),
  ...'ONEDRIVE ONEDRIVECONSUMER ONEDRIVECOMMERCIAL GOPATH GOROOT GOBIN GOCACHE GOTMPDIR GOMODCACHE PATH'.split(
    ' ',
  ),
]);

export type Expansion =
  | { readonly kind: 'expanded'; readonly text: string }
  | {
      readonly kind: 'refused';
      readonly why: 'userVariable' | 'unknownVariable';
      readonly name: string;
    };

export function expandSystemVariables(
  text: string,
  variables: Readonly<Record<string, string>> = systemVariables,
): Expansion {
  const unknown: string[] = [];
  const expanded = text.replace(/%([^%\\/]+)%/g, (whole, name: string) => {
    const value = variables[foldCase(name)];
    if (value === undefined) unknown.push(name);
    return value ?? whole;
  });
  const [first] = unknown;
  if (first !== undefined) {
    const why = userVariables.has(foldCase(first)) ? 'userVariable' : 'unknownVariable';
    return { kind: 'refused', why, name: first };
  }
  // PowerShell's and the shell's spellings are no variables to Defender.
  const other = /^\s*\$(?:env:)?\{?(\w+)/i.exec(expanded);
  if (other !== null) return { kind: 'refused', why: 'unknownVariable', name: other[1] ?? '' };
  return { kind: 'expanded', text: expanded };
}

/** As Defender itself reads an entry; an unknown variable stays as text and matches nothing. */
export function expandAsSystem(text: string): string {
  return text.replace(/%([^%\\/]+)%/g, (whole, name: string) => asSystem[foldCase(name)] ?? whole);
}
