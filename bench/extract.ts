// Unpacking a release, with a hash of every file compared with what was proved, h1, a second look at each file and the
// sentinel, against `unzip -q`, which does none of that.
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { bundle } from './bundle';
import { prepareManifest } from './manifest';
import { execute, pairs, type BenchContext, type BenchRow } from './row';

export async function extractRows(context: BenchContext): Promise<readonly BenchRow[]> {
  const program = await bundle('extract');
  const manifests = join(context.scratch, 'manifests');
  await prepareManifest(context.zip, manifests, () => new Worker(program));
  const kept = join(manifests, 'release.json');
  const result = await pairs(
    context,
    'extract',
    (folder) => execute(process.execPath, [program, kept, context.zip, folder]),
    (folder) => execute('unzip', ['-q', context.zip, '-d', folder]),
  );
  return [
    {
      id: 'extract',
      peer: 'unzip -q',
      ratio: result.ratio,
      goal: 0.7,
      memory: { peak: result.peakMB, goal: 160 },
      took: { ours: result.ours, peer: result.peer },
    },
  ];
}
