// Does docs/windows-checklist.md on this computer: `npm run selfcheck:windows`. Reads only unless `--write` is given.
// Off Windows it says so and ends with 2; `--host FILE` names another PowerShell, there the bench's.
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { run } from './stages';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const folder = resolve(root, 'node_modules/.cache/gangway/selfcheck');

/** Scripts are bundled as text, so that what is checked is what is shipped. @returns the program's path */
export async function bundleSelfcheck(): Promise<string> {
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      target: 'node18',
      ssr: resolve(root, 'scripts/selfcheck/main.ts'),
      outDir: folder,
      emptyOutDir: true,
      minify: false,
      rollupOptions: {
        output: { format: 'cjs', entryFileNames: 'selfcheck.cjs', codeSplitting: false },
      },
    },
    ssr: { noExternal: true },
  });
  return resolve(folder, 'selfcheck.cjs');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const args = process.argv.slice(2);
  if (process.platform !== 'win32' && !args.some((word) => /^--host(?:=|$)/.test(word))) {
    console.error('not Windows');
    process.exit(2);
  }
  const { code } = await run(process.execPath, [await bundleSelfcheck(), ...args]);
  process.exit(code);
}
