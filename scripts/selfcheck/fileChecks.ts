// Links and names on this computer's disk, below the selfcheck's own folder.
import {
  mkdir,
  open,
  readFile,
  realpath,
  readdir,
  rename,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import type { WriteId } from './checklist';
import { couldNotTell, differs, judged, passed, type Machine, type Seen } from './machine';
import { readLink, setLink } from '../../src/core/node/install/link';
import { systemDiskCalls } from '../../src/core/node/install/diskCalls';
import { patienceOf } from '../../src/core/node/install/patient';

export const fileChecks = {
  'files.junction': async (machine) => {
    const place = await madeIn(machine, 'junction');
    await mkdir(join(place, 'target'));
    await symlink(join(place, 'target'), join(place, 'link'), 'junction');
    const led = await realpath(join(place, 'link'));
    return judged(led === (await realpath(join(place, 'target'))), 'made, and leads there');
  },
  'files.switch': async (machine) => {
    const place = await madeIn(machine, 'switch');
    await mkdir(join(place, '1.0.0'));
    await mkdir(join(place, '2.0.0'));
    const { platform } = machine;
    const tools = { platform, patience: patienceOf(platform, 5_000), calls: systemDiskCalls };
    const led: (string | null)[] = [];
    for (const version of ['1.0.0', '2.0.0', '1.0.0', null]) {
      await setLink(place, version, tools);
      led.push(await readLink(place));
    }
    const left = (await readdir(place)).filter((name) => !/^\d/.test(name));
    return judged(
      led.join() === '1.0.0,2.0.0,1.0.0,' && left.length === 0,
      `${led.map(String).join(', ')}; left over: ${left.length === 0 ? 'nothing' : left.join(', ')}`,
    );
  },
  'files.openFile': async (machine) => {
    if (machine.platform !== 'win32') return couldNotTell('not Windows');
    const place = await madeIn(machine, 'open');
    await mkdir(join(place, 'folder'));
    const file = await open(join(place, 'folder', 'file'), 'w');
    try {
      await rename(join(place, 'folder'), join(place, 'other'));
      return differs('it was renamed');
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      return judged(['EPERM', 'EACCES', 'EBUSY'].includes(code ?? ''), code ?? String(error));
    } finally {
      await file.close();
    }
  },
  'files.longPath': async (machine) => {
    const place = await madeIn(machine, 'long');
    const folder = join(place, 'a'.repeat(100), 'b'.repeat(100), 'c'.repeat(100));
    await mkdir(folder, { recursive: true });
    const path = join(folder, 'file');
    await writeFile(path, 'x');
    return (await readFile(path, 'utf8')) === 'x'
      ? passed(`${String(path.length)} characters`)
      : differs('other bytes');
  },
} satisfies Partial<Record<WriteId, (machine: Machine) => Promise<Seen>>>;

async function madeIn(machine: Machine, name: string): Promise<string> {
  const place = join(await machine.folder(), name);
  await mkdir(place);
  return place;
}
