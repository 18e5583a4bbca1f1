// Every *.ps1 of the product, read by PowerShell's own parser and held to the rules of lint/. Each rule has scripts that
// it refuses, and no list allows more than the scripts use.
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { elevatedArguments } from '../../src/core/windows/elevation/commandLine';
import { errandFor } from '../../src/core/windows/elevation/errand';
import { badScripts, goodScripts, type Sample } from './lint/badScripts';
import { cmdlets, computedCommands } from './lint/cmdlets';
import { beyondConstrained, propertyTypes, staticMembers } from './lint/dotnet';
import { parserFacts, readScripts, scriptOf, type Script, type ScriptFacts } from './lint/facts';
import { judge } from './lint/findings';
import { rules } from './lint/rules';
import { foundScripts, kindOf, scriptFiles } from './lint/scripts';
import { script } from './support/scripts';
import { sessionsForEachTest } from './support/session';

const host = inject('windowsHost');
const folder = mkdtempSync(join(tmpdir(), 'gangway-lint-'));
/** Functions of the common text, without which a sample would call what is not there. */
const around = new Set(['invoke-request']);
const selfcheckFolder = 'scripts/selfcheck';
const openSession = sessionsForEachTest();
let product: readonly Script[];
let good: readonly Script[];
let bad: readonly Script[];

