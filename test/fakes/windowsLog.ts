// Windows' event log in memory as `events.ps1` reads it, named by what befalls it.
import type { PowerShellError } from '../../src/core/windows/powershell/answer';
import { powerShellError } from '../fixtures/powerShell';
import { powerShell, type FakeSession } from './powerShell';

interface Logged {
  readonly channel: string;
  readonly recordId: number;
  readonly eventId: number;
  readonly at: string;
}

interface Asked {
  readonly most: number;
  readonly channels: readonly {
    readonly name: string;
    readonly events: readonly (readonly [number, number])[];
    readonly after: number | null;
    readonly since: string | null;
    readonly below: number | null;
  }[];
}

export class WindowsLog {
  private records: Logged[] = [];
  private readonly troubles = new Map<string, PowerShellError>();

  add(channel: string, eventId: number, at: string): number {
    const recordId = this.newest(channel) + 1;
    this.records.push({ channel, recordId, eventId, at });
    return recordId;
  }

  cleared(channel: string): void {
    this.records = this.records.filter((record) => record.channel !== channel);
  }

  denied(channel: string): void {
    this.troubles.set(
      channel,
      powerShellError({
        type: 'System.UnauthorizedAccessException',
        category: 'NotSpecified',
        id: 'LogInfoUnavailable,Microsoft.PowerShell.Commands.GetWinEventCommand',
      }),
    );
  }

  missing(channel: string): void {
    this.troubles.set(
      channel,
      powerShellError({
        category: 'ObjectNotFound',
        id: 'NoMatchingLogsFound,Microsoft.PowerShell.Commands.GetWinEventCommand',
      }),
    );
  }

  restrictedLanguage(channel: string): void {
    const id = 'MethodInvocationNotSupportedInConstrainedLanguage';
    this.troubles.set(channel, powerShellError({ id }));
  }

  mended(channel: string): void {
    this.troubles.delete(channel);
  }

  session(): FakeSession {
    return powerShell.saying((data) => this.answer(data as Asked));
  }

  private newest(channel: string): number {
    const own = this.records.filter((record) => record.channel === channel);
    return Math.max(0, ...own.map(({ recordId }) => recordId));
  }

  private answer({ most, channels }: Asked): unknown {
    return {
      channels: channels.map(({ name, events, after, since, below }) => {
        const error = this.troubles.get(name);
        if (error !== undefined) return { channel: name, newest: null, records: [], error };
        const newest = this.newest(name);
        const from = after === null || after > newest ? 0 : after;
        const records = this.records
          .filter(({ channel }) => channel === name)
          .filter(({ recordId }) => recordId > from && recordId < (below ?? Infinity))
          .filter(({ at }) => since === null || at >= since)
          .filter(({ eventId }) => events.some(([low, high]) => eventId >= low && eventId <= high))
          .reverse()
          .slice(0, most)
          .map(({ recordId, at }) => ({ recordId, at, xml: `<Event>${String(recordId)}</Event>` }));
        return { channel: name, newest: after === null ? null : newest, records, error: null };
      }),
    };
  }
}
