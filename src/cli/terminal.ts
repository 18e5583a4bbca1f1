// stderr and stdin: progress, steps and questions. Results go to stdout elsewhere, so that a pipe gets them alone.
import { createInterface } from 'node:readline';
import type { ReadStream, WriteStream } from 'node:tty';
import type { Message } from '../shared/model/message';
import { translate, type Language } from '../shared/text/translate';
import type { Progress } from '../core/ports';

export interface Terminal {
  readonly interactive: boolean;
  line(text: string): void;
  /** Below the line that says what goes on. */
  progress(progress: Progress, unit: 'bytes' | 'files'): void;
  /** Null where nobody can answer. */
  ask(question: string, signal: AbortSignal): Promise<boolean | null>;
  /** Ends an unfinished progress line. */
  settle(): void;
}

interface Streams {
  /** `output` is a terminal. */
  readonly isTerminal: boolean;
  /** `input` is one. */
  readonly canRead: boolean;
  readonly input: NodeJS.ReadStream | ReadStream;
  readonly output: NodeJS.WriteStream | WriteStream;
}

/** Milliseconds between two drawings of the bar. */
const drawEvery = 100;

export function openTerminal(streams: Streams, language: Language, quiet: boolean): Terminal {
  const { input, output } = streams;
  const { isTerminal, canRead } = streams;
  let drawn = '';
  let drawnAt = 0;

  const clear = (): void => {
    if (drawn === '') return;
    output.write(`\r${' '.repeat(widthOf(drawn))}\r`);
    drawn = '';
  };

  return {
    interactive: isTerminal && canRead,
    line(text) {
      clear();
      if (!quiet || isTerminal) output.write(`${text}\n`);
    },
    progress(progress, unit) {
      // Not a terminal: a log is better without a thousand lines of it.
      if (!isTerminal) return;
      const now = performance.now();
      if (now - drawnAt < drawEvery && progress.done < progress.total) return;
      drawnAt = now;
      const line = barLine(progress, unit, language, output.columns || 80);
      clear();
      output.write(line);
      drawn = line;
    },
    async ask(question, signal) {
      clear();
      if (!isTerminal || !canRead) return null;
      const lines = createInterface({ input, output });
      try {
        return await new Promise<boolean>((resolve, reject) => {
          const onAbort = (): void => {
            reject(new DOMException('aborted', 'AbortError'));
          };
          signal.addEventListener('abort', onAbort, { once: true });
          lines.on('SIGINT', onAbort);
          lines.on('close', () => {
            resolve(false);
          });
          const yesNo = translate(language, { key: 'commandLine.yesNo' });
          lines.question(`${question} ${yesNo} `, (answer) => {
            signal.removeEventListener('abort', onAbort);
            resolve(/^(y|yes|是|好)$/i.test(answer.trim()));
          });
        });
      } finally {
        lines.close();
      }
    },
    settle: clear,
  };
}

export function sayIn(language: Language): (message: Message) => string {
  return (message) => translate(language, message);
}

/** "███████░░░  54 %  41.0 / 75.3 MB", or the share alone where the terminal is narrow. */
export function barLine(
  progress: Progress,
  unit: 'bytes' | 'files',
  language: Language,
  columns: number,
): string {
  const { done, total } = progress;
  const share = total > 0 ? Math.min(done / total, 1) : 0;
  const figures =
    unit === 'bytes'
      ? `${megabytes(done, language)} / ${megabytes(total, language)} MB`
      : `${done.toLocaleString(language)} / ${total.toLocaleString(language)}`;
  const cells = 24;
  const full = Math.round(share * cells);
  const bar = '█'.repeat(full) + '░'.repeat(cells - full);
  const line = `  ${bar}  ${Math.floor(share * 100)} %  ${figures}`;
  return widthOf(line) < columns ? line : `  ${Math.floor(share * 100)} %`;
}

function megabytes(bytes: number, language: Language): string {
  return (bytes / 1024 / 1024).toLocaleString(language, {
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
}

/** Columns: a Chinese character takes two. */
function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += /[\u2e80-\uffdc]/.test(character) ? 2 : 1;
  return width;
}
