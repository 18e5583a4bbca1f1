// Unpacks a release as the installer does: `run.cjs <sha256> <folder of manifests> <zip> <target>`. The manifest stands
// for the proofs, which are measured elsewhere.
import { program } from './threads';

program(async (workers) => {
  const [sha256 = '', manifests = '', archive = '', target = ''] = process.argv.slice(2);
  const { manifestStore } = await import('../../src/core/node/install/manifestStore');
  const { nodeFiles } = await import('../../src/core/node/files');
  const { nodeInstaller } = await import('../../src/core/node/install/installer');
  const { sealVerified } = await import('../../src/core/verify/sealVerified');
  const store = manifestStore(manifests);
  const kept = await store.bySha256(sha256);
  if (kept === null) throw new Error('no manifest');
  const release = sealVerified({
    ...kept,
    archive,
    filename: 'go.zip',
    size: 0,
    proofs: [],
    verifiedAt: '',
  });
  const installer = nodeInstaller({
    workers,
    files: nodeFiles,
    manifests: { keep: () => Promise.resolve() },
  });
  await installer.unpack(release, target, () => undefined);
});
