import { afterEach, describe, expect, it, vi } from 'vitest';
import { powerShell } from '../../../../test/fakes/powerShell';
import { WindowsLog } from '../../../../test/fakes/windowsLog';
import type { ChannelTrouble, EventBookmarks, EventLog, EventRecord } from '../../ports';
import { channels } from './channels';
import { powerShellEventLog } from './eventLog';

const [defender = '', codeIntegrity = ''] = channels.map(({ name }) => name);
const minute = (number: number): string =>
  new Date(Date.UTC(2026, 10, 24, 10, number)).toISOString();

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

async function follow(log: EventLog, after: EventBookmarks = {}) {
  const got: EventRecord[] = [];
  const troubles: ChannelTrouble[] = [];
  const end = await log.subscribe(
    after,
    (record) => got.push(record),
    (trouble) => troubles.push(trouble),
  );
  ends.push(end);
  return { got, troubles, end, ids: () => got.map(({ recordId }) => recordId) };
}
const open = (log: WindowsLog): EventLog =>
  powerShellEventLog({ session: log.session(), intervalMs: 5 });

describe('since', () => {
  it('gives both channels in the order of time', async () => {
    const log = new WindowsLog();
    log.add(defender, 1116, minute(1));
    log.add(codeIntegrity, 3077, minute(2));
    log.add(defender, 1117, minute(3));
    const records = await open(log).since(new Date(minute(2)));
    expect(records.map(({ channel }) => channel)).toEqual([codeIntegrity, defender]);
  });

  it('leaves out what says nothing of a block', async () => {
    const log = new WindowsLog();
    log.add(defender, 1150, minute(1));
    log.add(codeIntegrity, 3089, minute(2));
    expect(await open(log).since(new Date(0))).toEqual([]);
  });

  it('reads more than a page, each once', async () => {
    const log = new WindowsLog();
    for (let number = 0; number < 317; number += 1) log.add(defender, 1116, minute(number));
    const ids = (await open(log).since(new Date(0))).map(({ recordId }) => recordId);
    expect(ids).toEqual(Array.from({ length: 317 }, (_, at) => at + 1));
  });

  it('goes without a channel that cannot be read', async () => {
    const log = new WindowsLog();
    log.add(defender, 1116, minute(1));
    log.denied(codeIntegrity);
    expect(await open(log).since(new Date(0))).toHaveLength(1);
  });

  it('is no empty log where none can be read', async () => {
    const log = new WindowsLog();
    log.denied(defender);
    log.missing(codeIntegrity);
    await expect(open(log).since(new Date(0))).rejects.toMatchObject({
      failure: { code: 'events.unreadable', next: ['askAdministrator'] },
    });
    const lost = powerShellEventLog({ session: powerShell.lost() });
    await expect(lost.since(new Date(0))).rejects.toMatchObject({
      failure: { code: 'events.unreadable', next: ['retry'] },
    });
  });

  it('is empty where there is no such log', async () => {
    const log = new WindowsLog();
    log.missing(defender);
    log.missing(codeIntegrity);
    expect(await open(log).since(new Date(0))).toEqual([]);
  });
});

describe('subscribe', () => {
  it('gives what was there before it resolves, then what comes, each once', async () => {
    const log = new WindowsLog();
    log.add(defender, 1116, minute(1));
    const { ids } = await follow(open(log));
    expect(ids()).toEqual([1]);
    log.add(defender, 1150, minute(2));
    log.add(defender, 1117, minute(3));
    await vi.waitFor(() => {
      expect(ids()).toEqual([1, 3]);
    });
    log.add(defender, 5007, minute(4));
    await vi.waitFor(() => {
      expect(ids()).toEqual([1, 3, 4]);
    });
  });

  it('goes on after the bookmarks of both', async () => {
    const log = new WindowsLog();
    for (const channel of [defender, codeIntegrity]) {
      const event = channel === defender ? 1116 : 3077;
      for (let number = 0; number < 3; number += 1) log.add(channel, event, minute(number));
    }
    const { got } = await follow(open(log), { [defender]: 2, [codeIntegrity]: 3 });
    expect(got.map(({ channel, recordId }) => [channel, recordId])).toEqual([[defender, 3]]);
  });

  it('gives all of a log that was cleared, before and while it follows', async () => {
    const log = new WindowsLog();
    log.add(defender, 1116, minute(1));
    const { ids } = await follow(open(log), { [defender]: 900 });
    expect(ids()).toEqual([1]);
    log.add(defender, 1117, minute(2));
    await vi.waitFor(() => {
      expect(ids()).toEqual([1, 2]);
    });
    log.cleared(defender);
    log.add(defender, 5007, minute(3));
    await vi.waitFor(() => {
      expect(ids()).toEqual([1, 2, 1]);
    });
  });

  it('tells each trouble once, with its sentence, and again after it was mended', async () => {
    const log = new WindowsLog();
    log.denied(defender);
    log.missing(codeIntegrity);
    const session = log.session();
    const { troubles, ids } = await follow(powerShellEventLog({ session, intervalMs: 5 }));
    await vi.waitFor(() => {
      expect(session.asked.length).toBeGreaterThan(3);
    });
    expect(troubles).toEqual([
      {
        channel: defender,
        kind: 'unreadable',
        sentence: { key: 'defender.channel.unreadable', params: { channel: defender } },
        next: 'askAdministrator',
      },
      {
        channel: codeIntegrity,
        kind: 'missing',
        sentence: { key: 'defender.channel.missing', params: { channel: codeIntegrity } },
        next: null,
      },
    ]);
    log.mended(defender);
    log.add(defender, 1116, minute(1));
    await vi.waitFor(() => {
      expect(ids()).toEqual([1]);
    });
    log.restrictedLanguage(defender);
    await vi.waitFor(() => {
      expect(troubles.map(({ kind }) => kind)).toEqual(['unreadable', 'missing', 'languageMode']);
    });
  });

  it('outlives a session that is lost, and says so once for each channel', async () => {
    const session = powerShell.lost();
    const { troubles } = await follow(powerShellEventLog({ session, intervalMs: 5 }));
    await vi.waitFor(() => {
      expect(session.asked.length).toBeGreaterThan(3);
    });
    expect(troubles.map(({ kind }) => kind)).toEqual(['notReached', 'notReached']);
  });

  it('gives nothing and asks nothing after its end', async () => {
    const log = new WindowsLog();
    const session = log.session();
    const { got, end } = await follow(powerShellEventLog({ session, intervalMs: 5 }));
    end();
    const asked = session.asked.length;
    log.add(defender, 1116, minute(1));
    await new Promise((resolve) => setTimeout(resolve, 40));
    expect(got).toEqual([]);
    expect(session.asked.length).toBe(asked);
  });
});
