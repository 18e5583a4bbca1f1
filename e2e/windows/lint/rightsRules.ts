// Rules about what a script could do beyond its vocabulary: make code of text, reach into .NET, or, with more rights than
// the user, read what the user can change.
import {
  beyondConstrained,
  coreMethods,
  coreTypes,
  machineFolders,
  propertyTypes,
  singleCalls,
  staticMembers,
} from './dotnet';
import type { Script } from './facts';
import { allKinds, asAdministrator, asUser, at, type Found, type Rule } from './findings';

const makesCode: readonly RegExp[] = [
  /^(?:Invoke-Expression|iex|Invoke-Command|icm|Add-Type|Import-Module|ipmo|New-Module|Start-Job|Set-Alias|New-Alias)$/i,
];
const codeMembers =
  /^(?:Create|NewScriptBlock|InvokeScript|ExpandString|AddScript|AddCommand|Invoke|InvokeReturnAsIs|InvokeWithContext|GetNewClosure|DynamicInvoke|InvokeMember|GetMethod|Load|LoadFrom|LoadFile)$/i;
const codeTypes =
  /^(?:System\.)?(?:Management\.Automation\.)?(?:ScriptBlock|PowerShell|RunspaceFactory)$/i;
/** The one text that becomes code, after its hash was compared. */
const bootstrapText = '[ScriptBlock]::Create([Text.Encoding]::ASCII.GetString($b))';
const bootstrapGuard = "if (!$h.Equals('<sha256>')) { exit }";
const identification =
  "[IO.Pipes.NamedPipeClientStream]::new('.', '<pipe>', 'InOut', 'None', [Security.Principal.TokenImpersonationLevel]::Identification)";
const modulesOfWindows = '$env:PSModulePath = "$PSHOME\\Modules"';

export const rightsRules: readonly Rule[] = [
  {
    id: 'evaluation',
    why: 'text never becomes code, but for the one text whose hash was compared right before',
    kinds: allKinds,
    check({ kind, text, facts }) {
      const commands = facts.commands.filter(({ name }) =>
        makesCode.some((one) => one.test(name ?? '')),
      );
      const members = facts.members.filter(
        ({ target, member, text: call }) =>
          (codeMembers.test(member) || codeTypes.test(target)) && !isHarmless(target, member, call),
      );
      const allowed = kind === 'bootstrap' && isGuarded(text) ? bootstrapText : null;
      return [
        ...commands.map(({ line, text: call }) => at(line, call)),
        ...members
          .filter(({ text: call }) => call !== allowed)
          .map(({ line, text: call }) => at(line, call)),
        ...facts.types
          .filter(({ text: type, use }) => codeTypes.test(type) && use !== 'static')
          .map(({ line, text: type }) => at(line, `[${type}]`)),
      ];
    },
  },
  {
    id: 'languageMode',
    why: 'Constrained Language Mode allows only core types and their methods',
    kinds: asUser,
    check: (script) =>
      beyond(script).filter(
        ({ what }) =>
          !beyondConstrained.some(({ file, text }) => file === script.name && text === what),
      ),
  },
  {
    id: 'dotnet',
    why: 'each .NET type is a way out of the vocabulary, so those that are used are listed',
    kinds: ['bootstrap', 'elevated', 'task'],
    check: ({ name, kind, facts }) => [
      ...facts.members
        .filter((call) => call.static)
        .filter(({ text }) => !singleCalls.some((one) => one.file === name && one.text === text))
        .filter(({ target, member }) => {
          const known = staticMembers[target];
          return known?.members.includes(member) !== true || !known.kinds.includes(kind);
        })
        .map(({ line, target, member }) => at(line, `[${target}]::${member}`)),
      ...facts.types
        .filter(
          ({ text, use }) =>
            use === 'static' &&
            !(text in staticMembers) &&
            !propertyTypes.has(text) &&
            !singleCalls.some((one) => one.file === name && one.type === text),
        )
        .map(({ line, text }) => at(line, `[${text}]`)),
    ],
  },
  {
    id: 'userEnvironment',
    why: 'with more rights than the user, nothing of the user decides: variables, home, his registry',
    kinds: asAdministrator,
    check: ({ name, facts }) => [
      ...facts.variables
        .filter(({ name: variable, assigned, line }) => {
          if (/^(?:home|profile|pwd|psscriptroot)$/i.test(variable)) return true;
          if (!/^env:/i.test(variable)) return false;
          if (/^env:PSModulePath$/i.test(variable) && assigned) return false;
          return !isModulePathOfCommon(name, variable, line, facts);
        })
        .map(({ line, name: variable }) => at(line, `$${variable}`)),
      ...facts.strings
        .filter(({ value }) =>
          /\bHKCU\b|HKEY_(?:CURRENT_USER|USERS)|%[A-Za-z]+%|^env:|\bUsers\\/i.test(value),
        )
        .filter(({ value }) => !/^[a-zA-Z]+\|[01]\|\{drive\}\\Users/.test(value))
        .filter(({ value }) => value !== 'PUBLIC=C:\\Users\\Public')
        .map(({ line, value }) => at(line, value)),
      ...facts.members
        .filter(
          ({ target, member, text }) =>
            /^GetEnvironmentVariable|^ExpandEnvironmentVariables$|^GetTemp/i.test(member) ||
            (/Environment$/.test(target) && member === 'GetFolderPath' && !isMachineFolder(text)),
        )
        .map(({ line, text }) => at(line, text)),
    ],
  },
  {
    id: 'modulePath',
    why: "modules come from Windows' own folder before the first of them is loaded",
    kinds: ['bootstrap', 'task'],
    check({ facts, text }) {
      const lines = text.split('\n');
      const set = lines.findIndex((line) => line === modulesOfWindows) + 1;
      const first = facts.commands.find(({ name }) => name !== 'Set-StrictMode');
      return set > 0 && (first === undefined || set < first.line)
        ? []
        : [at(first?.line ?? 1, `not before: ${modulesOfWindows}`)];
    },
  },
  {
    id: 'impersonation',
    why: 'who serves the pipe learns who calls, and cannot act as the administrator',
    kinds: allKinds,
    check: ({ facts }) =>
      facts.members
        .filter(({ target, text }) => /Pipes\./i.test(target) && text !== identification)
        .map(({ line, text }) => at(line, text)),
  },
];

