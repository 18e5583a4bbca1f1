// The process is killed at each checkpoint of an installation; the next one finishes it, or takes it back.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { smallRelease } from '../../../../test/support/smallRelease';
import { temporaryFolder } from '../../../../test/support/temporary';
import { startTestWorker } from '../../../../test/support/worker';
import type { CheckpointName } from '../../checkpoint';
import { nodeFiles } from '../files';
import { Workers } from '../worker/workers';
import { nodeInstaller } from './installer';
import { manifestStore } from './manifestStore';

const folder = temporaryFolder();
const workers = new Workers(startTestWorker);
afterAll(() => workers.close());
const manifests = manifestStore(join(folder, 'manifests'));
const installer = nodeInstaller({ workers, files: nodeFiles, manifests });
const release = smallRelease(folder);

async function killAt(checkpoint: CheckpointName): Promise<string> {
  const installRoot = join(folder, `root-${checkpoint}-${String(Math.random()).slice(2)}`);
  const marker = `${installRoot}.marker`;
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', resolve('test/support/installChild.ts'), `${folder}/child`, installRoot],
    {
      stdio: 'inherit',
      env: { ...process.env, GANGWAY_CHECKPOINT: checkpoint, GANGWAY_CHECKPOINT_FILE: marker },
    },
  );
  const ended = new Promise<NodeJS.Signals | null>((done) => {
    child.on('close', (_code, signal) => {
      done(signal);
    });
  });
  while (!existsSync(marker) && child.exitCode === null) await sleep(20);
  child.kill('SIGKILL');
  expect(await ended).toBe('SIGKILL');
  return installRoot;
}

const checkpoints: readonly (readonly [CheckpointName, installed: boolean, linked: boolean])[] = [
  ['midUnpack', false, false],
  ['beforeSentinel', false, false],
  ['afterSentinel', true, false],
  ['beforeSwitch', true, false],
  ['afterSwitch', true, true],
];

describe.each(checkpoints)('killed at %s', (checkpoint, installed, linked) => {
  it('is seen for what it is, and the next one finishes', async () => {
    const root = await killAt(checkpoint);
    const [kept] = await installer.versions(root);
    expect(kept?.version).toBe('go1.27.0');
    expect(kept?.installedAt !== null).toBe(installed);
    expect(await installer.current(root)).toBe(linked ? 'go1.27.0' : null);
    await installer.unpack(release, root, () => undefined);
    await installer.switchTo(root, 'go1.27.0');
    expect(await installer.current(root)).toBe('go1.27.0');
    expect(readdirSync(root).sort()).toEqual(['1.27.0', 'current']);
    expect(existsSync(join(root, '1.27.0', '.gangway.partial'))).toBe(false);
  });

  it('is taken back without a trace', async () => {
    const root = await killAt(checkpoint);
    await installer.switchTo(root, null);
    await installer.remove(root, 'go1.27.0');
    expect(readdirSync(root)).toEqual([]);
  });
});
