// The written list of what scripts may ask of .NET. Scripts that must run in Constrained Language Mode keep to the types
// and methods that it allows; elevated ones keep to a list because each type is a way out of the vocabulary.
import type { ScriptKind } from './facts';

/** Types that Constrained Language Mode of Windows PowerShell 5.1 allows, as far as a script may want one. */
export const coreTypes: ReadonlySet<string> = new Set(
  (
    'array bool byte char cultureinfo datetime decimal double float guid hashtable int int16 int32 int64 long ' +
    'psobject regex sbyte single string switch timespan uint16 uint32 uint64 uri version void xml'
  ).split(' '),
);

/** Of instances of those: text, times and numbers. */
export const coreMethods: ReadonlySet<string> = new Set(
  'Contains Replace Substring ToCharArray ToLowerInvariant ToString ToUniversalTime'.split(' '),
);

/** Static members, by type, of scripts that run in full language. */
export const staticMembers: Readonly<
  Record<string, { readonly members: readonly string[]; readonly kinds: readonly ScriptKind[] }>
> = {
  Convert: { members: ['ToBase64String'], kinds: ['bootstrap', 'elevated'] },
  DateTimeOffset: { members: ['FromUnixTimeSeconds'], kinds: ['elevated'] },
  Environment: { members: ['GetFolderPath'], kinds: ['elevated'] },
  'IO.BinaryReader': { members: ['new'], kinds: ['bootstrap'] },
  'IO.File': { members: ['Exists'], kinds: ['elevated'] },
  'IO.Path': { members: ['Combine'], kinds: ['elevated'] },
  'IO.Pipes.NamedPipeClientStream': { members: ['new'], kinds: ['bootstrap'] },
  Math: { members: ['Min'], kinds: ['bootstrap'] },
  ScriptBlock: { members: ['Create'], kinds: ['bootstrap'] },
  'Security.Cryptography.SHA256': { members: ['Create'], kinds: ['bootstrap'] },
  'System.Collections.Generic.List[int]': { members: ['new'], kinds: ['elevated'] },
  'System.Collections.Generic.List[object]': { members: ['new'], kinds: ['elevated'] },
  'System.Collections.Generic.List[string]': { members: ['new'], kinds: ['elevated'] },
  'System.Collections.Generic.Stack[int]': { members: ['new'], kinds: ['elevated'] },
  TimeSpan: { members: ['FromHours', 'FromMinutes'], kinds: ['elevated'] },
  'bool[]': { members: ['new'], kinds: ['elevated'] },
  regex: { members: ['Matches', 'Unescape'], kinds: ['common', 'elevated'] },
  string: { members: ['Equals', 'Join'], kinds: ['elevated', 'task'] },
};

/** Calls that are no more than this text in this file. */
export const singleCalls: readonly {
  readonly file: string;
  readonly type: string;
  readonly text: string;
  readonly why: string;
}[] = [
  {
    file: 'reading.ps1',
    type: 'Diagnostics.ProcessStartInfo',
    text: `[Diagnostics.ProcessStartInfo]::new((Get-CheckProgram), '-CheckExclusion -Path "' + $text + '"')`,
    why: "Defender's own program, found through the machine's registry, with a path that holds no quote",
  },
  {
    file: 'reading.ps1',
    type: 'Diagnostics.Process',
    text: '[Diagnostics.Process]::Start($start)',
    why: 'starts what the line above names, so that its answer need not be waited for at once',
  },
];

/** Types whose static properties are read, and nothing else. */
export const propertyTypes: ReadonlySet<string> = new Set([
  'cultureinfo',
  'DateTime',
  'Globalization.CultureInfo',
  'Security.Principal.TokenImpersonationLevel',
  'StringComparison',
  'Text.Encoding',
]);

/** Folders that Windows names and the environment cannot move. */
export const machineFolders: ReadonlySet<string> = new Set([
  'Windows',
  'ProgramFiles',
  'ProgramFilesX86',
  'CommonApplicationData',
]);

/** What leaves Constrained Language Mode, and why it may. */
export const beyondConstrained: readonly {
  readonly file: string;
  readonly text: string;
  readonly why: string;
}[] = [
  {
    file: 'about.ps1',
    text: 'Console',
    why: 'only where the language mode is full; answers are ASCII without it',
  },
  { file: 'about.ps1', text: 'System.Text.UTF8Encoding', why: 'the same' },
  {
    file: 'elevate.ps1',
    text: 'System.ComponentModel.Win32Exception',
    why: 'only where the language mode is full; without it a refusal is an error',
  },
  {
    file: 'events.ps1',
    text: 'ToXml',
    why: 'the fields of a record have no other source; a channel that cannot be read says so',
  },
];
