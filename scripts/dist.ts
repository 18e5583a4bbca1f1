// Packages the app. Without arguments: the Linux folder, fused, from the runtime that runs here, and started once to see that
// it works; needs no network. With `--win`: the Windows installer, on Electron's official Windows runtime.
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { build as packageApp, Platform, type Configuration } from 'electron-builder';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, missingOutputs } from './build';
import { requiredFlags, resolveRuntime, type Runtime } from './electron';

/** The first Electron whose fuse wire has `grantFileProtocolExtraPrivileges`. */
const fileProtocolFuseSince = 29;
const smokeLimitMs = 60_000;

/** Fuses that must be off (0) or on (1) in what is packaged, as ASCII digits on the wire. */
const wanted: readonly (readonly [fuse: FuseV1Options, state: 0 | 1])[] = [
  [FuseV1Options.RunAsNode, 0],
  [FuseV1Options.EnableCookieEncryption, 1],
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable, 0],
  [FuseV1Options.EnableNodeCliInspectArguments, 0],
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation, 1],
  [FuseV1Options.OnlyLoadAppFromAsar, 1],
];

/** What the configuration file leaves open, since it depends on the runtime. */
export function runtimeConfiguration(
  electronVersion: string,
  electronDist?: string,
): Configuration {
  const major = Number.parseInt(electronVersion, 10);
  return {
    extends: 'electron-builder.yml',
    electronVersion,
    ...(electronDist === undefined ? {} : { electronDist }),
    ...(major >= fileProtocolFuseSince
      ? { electronFuses: { grantFileProtocolExtraPrivileges: false } }
      : {}),
  };
}

async function packageLinux(runtime: Runtime): Promise<string> {
  const work = await mkdtemp(join(tmpdir(), 'gangway-dist-'));
  try {
    const electronDist = join(work, 'runtime');
    // electron-builder takes the folder as it is; a stock runtime's own app has no place in ours.
    const left = new Set(['default_app.asar', 'version']);
    await cp(runtime.folder, electronDist, {
      recursive: true,
      filter: (source) => !left.has(basename(source)),
    });
    await packageApp({
      targets: Platform.LINUX.createTarget('dir'),
      config: runtimeConfiguration(runtime.version, electronDist),
      publish: 'never',
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return resolve('dist/linux-unpacked/gangway');
}

/** @throws Error naming a fuse that is not as it has to be */
async function checkFuses(executable: string): Promise<void> {
  const wire = await getCurrentFuseWire(executable);
  for (const [fuse, state] of wanted) {
    const name = FuseV1Options[fuse];
    if (String.fromCharCode(wire[fuse] ?? 0) !== String(state)) {
      throw new Error(`the fuse ${name} is not ${state === 1 ? 'on' : 'off'}`);
    }
  }
}

/** Starts the packaged app and waits until its window can be used. */
async function smoke(executable: string): Promise<string> {
  const userData = await mkdtemp(join(tmpdir(), 'gangway-smoke-'));
  const own = [...requiredFlags(), `--user-data-dir=${userData}`, '--lab=clean'];
  const bare = !process.env['DISPLAY'];
  const [command, args] = bare
    ? ['xvfb-run', ['-a', '-s', '-screen 0 1280x900x24', executable, ...own]]
    : [executable, own];
  try {
    return await new Promise<string>((finish, fail) => {
      let output = '';
      const child = spawn(command, args, {
        env: { ...process.env, GANGWAY_SMOKE: '1' },
        stdio: ['ignore', 'pipe', 'pipe'],
        detached: true,
      });
      const limit = setTimeout(() => {
        // The group is this run's own: xvfb-run, the screen and the app.
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
        fail(new Error(`the packaged app did not get ready in ${String(smokeLimitMs / 1000)} s`));
      }, smokeLimitMs);
      const errors: string[] = [];
      child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
      child.stderr.on('data', (chunk: Buffer) => errors.push(chunk.toString()));
      child.on('error', fail);
      child.on('close', (code) => {
        clearTimeout(limit);
        const ready = output.split('\n').find((line) => line.startsWith('gangway: ready'));
        if (code === 0 && ready !== undefined) finish(ready);
        else {
          const said = errors.join('').split('\n').slice(-20).join('\n');
          fail(new Error(`the packaged app ended with ${String(code)}\n${output}${said}`));
        }
      });
    });
  } finally {
    await rm(userData, { recursive: true, force: true });
  }
}

async function main(args: readonly string[]): Promise<void> {
  if (missingOutputs().length > 0) await build();
  if (args.includes('--win')) {
    const { version } = (await import('electron/package.json', { with: { type: 'json' } })) as {
      readonly version: string;
    };
    await packageApp({
      targets: Platform.WINDOWS.createTarget(),
      config: runtimeConfiguration(version),
      publish: 'never',
    });
    return;
  }
  const runtime = await resolveRuntime();
  console.log(runtime.description);
  const executable = await packageLinux(runtime);
  if (existsSync(resolve('dist/linux-unpacked/resources/default_app.asar'))) {
    throw new Error('the runtime’s own app was packaged along');
  }
  await checkFuses(executable);
  console.log('Fuses: as they have to be');
  console.log(await smoke(executable));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main(process.argv.slice(2)).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
