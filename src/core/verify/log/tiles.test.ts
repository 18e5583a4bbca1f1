import { describe, expect, it } from 'vitest';
import { tileOf, tilePath } from './tiles';

describe('tiles', () => {
  // As golang.org/x/mod/sumdb/tlog writes them.
  it.each([
    [{ level: 0, index: 0, width: 256 }, '/tile/8/0/000'],
    [{ level: 0, index: 999, width: 1 }, '/tile/8/0/999.p/1'],
    [{ level: 0, index: 1000, width: 256 }, '/tile/8/0/x001/000'],
    [{ level: 0, index: 1234067, width: 256 }, '/tile/8/0/x001/x234/067'],
    [{ level: 1, index: 5, width: 17 }, '/tile/8/1/005.p/17'],
    [{ level: 3, index: 0, width: 3 }, '/tile/8/3/000.p/3'],
  ])('%j is %s', (tile, path) => {
    expect(tilePath(tile)).toBe(path);
  });

  it('hold what a log of the size of the real one has', () => {
    const size = 28905453;
    expect(tileOf({ level: 0, index: 24929362 }, size)).toEqual({
      level: 0,
      index: 97380,
      width: 256,
    });
    expect(tileOf({ level: 0, index: size - 1 }, size)).toEqual({
      level: 0,
      index: 112911,
      width: 237,
    });
    expect(tileOf({ level: 24, index: 0 }, size)).toEqual({ level: 3, index: 0, width: 1 });
    expect(tileOf({ level: 23, index: 1 }, size)).toEqual({ level: 2, index: 0, width: 256 });
  });
});
