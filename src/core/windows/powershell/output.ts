// What a host writes, taken in as it comes: the text between two delimiters goes to who asked, all else is noise. Keeps
// no more than it must and gives up on a flood.

/** UTF-16 units that one answer may have; a whole year of events is far below. */
const maxAnswer = 32 * 1024 * 1024;
/** Units of noise that are kept until someone takes them. */
const maxNoise = 64 * 1024;
/** Units of noise within one call that are a flood. */
const flood = 4 * 1024 * 1024;

interface Waiting {
  readonly delimiter: string;
  readonly resolve: (text: string) => void;
}

export class Output {
  readonly #onNoise: (text: string) => void;
  readonly #onFlood: () => void;
  #waiting: Waiting | null = null;
  #pieces: string[] = [];
  #units = 0;
  /** The end of what has come, in which a delimiter may have begun. */
  #tail = '';
  #seen = 0;
  #noise = '';
  #dropped = 0;
  #noiseUnits = 0;

  constructor(onNoise: (text: string) => void, onFlood: () => void) {
    this.#onNoise = onNoise;
    this.#onFlood = onFlood;
  }

  /** The text between the first and the second time that the delimiter comes. Never settles when it does not. */
  between(delimiter: string): Promise<string> {
    return new Promise((resolve) => {
      this.#waiting = { delimiter, resolve };
    });
  }

  /** From stdout. */
  take(text: string): void {
    const waiting = this.#waiting;
    if (waiting === null) {
      this.note(text);
      return;
    }
    this.#pieces.push(text);
    this.#units += text.length;
    const { delimiter } = waiting;
    const recent = this.#tail + text;
    let from = 0;
    for (let at = recent.indexOf(delimiter); at >= 0; at = recent.indexOf(delimiter, from)) {
      this.#seen += 1;
      from = at + delimiter.length;
    }
    this.#tail = recent.slice(Math.max(from, recent.length - delimiter.length + 1));
    if (this.#seen >= 2) this.#deliver(waiting);
    else if (this.#units > maxAnswer) this.#onFlood();
  }

  /** From stderr, or beside an answer. */
  note(text: string): void {
    if (text.trim() === '') return;
    const room = maxNoise - this.#noise.length;
    this.#noise += text.slice(0, room);
    this.#dropped += Math.max(0, text.length - room);
    this.#noiseUnits += text.length;
    this.#onNoise(text);
    if (this.#noiseUnits > flood) this.#onFlood();
  }

  /** What was noted since the last time. */
  takeNoise(): string {
    const noise = this.#noise.trim();
    const rest = this.#dropped === 0 ? '' : `\n[${this.#dropped} characters more]`;
    this.#noise = '';
    this.#dropped = 0;
    this.#noiseUnits = 0;
    return noise + rest;
  }

  /** What has come for an answer that will not: for the report about a lost host. */
  takeUnfinished(): string {
    const text = this.#pieces.join('');
    const waiting = this.#waiting;
    this.#reset();
    return (waiting === null ? text : text.split(waiting.delimiter).join('')).trim();
  }

  #deliver({ delimiter, resolve }: Waiting): void {
    const text = this.#pieces.join('');
    this.#reset();
    const first = text.indexOf(delimiter);
    const second = text.indexOf(delimiter, first + delimiter.length);
    this.note(text.slice(0, first));
    this.note(text.slice(second + delimiter.length));
    resolve(text.slice(first + delimiter.length, second));
  }

  #reset(): void {
    this.#waiting = null;
    this.#pieces = [];
    this.#units = 0;
    this.#tail = '';
    this.#seen = 0;
  }
}
