// Goes through the checklist on this computer. Reads only, unless it is told to write.
import { release } from 'node:os';
import { items, type How, type ItemId, type ReadId, type WriteId } from './checklist';
import { constrainedChecks } from './constrainedChecks';
import { defenderChecks } from './defenderChecks';
import { eventChecks } from './eventChecks';
import { fileChecks } from './fileChecks';
import { hostChecks } from './hostChecks';
import { couldNotTell, openMachine, type Machine, type MachineOptions, type Seen } from './machine';
import { withoutNames, type Line, type Report } from './report';
import { scriptChecks } from './scriptChecks';
import { writeChecks } from './writeChecks';

type Check = (machine: Machine) => Promise<Seen>;

const reading: Readonly<Record<ReadId, Check>> = {
  ...hostChecks,
  ...scriptChecks,
  ...defenderChecks,
  ...eventChecks,
  ...constrainedChecks,
};

export interface SelfcheckOptions extends MachineOptions {
  readonly write: boolean;
  /** Of the lines that are read; all of them where it is not given. */
  readonly only?: readonly string[];
  readonly version: string;
  /** Whose names are kept out of the report. */
  readonly names: Readonly<Record<string, string | undefined>>;
}

export async function selfcheck(options: SelfcheckOptions): Promise<Report> {
  const machine = openMachine(options);
  const seen = new Map<ItemId, Seen>();
  try {
    for (const [id, check] of Object.entries(reading) as [ReadId, Check][]) {
      if (options.only?.includes(id) === false) continue;
      options.tell?.(id);
      seen.set(id, await attempted(() => check(machine)));
    }
    if (options.write) {
      for (const [id, check] of Object.entries(fileChecks) as [WriteId, Check][]) {
        seen.set(id, await attempted(() => check(machine)));
      }
      for (const [id, told] of Object.entries(await writeChecks(machine))) {
        seen.set(id as WriteId, told);
      }
    }
  } finally {
    await machine.close();
  }
  const lines = items.map(({ id, how }): Line => {
    const told = seen.get(id) ?? notTold[how];
    return { id, how, status: told.status, seen: withoutNames(told.seen, options.names) };
  });
  return {
    gangway: options.version,
    system: `${process.platform} ${release()} ${process.arch}`,
    node: process.versions.node,
    wrote: options.write,
    lines,
  };
}

const notTold: Readonly<Record<How, Seen>> = {
  read: couldNotTell('not asked'),
  write: couldNotTell('needs --write'),
  hand: couldNotTell('by hand'),
};

/** What a check throws is what was seen. */
async function attempted(check: () => Promise<Seen>): Promise<Seen> {
  try {
    return await check();
  } catch (error) {
    return couldNotTell(error instanceof Error ? error.message : String(error));
  }
}
