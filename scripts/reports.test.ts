// A run counts as what its report says, and as failed where report and exit code disagree or there is no report.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { playwrightCount, vitestCount } from './reports';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gangway-reports-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function report(value: unknown): string {
  const file = join(folder, 'report.json');
  writeFileSync(file, JSON.stringify(value));
  return file;
}

describe('counts', () => {
  const vitest = { numPassedTests: 3, numFailedTests: 0, numPendingTests: 1 };
  const playwright = { stats: { expected: 2, unexpected: 1, flaky: 1, skipped: 4 } };

  it('are those of the report', () => {
    expect(vitestCount(report(vitest), 0)).toEqual({ passed: 3, failed: 0, skipped: 1 });
    expect(playwrightCount(report(playwright), 1)).toEqual({ passed: 2, failed: 2, skipped: 4 });
  });

  it('have a failure where only the exit code tells of one', () => {
    expect(vitestCount(report(vitest), 1)).toMatchObject({ failed: 1 });
    const clean = { stats: { ...playwright.stats, unexpected: 0, flaky: 0 } };
    expect(playwrightCount(report(clean), 1)).toMatchObject({ failed: 1 });
  });

  it('are one failure without a usable report', () => {
    const said = vi.spyOn(console, 'error').mockReturnValue();
    expect(vitestCount(join(folder, 'none.json'), 0)).toEqual({ passed: 0, failed: 1, skipped: 0 });
    expect(playwrightCount(report({}), 0)).toEqual({ passed: 0, failed: 1, skipped: 0 });
    expect(said).toHaveBeenCalledTimes(2);
    said.mockRestore();
  });
});
