// Ten exclusions in one elevated batch against an elevated call for each, on the bench's host: the real engine, the
// production scripts, the lab's Defender. The prompt itself, ten of them for the peer, costs nothing here.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { windowsHost } from '../scripts/windowsHost';
import { bundle } from './bundle';
import { pairs, type BenchContext, type BenchRow, type Run } from './row';

const run = promisify(execFile);

export async function elevationRows(context: BenchContext): Promise<readonly BenchRow[]> {
  const host = await windowsHost();
  if (host.kind === 'missing') {
    context.log(`elevation: left out, ${host.reason}`);
    return [];
  }
  const program = await bundle('elevation');
  const carryOut = async (folder: string, way: 'batch' | 'calls'): Promise<Run> => {
    const { stdout } = await run(process.execPath, [program, host.path, folder, way]);
    return { ms: Number(/^took ([0-9.]+)$/m.exec(stdout)?.[1] ?? Number.NaN), peakMB: 0 };
  };
  const { ratio, ours, peer } = await pairs(
    context,
    'elevation',
    (folder) => carryOut(folder, 'batch'),
    (folder) => carryOut(folder, 'calls'),
  );
  return [
    {
      id: 'elevatedBatch',
      peer: 'ten elevated calls for the same ten exclusions',
      ratio,
      goal: 0.2,
      took: { ours, peer },
    },
  ];
}
