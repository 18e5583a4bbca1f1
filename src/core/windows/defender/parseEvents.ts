// One look at the event log's channels: what came, how far each goes, and why one cannot be read.
import { message } from '../../../shared/model';
import { z } from '../../../shared/zod';
import type { ChannelTrouble } from '../../ports';
import { powerShellErrorSchema, type PowerShellError } from '../powershell/answer';
import { troubleOf } from './trouble';

const recordSchema = z.object({
  recordId: z.number().int().positive(),
  /** ISO 8601, UTC. */
  at: z.string(),
  xml: z.string(),
});

/** Of `events.ps1`, one for each channel that was asked for. */
const channelAnswerSchema = z.object({
  channel: z.string(),
  /** The newest record's number; 0 for an empty log, null where it was not asked for or cannot be read. */
  newest: z.number().int().nonnegative().nullable(),
  /** Newest first. */
  records: z.array(recordSchema),
  error: powerShellErrorSchema.nullable(),
});
export type ChannelAnswer = z.infer<typeof channelAnswerSchema>;

export const eventsAnswerSchema = z.object({ channels: z.array(channelAnswerSchema) });

/** `NoMatchingEventsFound` is no error: the script takes it for an empty answer. */
export function channelTrouble(channel: string, error: PowerShellError): ChannelTrouble {
  const { id, cause } = troubleOf(error);
  // `LogInfoUnavailable` comes where the log is there and may not be read.
  if (id === 'notPermitted' || /^LogInfoUnavailable/i.test(error.id) || isUnauthorized(error)) {
    const sentence = message('defender.channel.unreadable', { channel });
    return { channel, kind: 'unreadable', sentence, next: 'askAdministrator' };
  }
  if (/^NoMatchingLogsFound|EventLogNotFound/i.test(`${error.id} ${error.type}`)) {
    const sentence = message('defender.channel.missing', { channel });
    return { channel, kind: 'missing', sentence, next: null };
  }
  if (id === 'languageMode') {
    const sentence = message('defender.channel.languageMode', { channel });
    return { channel, kind: 'languageMode', sentence, next: 'askAdministrator' };
  }
  return notReached(channel, cause);
}

export function notReached(channel: string, cause: string): ChannelTrouble {
  const sentence = message('defender.channel.notReached', { channel, cause: cause.slice(0, 512) });
  return { channel, kind: 'notReached', sentence, next: 'retry' };
}

function isUnauthorized({ type }: PowerShellError): boolean {
  return /UnauthorizedAccessException$/.test(type);
}
