import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ColumnManifest } from './columnManifest';

const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest();

describe('ColumnManifest', () => {
  it('says what a map of the same files says, whatever their order', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { maxLength: 40 }), fc.integer(), (paths, seed) => {
        const columns = new ColumnManifest(paths);
        const map = new Map(
          paths.map((path) => [
            path,
            { sha256: digestOf(path).toString('hex'), size: path.length + 7 },
          ]),
        );
        const shuffled = [...paths].sort((a, b) =>
          digestOf(`${a}${seed}`).compare(digestOf(`${b}${seed}`)),
        );
        for (const path of shuffled) columns.set(path, digestOf(path), path.length + 7);
        expect([...columns]).toEqual([...map]);
        expect([...columns.keys()]).toEqual([...map.keys()]);
        expect([...columns.values()]).toEqual([...map.values()]);
        expect(columns.size).toBe(map.size);
        const walked: unknown[] = [];
        columns.forEach((file, path, all) => {
          walked.push([path, file]);
          expect(all).toBe(columns);
        });
        expect(walked).toEqual([...map]);
      }),
    );
  });

  it('does not know a file that was announced and never came', () => {
    const columns = new ColumnManifest(['there', 'gone']);
    columns.set('there', digestOf('x'), 0);
    expect(columns.size).toBe(1);
    expect(columns.has('gone')).toBe(false);
    expect(columns.get('gone')).toBeUndefined();
    expect([...columns.keys()]).toEqual(['there']);
    expect([...columns]).toHaveLength(1);
  });

  it('counts a file once that is set twice, and keeps the last', () => {
    const columns = new ColumnManifest(['a']);
    columns.set('a', digestOf('1'), 1);
    columns.set('a', digestOf('2'), 2);
    expect(columns.size).toBe(1);
    expect(columns.get('a')).toEqual({ sha256: digestOf('2').toString('hex'), size: 2 });
  });

  it('refuses a file that was not announced', () => {
    const columns = new ColumnManifest(['a']);
    expect(() => {
      columns.set('b', digestOf('1'), 1);
    }).toThrow(RangeError);
  });
});
