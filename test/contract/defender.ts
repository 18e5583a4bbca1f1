// What every adapter of the Defender port must do.
import { describe, expect, it } from 'vitest';
import { hasMessage } from '../../src/shared/text/translate';
import { buildFolder, openForEachTest, type OpenProtection } from './protection';

export function defenderContract(open: OpenProtection): void {
  const start = openForEachTest(open);

  describe('status', () => {
    it.each([
      ['clean', 'on'],
      ['tamperProtected', 'on'],
      ['managed', 'on'],
      ['hiddenLists', 'on'],
      ['uacDeclined', 'on'],
      ['thirdPartyAntivirus', 'otherAntivirus'],
      ['defenderOff', 'off'],
    ] as const)('%s is told as %s', async (state, kind) => {
      const { defender } = await start(state);
      const status = await defender.status();
      expect(status.kind).toBe(kind);
      expect(status.managed).toBe(state === 'managed');
      expect(hasMessage(status.sentence.key)).toBe(true);
      expect(Date.parse(status.readAt)).not.toBeNaN();
      expect(status.otherAntivirus === null).toBe(state !== 'thirdPartyAntivirus');
    });

    it('does not say what it does not know', async () => {
      const { defender } = await start('defenderOff');
      const status = await defender.status();
      expect(status.realTimeProtection).toBeNull();
      expect(status.tamperProtection).toBeNull();
    });
  });

  describe('exclusions', () => {
    it.each([
      ['clean', 'known'],
      ['tamperProtected', 'known'],
      ['managed', 'known'],
      ['hiddenLists', 'hidden'],
      ['thirdPartyAntivirus', 'unavailable'],
      ['defenderOff', 'unavailable'],
    ] as const)('%s: the list is %s', async (state, visibility) => {
      const { defender } = await start(state);
      const reading = await defender.exclusions();
      expect(reading.visibility).toBe(visibility);
      if (visibility !== 'known') expect(reading.exclusions).toEqual([]);
    });

    it("tells a policy's entries from local ones", async () => {
      const { defender } = await start('managed');
      const { exclusions } = await defender.exclusions();
      expect(exclusions.length).toBeGreaterThan(0);
      expect(exclusions.every((entry) => entry.source === 'policy')).toBe(true);
    });
  });

  describe('check', () => {
    it('answers by whole names', async () => {
      const { defender, elevation } = await start('clean');
      expect(await defender.check(buildFolder.value)).toBe('notExcluded');
      await elevation.run({ id: '1', steps: [{ kind: 'addExclusion', exclusion: buildFolder }] });
      expect(await defender.check(`${buildFolder.value}\\b001\\x.test.exe`)).toBe('excluded');
      expect(await defender.check(buildFolder.value.toUpperCase())).toBe('excluded');
      expect(await defender.check(`${buildFolder.value}x\\a.exe`)).toBe('notExcluded');
    });

    it.each(['hiddenLists', 'defenderOff', 'thirdPartyAntivirus'] as const)(
      '%s: says that it does not know',
      async (state) => {
        const { defender } = await start(state);
        expect(await defender.check(buildFolder.value)).toBe('unknown');
      },
    );
  });
}
