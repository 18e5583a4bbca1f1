import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/support/temporary';
import { FailureError } from '../failureError';
import { headsFile } from './heads';

const log = 'sum.golang.org+033de0ae';

describe('the heads that were seen', () => {
  it('are kept across runs, one a log', async () => {
    const state = temporaryFolder();
    const heads = headsFile(state);
    expect(await heads.last(log)).toBeNull();
    await heads.remember(log, 'note 5', 5);
    await heads.remember('log.example+00000000', 'other', 7);
    expect(await headsFile(state).last(log)).toBe('note 5');
    expect(await headsFile(state).last('log.example+00000000')).toBe('other');
  });

  it('never shrink', async () => {
    const state = temporaryFolder();
    const heads = headsFile(state);
    await heads.remember(log, 'note 5', 5);
    await heads.remember(log, 'note 4', 4);
    await heads.remember(log, 'another 5', 5);
    expect(await heads.last(log)).toBe('note 5');
    // Also not when several are written at once.
    await Promise.all(
      [9, 3, 8, 12, 7].map((size) => heads.remember(log, `note ${String(size)}`, size)),
    );
    expect(await heads.last(log)).toBe('note 12');
  });

  it('are put aside, not overwritten, where the file cannot be read', async () => {
    const state = temporaryFolder();
    writeFileSync(join(state, 'heads.json'), '{"broken');
    const heads = headsFile(state);
    expect(await heads.last(log)).toBeNull();
    await heads.remember(log, 'note 5', 5);
    expect(readFileSync(join(state, 'heads.json'), 'utf8')).toContain('note 5');
    expect(readdirSync(state).filter((name) => name.includes('unreadable'))).toHaveLength(1);
  });

  it('that cannot be written are a failure of the disk, not of the log', async () => {
    const state = temporaryFolder();
    mkdirSync(join(state, 'heads.json'));
    await expect(headsFile(state).remember(log, 'note', 5)).rejects.toBeInstanceOf(FailureError);
    await expect(headsFile(state).last(log)).rejects.toBeInstanceOf(FailureError);
  });

  it('leave no lock behind', async () => {
    const state = temporaryFolder();
    await headsFile(state).remember(log, 'note 5', 5);
    expect(readdirSync(state)).toEqual(['heads.json']);
  });

  it('have no names of objects’ own', async () => {
    expect(await headsFile(temporaryFolder()).last('constructor')).toBeNull();
  });
});
