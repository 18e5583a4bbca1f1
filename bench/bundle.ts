// Bundles a small program of the bench as the command line is bundled: one file for plain Node, which its worker threads
// run as well, so that its start costs what the product's start costs.
import { resolve } from 'node:path';
import { build } from 'vite';

/** The files in `entries/`. */
export type Program =
  | 'extract'
  | 'audit'
  | 'openpgp'
  | 'download'
  | 'fileServer'
  | 'mirrorServer'
  | 'labMirror'
  | 'powershell'
  | 'elevation';

/** @returns the program's path */
export async function bundle(entry: Program): Promise<string> {
  const folder = resolve('node_modules/.cache/gangway-bench', entry);
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      target: 'node18',
      ssr: resolve('bench/entries', `${entry}.ts`),
      outDir: folder,
      emptyOutDir: true,
      minify: false,
      rollupOptions: { output: { format: 'cjs', entryFileNames: 'run.cjs', codeSplitting: false } },
    },
    ssr: { noExternal: true },
  });
  return resolve(folder, 'run.cjs');
}

/** Bundles `entries/upgrade.ts` as the command line is bundled, with its threads' own file beside it. */
export async function bundleUpgrade(): Promise<string> {
  const outDir = resolve('node_modules/.cache/gangway-bench/upgrade');
  await build({
    configFile: resolve('vite.cli.config.mts'),
    configLoader: 'runner',
    logLevel: 'error',
    build: {
      outDir,
      emptyOutDir: true,
      rollupOptions: { input: { run: resolve('bench/entries/upgrade.ts') } },
    },
  });
  return resolve(outDir, 'run.cjs');
}
