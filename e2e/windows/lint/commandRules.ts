// Rules about commands: only those of the written list, by their full names, with parameters of 5.1, and none computed.
import { cmdlets, computedCommands, type Cmdlet } from './cmdlets';
import type { CommandFact, Script } from './facts';
import { allKinds, at, type Rule } from './findings';

const listed = new Map(
  Object.entries(cmdlets).map(([name, cmdlet]) => [name.toLowerCase(), cmdlet]),
);
const exactName = new Map(Object.keys(cmdlets).map((name) => [name.toLowerCase(), name]));

export const commandRules: readonly Rule[] = [
  {
    id: 'alias',
    why: 'an alias means what the session says, and hides what is called from a list of names',
    kinds: allKinds,
    check: (script) =>
      named(script)
        .filter(
          ({ name }) => !/^[A-Z][A-Za-z]*-[A-Z][A-Za-z0-9]*$/.test(name) && !isOwn(script, name),
        )
        .map(({ line, name }) => at(line, name)),
  },
  {
    id: 'cmdlet',
    why: 'only what is on the written list, with its reason, and for this kind of script',
    kinds: allKinds,
    check: (script) =>
      named(script).flatMap(({ line, name }) => {
        if (!name.includes('-') || isOwn(script, name)) return [];
        const cmdlet = listed.get(name.toLowerCase());
        if (cmdlet === undefined) return [at(line, `${name} is not on the list`)];
        if (exactName.get(name.toLowerCase()) !== name) return [at(line, `${name}: its spelling`)];
        if (!cmdlet.kinds.includes(script.kind)) {
          return [at(line, `${name} is not for a script that is ${script.kind}`)];
        }
        return cmdlet.files?.includes(script.name) === false ? [at(line, `${name} here`)] : [];
      }),
  },
  {
    id: 'parameter',
    why: '5.1 lacks parameters that 7 has, and a shortened name can become ambiguous',
    kinds: allKinds,
    check: (script) =>
      listedCommands(script).flatMap(({ command, name, cmdlet }) =>
        command.parameters
          .filter((given) => ![...cmdlet.parameters, 'ErrorAction'].includes(given.name))
          .map((given) => at(command.line, `${name} -${given.name}`)),
      ),
  },
  {
    id: 'errorAction',
    why: "Windows' cmdlets go on after an error unless they are told each time",
    kinds: allKinds,
    check: (script) =>
      listedCommands(script)
        .filter(({ command, cmdlet }) => {
          const given = command.parameters.find(({ name }) => name === 'ErrorAction');
          if (given !== undefined) return given.value !== 'Stop';
          return cmdlet.noErrorAction === undefined;
        })
        .map(({ command, name }) => at(command.line, `${name} without -ErrorAction Stop`)),
  },
  {
    id: 'computedCommand',
    why: 'what is called must stand in the text',
    kinds: allKinds,
    check: ({ name, facts }) =>
      facts.commands
        .filter((command) => command.name === null && command.head !== 'expandableStringExpression')
        .filter(
          ({ text }) =>
            !computedCommands.some((known) => known.file === name && known.text === text),
        )
        .map(({ line, text }) => at(line, text)),
  },
  {
    id: 'commandString',
    why: 'a string with a variable in it as a command is a command that data can choose',
    kinds: allKinds,
    check: ({ facts }) =>
      facts.commands
        .filter(({ head }) => head === 'expandableStringExpression')
        .map(({ line, text }) => at(line, text)),
  },
  {
    id: 'dotSource',
    why: 'nothing is loaded from a file or run in the scope of the caller',
    kinds: allKinds,
    check: ({ facts }) =>
      facts.commands
        .filter(({ operator }) => operator === 'dot')
        .map(({ line, text }) => at(line, text)),
  },
  {
    id: 'shadow',
    why: 'a function with the name of a cmdlet, or of one of the texts around it, would take its place',
    kinds: allKinds,
    check: ({ facts, around }) =>
      facts.functions.flatMap(({ line, text }, index, all) => {
        const name = text.toLowerCase();
        const before = all.slice(0, index).some((other) => other.text.toLowerCase() === name);
        return before || around.has(name) || listed.has(name) ? [at(line, text)] : [];
      }),
  },
  {
    id: 'setPreference',
    why: 'Set-MpPreference replaces a whole list, entries of others included: not even in a text',
    kinds: allKinds,
    check: ({ text }) =>
      text
        .split('\n')
        .flatMap((line, index) =>
          /^\s*#/.test(line) || !/Set-MpPreference|MSFT_MpPreference/i.test(line)
            ? []
            : [at(index + 1, line.trim())],
        ),
  },
];

function named({ facts }: Script): readonly { readonly line: number; readonly name: string }[] {
  return facts.commands.flatMap(({ line, name }) => (name === null ? [] : [{ line, name }]));
}

function isOwn({ facts, around }: Script, name: string): boolean {
  const wanted = name.toLowerCase();
  return around.has(wanted) || facts.functions.some(({ text }) => text.toLowerCase() === wanted);
}

function listedCommands(
  script: Script,
): readonly { readonly command: CommandFact; readonly name: string; readonly cmdlet: Cmdlet }[] {
  return script.facts.commands.flatMap((command) => {
    const { name } = command;
    if (name === null || isOwn(script, name)) return [];
    const cmdlet = listed.get(name.toLowerCase());
    return cmdlet === undefined ? [] : [{ command, name, cmdlet }];
  });
}
