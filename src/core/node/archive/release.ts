// Gives a large buffer's memory back at once. The collector would let some 35 MB a thread pile up first, since it hardly
// sees memory outside of its heap; unpacking a release makes 250 MB of such buffers.
import { MessageChannel, type MessagePort } from 'node:worker_threads';

let nowhere: MessagePort | null = null;

/** Buffers up to this many bytes may share their memory with others, and cost little. */
const sharedUpTo = 64 * 1024;

/** The buffer is empty afterwards. Only for whoever owns all of the memory that it is a view of. */
export function release(buffer: Buffer): void {
  if (buffer.buffer.byteLength <= sharedUpTo) return;
  nowhere ??= closedPort();
  // Transferring to a port that is closed: the memory is detached from here, and nobody receives it.
  nowhere.postMessage(null, [buffer.buffer as ArrayBuffer]);
}

function closedPort(): MessagePort {
  const { port1, port2 } = new MessageChannel();
  port2.close();
  port1.close();
  return port1;
}
