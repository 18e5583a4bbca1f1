// The main job, visibly, in one line: prepares what is missing, starts the real app on the lab, upgrades Go through the
// wizard, prints what was proved, excluded, installed and rolled back, and saves pictures in out/demo.
// `--docs` takes the pictures of the documentation instead.
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from './build';
import { resolveRuntime } from './electron';
import { prepareSystem } from './setup';
import { isStale } from './start';

if (process.platform === 'linux' && !process.env['DISPLAY']) {
  if (!(await prepareSystem(console.log))) process.exit(1);
  process.exit(await underScreen());
}
if (isStale()) await build();
const runtime = await resolveRuntime();
console.log(runtime.description);
process.env['GANGWAY_ELECTRON_EXECUTABLE'] = runtime.executable;

const { playDemo } = await import('../e2e/support/demo');
const { takeDocumentationPictures } = await import('../e2e/support/documentation');
const scratch = await mkdtemp(join(tmpdir(), 'gangway-demo-'));
try {
  if (process.argv.includes('--docs')) {
    await takeDocumentationPictures(scratch, join('docs', 'screenshots'));
  } else {
    const pictures = join('out', 'demo');
    await rm(pictures, { recursive: true, force: true });
    await mkdir(pictures, { recursive: true });
    const { installRoot } = await playDemo({ scratch, pictures, say: console.log });
    console.log(`\nLeft in the lab: current → ${await readlink(join(installRoot, 'current'))}`);
    console.log(
      `Pictures: ${(await readdir(pictures)).map((name) => join(pictures, name)).join(', ')}`,
    );
  }
} finally {
  await rm(scratch, { recursive: true, force: true });
}
// What the app's pipes leave open must not keep the demo from ending.
process.exit(0);

/** Runs this script again on a screen and a session bus of its own. */
function underScreen(): Promise<number> {
  const args = [
    '-a',
    '-s',
    '-screen 0 1280x900x24',
    'dbus-run-session',
    '--',
    process.execPath,
    'node_modules/tsx/dist/cli.mjs',
    'scripts/demo.ts',
    ...process.argv.slice(2),
  ];
  return new Promise((resolve) => {
    const child = spawn('xvfb-run', args, { stdio: ['ignore', 'inherit', 'inherit'] });
    child.on('error', (error) => {
      console.error(error.message);
      resolve(1);
    });
    child.on('close', (code) => {
      resolve(code ?? 1);
    });
  });
}