beforeAll(async () => {
  product = await readScripts(host, scriptFiles);
  const samples: readonly Sample[] = [...goodScripts, ...badScripts];
  const paths = samples.map(({ file, text }, at) =>
    written(String(at), file ?? 'script.ps1', text),
  );
  const facts = await parserFacts(host, paths);
  const all = samples.map(({ kind }, at) => scriptOf(paths[at] ?? '', kind, facts[at], around));
  good = all.slice(0, goodScripts.length);
  bad = all.slice(goodScripts.length);
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function written(name: string, file: string, text: string): string {
  const own = join(folder, name);
  mkdirSync(own, { recursive: true });
  const path = join(own, file);
  writeFileSync(path, text);
  return path;
}

async function factsOf(text: string): Promise<ScriptFacts> {
  const [facts] = await parserFacts(host, [written('whole', 'script.ps1', text)]);
  return facts!;
}

describe('the rules', () => {
  it.each(badScripts.map((sample, at) => ({ ...sample, at })))(
    '$rule refuses, in a script that is $kind: #$at',
    ({ at, rule, line }) => {
      const found = judge(bad[at]!, rules).filter((finding) => finding.rule === rule);
      expect(found.map((finding) => finding.line)).toContain(line);
    },
  );

  it.each(goodScripts.map((sample, at) => ({ ...sample, at })))(
    'find nothing in a good script that is $kind',
    ({ at }) => {
      expect(judge(good[at]!, rules)).toEqual([]);
    },
  );

  it('each have a script that they refuse, and a name of their own', () => {
    const ids = rules.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect([...new Set(badScripts.map(({ rule }) => rule))].sort()).toEqual([...ids].sort());
  });
});

describe('the scripts of the product', () => {
  it('are all known, each with how it runs', () => {
    expect([...foundScripts()].sort()).toEqual(Object.keys(kindOf).sort());
  });

  it.each(scriptFiles.map(({ path, kind }, at) => ({ path, kind, at })))(
    '$path ($kind) keeps every rule',
    ({ at }) => {
      expect(judge(product[at]!, rules)).toEqual([]);
    },
  );

  it('use every cmdlet of the list, in every kind of script that it is listed for', () => {
    const unused = Object.entries(cmdlets).flatMap(([name, { kinds }]) =>
      kinds
        .filter((kind) => !product.some((one) => one.kind === kind && calls(one, name)))
        .map((kind) => `${name} (${kind})`),
    );
    expect(unused).toEqual([]);
  });

  it('use every parameter, exception and .NET member of the lists', () => {
    const commands = product.flatMap(({ facts }) => facts.commands);
    const members = product.flatMap(({ facts }) => facts.members);
    const types = product.flatMap(({ facts }) => facts.types);
    const parameters = Object.entries(cmdlets).flatMap(([name, { parameters: listed }]) =>
      listed
        .filter(
          (listedName) =>
            !commands.some(
              (command) =>
                command.name === name &&
                (command.parameters.some((given) => given.name === listedName) ||
                  // By its place.
                  (name === 'ConvertFrom-Json' && listedName === 'InputObject')),
            ),
        )
        .map((listedName) => `${name} -${listedName}`),
    );
    const computed = computedCommands
      .filter(({ text }) => !commands.some((command) => command.text === text))
      .map(({ text }) => text);
    const statics = Object.entries(staticMembers).flatMap(([type, { members: listed, kinds }]) => [
      ...listed
        .filter((member) => !members.some((one) => one.target === type && one.member === member))
        .map((member) => `${type}::${member}`),
      ...kinds
        .filter(
          (kind) =>
            !product.some(
              (one) => one.kind === kind && one.facts.types.some(({ text }) => text === type),
            ),
        )
        .map((kind) => `${type} (${kind})`),
    ]);
    const properties = [...propertyTypes].filter(
      (type) => !types.some(({ text }) => text === type),
    );
    const beyond = beyondConstrained
      .filter(
        ({ file, text }) => !product.some((one) => one.name === file && one.text.includes(text)),
      )
      .map(({ file, text }) => `${file}: ${text}`);
    expect({ parameters, computed, statics, properties, beyond }).toEqual({
      parameters: [],
      computed: [],
      statics: [],
      properties: [],
      beyond: [],
    });
  });
});

describe('the scripts of the selfcheck', () => {
  it('keep the rules of their frame, their syntax and their commands', async () => {
    const names = readdirSync(selfcheckFolder).filter((name) => name.endsWith('.ps1'));
    const files = names.map((name) => ({
      path: join(selfcheckFolder, name),
      kind: 'unelevated' as const,
    }));
    // They reach further than the product: which cmdlets, and which types of .NET, is their own.
    const held = rules.filter(({ id }) => !['cmdlet', 'parameter', 'languageMode'].includes(id));
    const facts = await parserFacts(
      host,
      files.map(({ path }) => path),
    );
    const found = files.flatMap(({ path, kind }, at) =>
      judge(scriptOf(path, kind, facts[at], around), held),
    );
    expect(found).toEqual([]);
    expect(names.length).toBeGreaterThan(5);
  });
});

describe('what is put together of them', () => {
  const exclusion = { kind: 'path', value: "C:\\O'Brien\\\u2019$(x)\\\u4e2d" } as const;
  const errand = errandFor({
    id: 'batch',
    steps: [
      { kind: 'addExclusion', exclusion },
      { kind: 'registerExpiry', task: 'Gangway-1', exclusion, at: '2099-01-01T00:00:00.000Z' },
    ],
  });

  it('the elevated text parses as a whole, is ASCII, and holds each function once', async () => {
    const facts = await factsOf(errand.payload.toString('latin1'));
    expect(facts.errors).toEqual([]);
    expect(facts.nonAscii).toEqual([]);
    expect(facts.newer).toEqual([]);
    const names = facts.functions.map(({ text }) => text.toLowerCase());
    expect(new Set(names).size).toBe(names.length);
  });

  it("the elevated text takes modules from Windows' own folder, whatever the environment says", () => {
    const sets = errand.payload.toString('latin1').match(/^\$env:PSModulePath = .*$/gm) ?? [];
    expect(sets.slice(1)).not.toEqual([]);
    // The first is of the common text, the others come before anything is called.
    expect(new Set(sets.slice(1))).toEqual(new Set(['$env:PSModulePath = "$PSHOME\\Modules"']));
  });

  it('the elevated text reads the plan as one literal and its values as none', async () => {
    const facts = await factsOf(errand.payload.toString('latin1'));
    const last = facts.commands.at(-1);
    expect(last).toMatchObject({ name: 'Invoke-Batch', operator: 'none', parameters: [] });
    expect(last?.text).toMatch(/^Invoke-Batch '[ !#-&(-~"]*'$/);
  });

  it('the elevated command line parses, and keeps the rules of its script', async () => {
    const words = elevatedArguments({
      pipe: `gangway-${'0'.repeat(32)}`,
      nonce: '0'.repeat(32),
      sha256: `${'A'.repeat(43)}=`,
    });
    const text = Buffer.from(words.at(-1) ?? '', 'base64').toString('utf16le');
    const facts = await factsOf(text);
    expect(facts.errors).toEqual([]);
    expect(facts.newer).toEqual([]);
    expect(facts.members.filter(({ member }) => member === 'Create')).toHaveLength(2);
  });
});

describe('strict mode', () => {
  it('holds in every script of a session, set by the common text', async () => {
    const ran = await openSession().run(script('@{ value = $misspelt }'), {}, {
      parse: (value: unknown) => value,
    } as never);
    expect(ran).toMatchObject({ kind: 'error', error: { id: 'VariableIsUndefined' } });
  });
});

function calls({ facts }: Script, name: string): boolean {
  return facts.commands.some((command) => command.name === name);
}
