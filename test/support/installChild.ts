// A process that installs a small release and switches to it, for tests that kill it on the way:
// `installChild.ts <scratch> <install root>`.
import { join } from 'node:path';
import { nodeFiles } from '../../src/core/node/files';
import { nodeInstaller } from '../../src/core/node/install/installer';
import { manifestStore } from '../../src/core/node/install/manifestStore';
import { Workers } from '../../src/core/node/worker/workers';
import { smallRelease } from './smallRelease';
import { startTestWorker } from './worker';

async function run(scratch: string, installRoot: string): Promise<void> {
  const workers = new Workers(startTestWorker);
  const manifests = manifestStore(join(scratch, 'manifests'));
  const installer = nodeInstaller({ workers, files: nodeFiles, manifests });
  const release = smallRelease(scratch);
  await installer.unpack(release, installRoot, () => undefined);
  await installer.switchTo(installRoot, release.version);
  await workers.close();
}

void run(process.argv[2] ?? '', process.argv[3] ?? '');
