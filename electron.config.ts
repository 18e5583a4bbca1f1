// Builds main, preload and renderer. Targets are explicit: written for Electron 45, they also run on 25
// (Node 18, Chrome 114). Everything is bundled, so that the package carries no node_modules.
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { resolve } from 'node:path';
import { asciiText } from './scripts/asciiText';
import { wordsAsJson } from './scripts/wordsAsJson';

const cjs = (name: string) => ({ format: 'cjs' as const, entryFileNames: `${name}.js` });

export default defineConfig({
  main: {
    plugins: [wordsAsJson(), asciiText()],
    build: {
      target: 'node18',
      externalizeDeps: false,
      outDir: 'out/main',
      rollupOptions: {
        input: { index: resolve('src/main/index.ts') },
        // Less to read at a start. Names stay: a report of a crash has to say something.
        output: {
          ...cjs('[name]'),
          minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
        },
      },
    },
  },
  preload: {
    build: {
      target: 'node18',
      externalizeDeps: false,
      outDir: 'out/preload',
      rollupOptions: { input: { index: resolve('src/preload/index.ts') }, output: cjs('[name]') },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [react(), wordsAsJson(), asciiText()],
    build: {
      target: 'chrome114',
      outDir: 'out/renderer',
      minify: true,
      modulePreload: false,
      // kB: what the first screen needs comes as one file.
      chunkSizeWarningLimit: 600,
      // One sheet, so that its rules keep one order whichever view loads first.
      cssCodeSplit: false,
      assetsInlineLimit: 0,
      rollupOptions: { input: resolve('src/renderer/index.html') },
    },
  },
});
