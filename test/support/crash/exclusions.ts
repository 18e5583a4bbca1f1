// A process that the crash tests kill: it applies exclusions in a lab, or takes them back, and waits at its checkpoint.
import { rollback } from '../../../src/core/flows/rollback';
import { applyExclusions } from '../../../src/core/flows/applyExclusions';
import { labGo, labParts } from '../labParts';

async function run(stateFolder: string, what: string): Promise<void> {
  const parts = await labParts('', 'blockOnExtract', { stateFolder });
  if (what === 'apply') {
    await applyExclusions(parts, { items: await parts.items(), askRoot: labGo });
  } else {
    await rollback(parts.rollback, { kind: 'all' });
  }
  parts.close();
}

const [stateFolder = '', what = ''] = process.argv.slice(2);
run(stateFolder, what).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
