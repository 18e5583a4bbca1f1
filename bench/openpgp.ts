// One check of a signed source archive, as an upgrade makes it: in a running program, the library loaded on the way.
// Against `gpg --verify` with a keyring that holds the same key. The start of the program is not in it; gpg's is.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { productionTrust } from '../src/core/verify/trust';
import { z } from '../src/shared/zod';
import { bundle } from './bundle';
import { execute, pairs, type BenchContext, type BenchRow, type Run } from './row';

const run = promisify(execFile);

export async function openpgpRows(context: BenchContext): Promise<readonly BenchRow[]> {
  const { sourceTar, signature } = context;
  if (sourceTar === null || signature === null) {
    context.log('openpgp: left out, there is no signed source archive');
    return [];
  }
  if (!(await hasGpg())) {
    context.log('openpgp: left out, gpg is not installed');
    return [];
  }
  const program = await bundle('openpgp');
  const { keyring, fingerprint } = await keyOf(sourceTar);
  const home = join(context.scratch, 'gnupg');
  await mkdir(home, { recursive: true, mode: 0o700 });
  const keyFile = join(home, 'key.asc');
  await writeFile(keyFile, keyring);
  const gpg = ['--homedir', home, '--no-autostart', '--quiet'];
  await execute('gpg', [...gpg, '--import', keyFile]);
  const result = await pairs(
    context,
    'openpgp',
    () => check(program, [sourceTar, signature, keyFile, fingerprint]),
    () => execute('gpg', [...gpg, '--verify', signature, sourceTar]),
  );
  return [
    {
      id: 'openpgp',
      peer: 'gpg --verify, whose own start is in it and ours is not',
      ratio: result.ratio,
      goal: 1.2,
      memory: { peak: result.peakMB, goal: null },
      took: { ours: result.ours, peer: result.peer },
    },
  ];
}

async function check(program: string, args: readonly string[]): Promise<Run> {
  const { stdout } = await run(process.execPath, [program, ...args]);
  const figure = (name: string): number =>
    Number(new RegExp(`${name} ([0-9.]+)`).exec(stdout)?.[1] ?? Number.NaN);
  return { ms: figure('tookMs'), peakMB: (figure('peakKB') * 1024) / 1e6 };
}

/** A made release lies beside the description of the keys it was made with; the official one is Google's. */
async function keyOf(sourceTar: string): Promise<{ keyring: string; fingerprint: string }> {
  const made = join(dirname(sourceTar), '..', 'mirror.json');
  if (existsSync(made)) {
    const { trust } = mirrorSchema.parse(JSON.parse(await readFile(made, 'utf8')));
    return { keyring: trust.keyring, fingerprint: trust.primaryFingerprint };
  }
  const { keyring, primaryFingerprints } = productionTrust.openpgp;
  return { keyring, fingerprint: primaryFingerprints[0] ?? '' };
}

const mirrorSchema = z.object({
  trust: z.object({ keyring: z.string(), primaryFingerprint: z.string() }),
});

async function hasGpg(): Promise<boolean> {
  try {
    await run('gpg', ['--version']);
    return true;
  } catch {
    return false;
  }
}
