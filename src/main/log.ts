// Refused messages, on stderr: the first of each kind in words, the rest as a count, so that a flood fills no disk.
import type { OnRefusal } from './ipc/serve';

const firstOfKind = 3;

export function refusalLog(write: (line: string) => void): OnRefusal {
  const counts = new Map<string, number>();
  return (reason, what) => {
    const count = (counts.get(reason) ?? 0) + 1;
    counts.set(reason, count);
    if (count <= firstOfKind) write(`refused a message (${reason}): ${printable(what)}`);
    else if (Number.isInteger(Math.log10(count))) {
      write(`refused ${String(count)} messages (${reason}) so far`);
    }
  };
}

function printable(text: string): string {
  return JSON.stringify(text);
}
