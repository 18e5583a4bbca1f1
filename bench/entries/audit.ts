// Audits a tree by the manifest that is kept of it: `run.cjs <root> <folder of manifests>`.
import { program } from './threads';

program(async (workers) => {
  const [root = '', manifests = ''] = process.argv.slice(2);
  const { auditTree } = await import('../../src/core/flows/audit');
  const { nodeArchives } = await import('../../src/core/node/archive/archives');
  const { manifestStore } = await import('../../src/core/node/install/manifestStore');
  const { nodeTrees } = await import('../../src/core/node/install/trees');
  const report = await auditTree(
    { archives: nodeArchives(workers), trees: nodeTrees, manifests: manifestStore(manifests) },
    { root, against: null },
  );
  if (report.verdict !== 'genuine') throw new Error(`the tree is ${report.verdict}`);
});