function isHarmless(target: string, member: string, call: string): boolean {
  return target === 'Security.Cryptography.SHA256' && member === 'Create' && call.endsWith('()');
}

/** The hash is compared, and a wrong one ends it, on the line before the text becomes code. */
function isGuarded(text: string): boolean {
  const lines = text.trimEnd().split('\n');
  return lines.at(-2) === bootstrapGuard && (lines.at(-1) ?? '').includes(bootstrapText);
}

function isMachineFolder(call: string): boolean {
  const folder = /\('([A-Za-z0-9]+)'\)$/.exec(call)?.[1];
  return folder !== undefined && machineFolders.has(folder);
}

/** Also names Windows' folder in it; the elevated text sets it again before anything is loaded, which a test looks at. */
function isModulePathOfCommon(
  file: string,
  variable: string,
  line: number,
  { variables }: Script['facts'],
): boolean {
  const sets = variables.some(
    (other) => other.line === line && other.assigned && /^env:PSModulePath$/i.test(other.name),
  );
  return file === 'common.ps1' && /^env:SystemRoot$/i.test(variable) && sets;
}

function beyond({ facts, kind }: Script): readonly Found[] {
  const isCore = (type: string): boolean => coreTypes.has(type.toLowerCase().replace('[]', ''));
  const instance = facts.members
    .filter((call) => !call.static && !coreMethods.has(call.member))
    .map(({ line, member }) => at(line, member));
  const isKnown = (target: string, member: string): boolean => {
    const known = staticMembers[target];
    return isCore(target) && known?.members.includes(member) === true && known.kinds.includes(kind);
  };
  const statics = facts.members
    .filter((call) => call.static && !isKnown(call.target, call.member))
    .map(({ line, target, member }) => at(line, `[${target}]::${member}`));
  // To ask whether something is of a type is allowed for every type.
  const types = facts.types
    .filter(({ text, use }) => use !== 'test' && !isCore(text))
    .map(({ line, text }) => at(line, text));
  const objects = facts.commands
    .filter(({ name }) => name === 'New-Object')
    .flatMap(({ line, parameters }) => {
      const type = parameters.find(({ name }) => name === 'TypeName')?.value ?? '';
      return isCore(type) ? [] : [at(line, type)];
    });
  return [...instance, ...statics, ...types, ...objects];
}
