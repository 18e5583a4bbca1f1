// Looks for Go by its folders: the PATH, GOROOT, the usual places, ~/sdk and Gangway's own. Runs nothing; the version
// is the first line of the tree's VERSION file. A folder that cannot be read is passed over, never an error.
import { open, readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { GoCandidate, GoFinder, Machine } from '../ports';
import type { FoundGo } from '../../shared/model';

type Origin = FoundGo['origin'];

interface Lead {
  readonly root: string;
  readonly origin: Origin;
}

const mostTelling: readonly Origin[] = [
  'gangway',
  'sdk',
  'programFiles',
  'goroot',
  'path',
  'folder',
];

export const goFinder: GoFinder = {
  async search(machine, more) {
    const began = performance.now();
    const installRoot = more.installRoot ?? machine.installRoot;
    const onPath = await pathLeads(machine);
    const leads: readonly Lead[] = [
      ...onPath,
      ...gorootLead(machine),
      ...(await childLeads(installRoot, 'gangway', () => true)),
      ...(await childLeads(join(machine.home, 'sdk'), 'sdk', (name) => name.startsWith('go'))),
      ...(await usualLeads(machine)),
      ...(more.folders ?? []).map((root) => ({ root, origin: 'folder' as const })),
    ];
    return {
      candidates: await gather(leads, onPath, machine),
      places: placesOf(machine, installRoot),
      tookMs: Math.round(performance.now() - began),
    };
  },
};

async function gather(
  leads: readonly Lead[],
  onPath: readonly Lead[],
  machine: Machine,
): Promise<readonly GoCandidate[]> {
  const byRoot = new Map<string, { root: string; origins: Set<Origin> }>();
  for (const lead of leads) {
    const root = await resolved(lead.root);
    if (root === null) continue;
    // A folder that nothing but the search named, and that holds neither part of a Go, is no Go.
    const known = byRoot.get(keyOf(root, machine)) ?? { root, origins: new Set<Origin>() };
    known.origins.add(lead.origin);
    byRoot.set(keyOf(root, machine), known);
  }
  const ranks = new Map<string, number>();
  for (const lead of onPath) {
    const root = await resolved(lead.root);
    if (root === null) continue;
    const key = keyOf(root, machine);
    if (!ranks.has(key)) ranks.set(key, ranks.size);
  }
  const candidates: GoCandidate[] = [];
  for (const [key, { root, origins }] of byRoot) {
    const version = await versionOf(root);
    const program = await isFile(join(root, 'bin', programName(machine)));
    const asked = origins.has('path') || origins.has('goroot') || origins.has('folder');
    if (version === null && !program && !asked) continue;
    candidates.push({
      root,
      version,
      program,
      origins: mostTelling.filter((origin) => origins.has(origin)),
      pathRank: ranks.get(key) ?? null,
    });
  }
  return candidates;
}

/** The folder around each `go` that the PATH names, in its order. A link is followed to the tree it stands in. */
async function pathLeads(machine: Machine): Promise<readonly Lead[]> {
  const leads: Lead[] = [];
  for (const folder of machine.path) {
    const program = join(folder, programName(machine));
    if (!(await isFile(program))) continue;
    const real = await realpath(program).catch(() => program);
    leads.push({ root: dirname(dirname(real)), origin: 'path' });
  }
  return leads;
}

function gorootLead(machine: Machine): readonly Lead[] {
  const root = machine.environment['GOROOT'];
  return root === undefined || root === '' ? [] : [{ root, origin: 'goroot' }];
}

async function usualLeads(machine: Machine): Promise<readonly Lead[]> {
  const leads: Lead[] = machine.usualPlaces.map((root) => ({ root, origin: 'programFiles' }));
  if (machine.os === 'linux' && machine.usualPlaces.includes('/usr/lib/go')) {
    leads.push(...(await childLeads('/usr/lib', 'programFiles', (name) => name.startsWith('go-'))));
  }
  return leads;
}

async function childLeads(
  folder: string,
  origin: Origin,
  wanted: (name: string) => boolean,
): Promise<readonly Lead[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return (
      entries
        // Links are ways to a version, not versions: `current` leads to one of the others. Dots begin leftovers.
        .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && wanted(entry.name))
        .map((entry) => ({ root: join(folder, entry.name), origin }))
    );
  } catch {
    // No such folder, or not ours to read: nothing was found there.
    return [];
  }
}

/** "go1.27.0" of `VERSION`'s first line; later lines hold the build's time. */
export async function versionOf(root: string): Promise<string | null> {
  try {
    const file = await open(join(root, 'VERSION'), 'r');
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(256), 0, 256, 0);
      const line = buffer.toString('utf8', 0, bytesRead).split(/\r?\n/)[0]?.trim() ?? '';
      return /^(go\d[\w.+-]*|devel\b.*)$/.test(line) && line.length <= 64 ? line : null;
    } finally {
      await file.close();
    }
  } catch {
    // Missing or unreadable: the caller says that this Go is not whole.
    return null;
  }
}

function placesOf(machine: Machine, installRoot: string): readonly string[] {
  const shown = [
    'PATH',
    'GOROOT',
    ...machine.usualPlaces,
    join(machine.home, 'sdk'),
    installRoot,
  ].map((place) => machine.display(place));
  return shown.slice(0, 32);
}

function programName(machine: Machine): string {
  return machine.os === 'windows' ? 'go.exe' : 'go';
}

function keyOf(root: string, machine: Machine): string {
  return machine.os === 'windows' ? root.toLowerCase() : root;
}

async function resolved(root: string): Promise<string | null> {
  try {
    const real = await realpath(root);
    // Someone may name the `bin` folder: the tree is around it.
    return basename(real).toLowerCase() === 'bin' ? dirname(real) : real;
  } catch {
    return null;
  }
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
