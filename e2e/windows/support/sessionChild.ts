// A program that uses a session and does not close it: `run.cjs <executable> <idle|busy>` prints its host's process.
import { createPowerShell } from '../../../src/core/windows/powershell';
import { z } from '../../../src/shared/zod';
import { pidScript, script } from './scripts';

async function main(): Promise<void> {
  const [executable = '', how] = process.argv.slice(2);
  const environment = Object.fromEntries(
    Object.entries(process.env).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    ),
  );
  const session = createPowerShell({ executable, environment });
  const answer = await session.run(pidScript, null, z.number());
  console.log(answer.kind === 'value' ? answer.value : JSON.stringify(answer));
  if (how === 'busy') await session.run(script('  Start-Sleep -Seconds 3'), null, z.unknown());
}

void main();
