// The body that Node's own HTTP client reads.
import type { IncomingMessage } from 'node:http';
import type { BodySource } from './body';

export function nodeBody(message: IncomingMessage): BodySource {
  // Stays on: an error of a body that nobody reads must not end the process.
  message.on('error', () => undefined);
  return {
    start(events) {
      message.on('error', (error) => {
        events.cut(error);
      });
      message.on('end', () => {
        if (message.complete) events.end();
        else events.cut();
      });
      message.on('close', () => {
        events.cut();
      });
      if (message.destroyed && !message.readableEnded) events.cut();
      else message.on('data', (chunk: Buffer) => events.data(chunk));
    },
    pause: () => void message.pause(),
    resume: () => void message.resume(),
    destroy: () => void message.destroy(),
  };
}
