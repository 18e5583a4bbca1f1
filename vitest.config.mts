import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'node',
          include: [
            'src/{shared,core,main,cli,preload}/**/*.test.ts',
            'test/**/*.test.ts',
            'scripts/**/*.test.ts',
          ],
          environment: 'node',
          globalSetup: ['test/support/buildWorker.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'renderer',
          include: ['src/renderer/**/*.test.{ts,tsx}'],
          environment: 'jsdom',
          setupFiles: ['test/support/renderer.ts'],
          testTimeout: 30_000,
        },
      },
      {
        // On PowerShell's engine: `npm run test:windows`. Needs .NET, so `npm run test:unit` leaves it out.
        test: {
          name: 'windows',
          include: ['e2e/windows/**/*.test.ts'],
          environment: 'node',
          globalSetup: ['test/support/buildWorker.ts', 'e2e/windows/support/provideHost.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
