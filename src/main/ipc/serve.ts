// Main's end of the contract, and the only file that touches ipcMain. Each message is answered: by its flow, by the
// failure that the flow threw, or by the reason why it was refused. None is ignored. Small, so that it serves before the
// schemas and the flows are loaded: a call waits for them.
import { ipcMain, type IpcMainInvokeEvent, type WebContents } from 'electron';
import type { Envelope } from '../../shared/contract';
import { callChannel } from '../../shared/contract/names';
import { appOrigin } from '../origin';
import type { Judged, RejectionReason } from './judge';

export interface Engine {
  /** What comes back for a message of our own page: checked against the contract both ways. Never throws. */
  reply(
    message: readonly unknown[],
  ): Promise<
    Exclude<Envelope<unknown>, { kind: 'rejected' }> | Extract<Judged, { kind: 'refused' }>
  >;
}

export interface Served {
  /** Our window's contents; null while there is none. */
  trusted(): WebContents | null;
  /** Loads it at the first call, if nothing did before. */
  engine(): Promise<Engine>;
  /** True once the app is on its way out. */
  closing(): boolean;
  /** Told of each refusal, for the log. */
  onRefusal: OnRefusal;
}

export type OnRefusal = (reason: RejectionReason, what: string) => void;

/** Serves until the returned function is called. */
export function serve(served: Served): () => void {
  ipcMain.handle(callChannel, (event, ...message: unknown[]) => reply(event, message, served));
  return () => {
    ipcMain.removeHandler(callChannel);
  };
}

/**
 * One-way and blocking messages have no place in the contract. A blocking one is answered with its refusal; a one-way
 * one cannot be answered and is reported. (An `invoke` on another channel is refused by Electron itself.)
 */
export function refuseOneWay(contents: WebContents, onRefusal: OnRefusal): void {
  contents.on('ipc-message', (_event, channel) => {
    onRefusal('unknownCall', `one-way ${channel.slice(0, 64)}`);
  });
  contents.on('ipc-message-sync', (event, channel) => {
    onRefusal('unknownCall', `blocking ${channel.slice(0, 64)}`);
    event.returnValue = rejected('unknownCall');
  });
}

async function reply(
  event: IpcMainInvokeEvent,
  message: readonly unknown[],
  served: Served,
): Promise<Envelope<unknown>> {
  const refuse = (reason: RejectionReason, what: string): Envelope<never> => {
    served.onRefusal(reason, what);
    return rejected(reason);
  };
  if (!isTrusted(event, served.trusted())) return refuse('sender', senderName(event));
  if (served.closing()) return refuse('closing', '');
  const answer = await (await served.engine()).reply(message);
  return answer.kind === 'refused' ? refuse(answer.reason, answer.name) : answer;
}

/** Our window, its main frame, our page: all three, or nothing. A frame that is gone already is not trusted. */
export function isTrusted(
  event: Pick<IpcMainInvokeEvent, 'sender' | 'senderFrame'>,
  trusted: WebContents | null,
): boolean {
  const frame = event.senderFrame;
  if (trusted === null || trusted.isDestroyed() || frame === null) return false;
  if (event.sender.id !== trusted.id) return false;
  const main = trusted.mainFrame;
  if (frame.processId !== main.processId || frame.routingId !== main.routingId) return false;
  return frame.origin === appOrigin && frame.url.startsWith(`${appOrigin}/`);
}

function senderName(event: IpcMainInvokeEvent): string {
  return event.senderFrame === null ? 'a frame that is gone' : event.senderFrame.url.slice(0, 128);
}

function rejected(reason: RejectionReason): {
  readonly kind: 'rejected';
  readonly reason: RejectionReason;
} {
  return { kind: 'rejected', reason };
}
