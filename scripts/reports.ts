// Reads what Vitest and Playwright wrote about a run. A report that is not there, or an exit code that says otherwise than
// the report, counts as a failure.
import { readFileSync } from 'node:fs';
import { z } from '../src/shared/zod';
import type { Count } from './stages';

const vitestShape = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
});

const playwrightShape = z.object({
  stats: z.object({
    expected: z.number(),
    unexpected: z.number(),
    flaky: z.number(),
    skipped: z.number(),
  }),
});

const failure: Count = { passed: 0, failed: 1, skipped: 0 };

/** @param code the exit code of the run */
export function vitestCount(file: string, code: number): Count {
  const read = readReport(file, vitestShape);
  if (read === null) return failure;
  const failed = Math.max(read.numFailedTests, code === 0 ? 0 : 1);
  return { passed: read.numPassedTests, failed, skipped: read.numPendingTests };
}

/** @param code the exit code of the run */
export function playwrightCount(file: string, code: number): Count {
  const read = readReport(file, playwrightShape);
  if (read === null) return failure;
  const { expected, unexpected, flaky, skipped } = read.stats;
  return { passed: expected, failed: Math.max(unexpected + flaky, code === 0 ? 0 : 1), skipped };
}

function readReport<T>(file: string, shape: z.ZodType<T>): T | null {
  try {
    return shape.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    console.error(`no usable report at ${file}:`, error);
    return null;
  }
}
