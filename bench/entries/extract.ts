// Unpacks a release as the installer does: `run.cjs <release.json> <zip> <target>`. The JSON stands for the proofs, which
// are measured elsewhere.
import { readFileSync } from 'node:fs';
import { program } from './threads';
import type { VerifiedParts } from '../../src/core/verify/verifiedRelease';

type Kept = Pick<VerifiedParts, 'version' | 'os' | 'arch' | 'sha256' | 'h1'> & {
  readonly files: readonly (readonly [path: string, sha256: string, size: number])[];
};

program(async (workers) => {
  const [kept = '', archive = '', target = ''] = process.argv.slice(2);
  workers.warm();
  const { nodeFiles } = await import('../../src/core/node/files');
  const { nodeInstaller } = await import('../../src/core/node/install/installer');
  const { sealVerified } = await import('../../src/core/verify/sealVerified');
  const { files, ...parts } = JSON.parse(readFileSync(kept, 'utf8')) as Kept;
  const release = sealVerified({
    ...parts,
    manifest: new Map(files.map(([path, sha256, size]) => [path, { sha256, size }])),
    archive,
    filename: 'go.zip',
    size: 0,
    proofs: [],
    verifiedAt: '',
  });
  const manifests = { keep: () => Promise.resolve() };
  const installer = nodeInstaller({ workers, files: nodeFiles, manifests });
  await installer.unpack(release, target, () => undefined);
});
