// Asks a PowerShell session: `run.cjs <executable> <calls>` prints `start <ms>` (from nothing to the first answer) and
// `call <ms>`, the middle one of so many.
import { createPowerShell } from '../../src/core/windows/powershell';
import { z } from '../../src/shared/zod';

const question = [
  'param($Json)',
  'Invoke-Request $Json {',
  '  param($Data)',
  '  @{ languageMode = [string]$ExecutionContext.SessionState.LanguageMode; path = $Data.path }',
  '}',
].join('\n');
const data = { path: "C:\\Users\\O'Brien\\\u4e0b\u8f7d" };

async function main(): Promise<void> {
  const [executable = '', calls = '1'] = process.argv.slice(2);
  const environment = Object.fromEntries(
    Object.entries(process.env).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    ),
  );
  const session = createPowerShell({ executable, environment });
  const ask = async (): Promise<number> => {
    const began = performance.now();
    const answer = await session.run(question, data, z.object({ path: z.literal(data.path) }));
    if (answer.kind !== 'value') throw new Error(JSON.stringify(answer));
    return performance.now() - began;
  };
  const start = await ask();
  const took: number[] = [];
  for (let i = 0; i < Number(calls); i++) took.push(await ask());
  await session.close();
  took.sort((one, other) => one - other);
  console.log(`start ${start}\ncall ${took[took.length >> 1] ?? Number.NaN}`);
}

void main();
