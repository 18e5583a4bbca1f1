// The command line as one file for plain Node: its worker threads run the same file.
import { defineConfig } from 'vite';

export default defineConfig({
  build: {
    target: 'node18',
    ssr: 'src/cli/gangway.ts',
    outDir: 'out/cli',
    emptyOutDir: true,
    minify: false,
    rollupOptions: {
      output: { format: 'cjs', entryFileNames: 'gangway.cjs', codeSplitting: false },
    },
  },
  ssr: { noExternal: true },
});
