// Ten exclusions with an administrator's rights on the lab's Defender: `run.cjs <executable> <scratch> batch|calls` prints
// `took <ms>`, from the first prompt to the last record. The session is warm, as it is when a person has answered.
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { openLabClock } from '../../src/core/lab/clock';
import { openLabDefender } from '../../src/core/lab/defender';
import { openLabEngine } from '../../src/core/lab/engine';
import type { ElevatedStep } from '../../src/core/ports';
import { windowsElevation } from '../../src/core/windows/elevation';
import { createPowerShell, hostEnvironment } from '../../src/core/windows/powershell';

const steps = Array.from({ length: 10 }, (_, at): ElevatedStep => ({
  kind: 'addExclusion',
  exclusion: { kind: 'path', value: `C:\\work\\build${at}` },
}));

async function main(): Promise<void> {
  const [host = '', scratch = '', way = ''] = process.argv.slice(2);
  const stateFolder = await mkdtemp(join(scratch, 'lab-'));
  const clock = await openLabClock(join(stateFolder, 'lab'));
  const lab = await openLabDefender({ stateFolder, scenario: 'clean', clock });
  const engine = await openLabEngine({ lab, host });
  const environment = hostEnvironment(
    engine.environment['SystemRoot'] ?? '',
    process.env,
    engine.environment,
  );
  const session = createPowerShell({ executable: host, environment });
  const elevation = windowsElevation({ session, powershell: host });
  const warm = await session.about();
  if (warm.kind !== 'value') throw new Error(JSON.stringify(warm));
  const batches = way === 'batch' ? [steps] : steps.map((step) => [step]);
  const began = performance.now();
  for (const [at, batch] of batches.entries()) {
    const outcome = await elevation.run({ id: `batch-${at}`, steps: batch });
    if (outcome.kind !== 'done') throw new Error(JSON.stringify(outcome));
  }
  const took = performance.now() - began;
  const { state } = await lab.store.view();
  if (state.exclusions.length !== steps.length) throw new Error('not all were added');
  await session.close();
  await engine.close();
  lab.close();
  clock.close();
  console.log(`took ${took}`);
}

void main();
