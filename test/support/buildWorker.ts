// Bundles the worker thread once a run, so that tests start the same code in real threads.
import { build } from 'vite';
import { workerFile } from './worker';

export default async function buildWorker(): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      target: 'node18',
      ssr: 'src/core/node/worker/thread.ts',
      outDir: workerFile.folder,
      emptyOutDir: true,
      rollupOptions: { output: { format: 'cjs', entryFileNames: workerFile.name } },
    },
    ssr: { noExternal: true },
  });
}
