// Auditing an installed tree, walk, hashes and comparison by name, against `sha256sum` of the same files from a ready
// list, which compares nothing.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { bundle } from './bundle';
import { prepareManifest } from './manifest';
import { execute, pairs, type BenchContext, type BenchRow } from './row';

export async function auditRows(context: BenchContext): Promise<readonly BenchRow[]> {
  const program = await bundle('audit');
  const manifests = join(context.scratch, 'audit-manifests');
  await prepareManifest(context.zip, manifests, () => new Worker(program));
  const tree = join(context.scratch, 'audited');
  await execute('unzip', ['-q', context.zip, '-d', tree]);
  const root = join(tree, 'go');
  const list = (await filesBelow(root, '')).join('\0');
  const result = await pairs(
    context,
    'audit',
    () => execute(process.execPath, [program, root, manifests]),
    () => execute('xargs', ['-0', 'sha256sum'], { cwd: root, input: list }),
  );
  return [
    {
      id: 'audit',
      peer: 'sha256sum of the same files',
      ratio: result.ratio,
      goal: 0.8,
      memory: { peak: result.peakMB, goal: null },
      took: { ours: result.ours, peer: result.peer },
    },
  ];
}

async function filesBelow(root: string, folder: string): Promise<readonly string[]> {
  const files: string[] = [];
  for (const entry of await readdir(join(root, folder), { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) files.push(...(await filesBelow(root, path)));
    else files.push(path);
  }
  return files;
}
