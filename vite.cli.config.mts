// The command line for plain Node: `gangway.cjs`, the part that its worker threads run, and what only some commands
// need. Each thread holds the text of what it loads, so they load little, and none of it in two bytes a character.
import { defineConfig, type Plugin } from 'vite';

export default defineConfig({
  plugins: [asciiText()],
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

/** One Chinese character in a script makes the engine hold all of it in two bytes a character. */
function asciiText(): Plugin {
  return {
    name: 'ascii-text',
    renderChunk: (code) => ({
      code: code.replace(
        /[^\n\r\t -~]/g,
        (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
      ),
      map: null,
    }),
  };
}
