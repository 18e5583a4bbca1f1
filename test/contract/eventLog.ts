// What every adapter of the EventLog port must do. Adding an exclusion writes event 5007, so it serves as the source.
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { EventRecord } from '../../src/core/ports';
import {
  buildFolder,
  openForEachTest,
  type OpenProtection,
  type ProtectionUnderTest,
} from './protection';

export function eventLogContract(open: OpenProtection): void {
  const openOne = openForEachTest(open);
  const start = (): Promise<ProtectionUnderTest> => openOne('clean');
  const ends: (() => void)[] = [];
  // Subscriptions end before their log does: of these hooks the last runs first.
  afterEach(() => {
    for (const end of ends.splice(0)) end();
  });
  const change = async (
    { elevation }: ProtectionUnderTest,
    kind: 'addExclusion' | 'removeExclusion',
  ): Promise<void> => {
    await elevation.run({ id: 'batch', steps: [{ kind, exclusion: buildFolder }] });
  };
  const ids = (records: readonly EventRecord[]): readonly number[] =>
    records.map((record) => record.recordId);

  describe('since', () => {
    it('gives records oldest first, with ids that grow', async () => {
      const protection = await start();
      const from = new Date(0);
      await change(protection, 'addExclusion');
      await change(protection, 'removeExclusion');
      const records = await protection.events.since(from);
      expect(records.length).toBeGreaterThanOrEqual(2);
      expect(ids(records)).toEqual([...ids(records)].sort((a, b) => a - b));
      for (const { channel, recordId, xml } of records) {
        expect(channel).toContain('Microsoft-Windows-');
        expect(xml).toContain(`<EventRecordID>${String(recordId)}</EventRecordID>`);
      }
      const far = new Date(Date.parse('2099-01-01T00:00:00.000Z'));
      expect(await protection.events.since(far)).toEqual([]);
    });
  });

  describe('subscribe', () => {
    it('gives what was there, then what comes, each once', async () => {
      const protection = await start();
      await change(protection, 'addExclusion');
      const got: EventRecord[] = [];
      ends.push(await protection.events.subscribe({}, (record) => got.push(record)));
      const before = got.length;
      expect(before).toBeGreaterThanOrEqual(1);
      await change(protection, 'removeExclusion');
      await vi.waitFor(() => {
        expect(got.length).toBe(before + 1);
      });
      await change(protection, 'addExclusion');
      await vi.waitFor(() => {
        expect(got.length).toBe(before + 2);
      });
      expect(new Set(ids(got)).size).toBe(got.length);
    });

    it('goes on after a bookmark', async () => {
      const protection = await start();
      await change(protection, 'addExclusion');
      const all = await protection.events.since(new Date(0));
      const last = all.at(-1);
      if (last === undefined) throw new Error('no record');
      await change(protection, 'removeExclusion');
      const got: EventRecord[] = [];
      const after = { [last.channel]: last.recordId };
      ends.push(await protection.events.subscribe(after, (record) => got.push(record)));
      expect(ids(got)).toEqual([last.recordId + 1]);
    });

    it('gives all of a log that was cleared since the bookmark', async () => {
      const protection = await start();
      await change(protection, 'addExclusion');
      const all = await protection.events.since(new Date(0));
      const channel = all[0]?.channel ?? '';
      const got: EventRecord[] = [];
      const after = { [channel]: 1_000_000 };
      ends.push(await protection.events.subscribe(after, (record) => got.push(record)));
      expect(ids(got)).toEqual(ids(all));
    });

    it('gives nothing after its end', async () => {
      const protection = await start();
      const got: EventRecord[] = [];
      const end = await protection.events.subscribe({}, (record) => got.push(record));
      end();
      const before = got.length;
      await change(protection, 'addExclusion');
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(got.length).toBe(before);
    });
  });
}
