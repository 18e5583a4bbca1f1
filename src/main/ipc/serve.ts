// Main's end of the contract, and the only file that touches ipcMain. Each message is answered: by its flow, by the
// failure that the flow threw, or by the reason why it was refused. None is ignored.
import { ipcMain, type IpcMainInvokeEvent, type WebContents } from 'electron';
import { asFailure } from '../../core/failureError';
import {
  callChannel,
  calls,
  type Argument,
  type CallName,
  type Envelope,
  type Result,
} from '../../shared/contract';
import { appOrigin } from '../origin';
import { judge, type RejectionReason } from './judge';

export interface Served {
  /** Our window's contents; null while there is none. */
  trusted(): WebContents | null;
  /** @throws FailureError for what goes wrong; anything else thrown becomes the failure `internal`. */
  answer<N extends CallName>(name: N, argument: Argument<N>): Promise<Result<N>>;
  /** True once the app is on its way out. */
  closing(): boolean;
  /** Told of each refusal, for the log. */
  onRefusal(reason: RejectionReason, what: string): void;
}

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
export function refuseOneWay(contents: WebContents, onRefusal: Served['onRefusal']): void {
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
  const judged = judge(message);
  if (judged.kind === 'refused') return refuse(judged.reason, judged.name);
  try {
    const value = await served.answer(judged.name, judged.argument);
    return { kind: 'ok', value: calls[judged.name].result.parse(value) };
  } catch (thrown) {
    return { kind: 'failed', failure: asFailure(thrown) };
  }
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
