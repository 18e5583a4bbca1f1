// The command line for plain Node: `gangway.cjs`, the part that its worker threads run, and what only some commands
// need. Each thread holds the text of what it loads, so they load little, and none of it in two bytes a character.
import { defineConfig } from 'vite';
import { asciiText } from './scripts/asciiText';
import { wordsAsJson } from './scripts/wordsAsJson';

export default defineConfig({
  plugins: [wordsAsJson(), asciiText()],
  build: {
    target: 'node18',
    ssr: true,
    outDir: 'out/cli',
    emptyOutDir: true,
    minify: false,
    rollupOptions: {
      input: { gangway: 'src/cli/gangway.ts', thread: 'src/core/node/worker/thread.ts' },
      output: { format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: '[name].cjs' },
    },
  },
  ssr: { noExternal: true },
});
