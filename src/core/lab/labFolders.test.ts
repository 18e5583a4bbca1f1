import { describe, expect, it } from 'vitest';
import { isLabUser, labFolders, labFoldersOf } from './labFolders';

describe('the user of the lab', () => {
  it.each(['lin', '李 雷', 'Ada Lovelace', 'o’brien', 'a.b'])('can be %s', (name) => {
    expect(isLabUser(name)).toBe(true);
    expect(labFoldersOf(name).home).toBe(`C:\\Users\\${name}`);
  });

  it.each(['', ' lin', 'lin.', '..', 'a\\b', 'a/b', 'a:b', 'a*', 'a\u0000', 'x'.repeat(21)])(
    'cannot be %j',
    (name) => {
      expect(isLabUser(name)).toBe(false);
    },
  );

  it('is lin where nobody says otherwise', () => {
    expect(labFolders).toEqual(labFoldersOf('lin'));
  });
});
