import { defineConfig } from '@playwright/test';

// One worker: the machine's screen and its two processors are shared. No retries: a test that passes sometimes fails.
export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  // They need the bench host: `npm run test:windows` builds it and runs them.
  testIgnore: process.env['GANGWAY_E2E_WINDOWS'] === '1' ? [] : ['windows/**'],
  workers: 1,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  outputDir: 'test-results/e2e',
  reporter: [
    ['list'],
    ['json', { outputFile: process.env['PLAYWRIGHT_JSON_OUTPUT_NAME'] ?? 'test-results/e2e.json' }],
  ],
  use: { trace: 'retain-on-failure' },
});
