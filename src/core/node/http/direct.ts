// GET over a connection of its own that reads into one buffer, used again and again: a large file costs half of what
// Node's HTTP client takes for it, and its memory stays flat. For direct connections; proxies go the usual way.
import type { IncomingHttpHeaders } from 'node:http';
import { connect as netConnect, isIP, type Socket } from 'node:net';
import { connect as tlsConnect, type SecureContext } from 'node:tls';
import type { BodyEvents, BodySource } from './body';
import { BadAnswer, ChunkDecoder, headCap, readHead, type Head } from './head';
import { abortError, timeoutError } from './tunnel';

export interface DirectAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: BodySource;
}

export interface DirectOptions {
  readonly connectMs: number;
  readonly stallMs: number;
  /** Null for plain http. */
  readonly secure: { readonly context: SecureContext | undefined } | null;
  readonly signal: AbortSignal | undefined;
}

/** Bytes read at once. Larger brings nothing more on loopback, and on a network less arrives at a time anyway. */
const bufferBytes = 512 * 1024;

/** Resolves when the head is there. @throws the socket's errors, BadAnswer */
export function getDirect(
  url: URL,
  headers: Readonly<Record<string, string>>,
  options: DirectOptions,
): Promise<DirectAnswer> {
  return new Promise((resolve, reject) => {
    const text = requestText(url, headers);
    const connection = new Connection(resolve);
    const socket = connection.open(url, options.secure);
    const late = (): void => {
      socket.destroy(timeoutError());
    };
    let timer = setTimeout(late, options.connectMs);
    const abort = (): void => {
      socket.destroy(abortError());
    };
    options.signal?.addEventListener('abort', abort, { once: true });
    socket.once(options.secure === null ? 'connect' : 'secureConnect', () => {
      clearTimeout(timer);
      timer = setTimeout(late, options.stallMs);
      socket.write(text);
    });
    connection.onHead = () => {
      clearTimeout(timer);
    };
    socket.on('error', (error) => {
      clearTimeout(timer);
      connection.fail(error);
      // Nothing happens where the head was there before.
      reject(error);
    });
    socket.on('end', () => {
      connection.ended();
    });
    socket.on('close', () => {
      clearTimeout(timer);
      options.signal?.removeEventListener('abort', abort);
      connection.fail();
      reject(Object.assign(new Error('closed without an answer'), { code: 'ECONNRESET' }));
    });
  });
}

class Connection implements BodySource {
  onHead: () => void = () => undefined;
  private readonly buffer = Buffer.allocUnsafeSlow(bufferBytes);
  private socket: Socket | null = null;
  private head: Head | null = null;
  private headBytes = Buffer.alloc(0);
  /** What came with the head, until somebody reads. */
  private early = Buffer.alloc(0);
  /** Of the body, what came after `pause`. */
  private backlog = Buffer.alloc(0);
  private left = 0;
  private readonly chunks = new ChunkDecoder();
  private events: BodyEvents | null = null;
  private paused = true;
  private over: { readonly cut: boolean; readonly cause?: unknown } | null = null;

  constructor(private readonly resolve: (answer: DirectAnswer) => void) {}

  open(url: URL, secure: DirectOptions['secure']): Socket {
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const port = url.port === '' ? (secure === null ? 80 : 443) : Number(url.port);
    const onread = { buffer: this.buffer, callback: (count: number) => this.take(count) };
    const place = { host, port, onread };
    if (secure === null) {
      this.socket = netConnect(place);
    } else {
      const context = secure.context === undefined ? {} : { secureContext: secure.context };
      // Node documents `onread` for TLS too; its types do not have it yet.
      const options = { ...place, ...context, servername: isIP(host) === 0 ? host : '' };
      this.socket = tlsConnect(options);
    }
    return this.socket;
  }

  start(events: BodyEvents): void {
    this.events = events;
    this.paused = false;
    const { early } = this;
    this.early = Buffer.alloc(0);
    // Also where it is empty: then a body of no bytes ends here.
    this.body(early);
    if (!this.isPaused()) this.resume();
  }

  pause(): void {
    this.paused = true;
  }

  resume(): void {
    this.paused = false;
    const { backlog } = this;
    this.backlog = Buffer.alloc(0);
    if (backlog.length > 0) this.events?.data(backlog);
    // The reader may be busy again with that.
    if (this.isPaused()) return;
    this.socket?.resume();
    this.tellOver();
  }

  destroy(): void {
    this.socket?.destroy();
  }

  private isPaused(): boolean {
    return this.paused;
  }

  /** The server has sent its last byte. */
  ended(): void {
    if (this.head?.framing.kind === 'close') this.finish();
    else this.fail();
  }

  /** The connection is gone; without effect once the body has ended. */
  fail(cause?: unknown): void {
    this.over ??= { cut: true, cause };
    this.tellOver();
  }

  /** From the socket. False: no more until `resume`. */
  private take(count: number): boolean {
    const piece = this.buffer.subarray(0, count);
    try {
      if (this.head === null) this.takeHead(piece);
      else this.body(piece);
    } catch (error) {
      this.socket?.destroy(error as Error);
    }
    return !this.paused;
  }

  private takeHead(piece: Buffer): void {
    this.headBytes = Buffer.concat([this.headBytes, piece]);
    for (;;) {
      const end = this.headBytes.indexOf('\r\n\r\n');
      if (end === -1 || end > headCap) {
        if (this.headBytes.length > headCap) throw new BadAnswer('a head without an end');
        // More of it is to come.
        this.paused = false;
        return;
      }
      const head = readHead(this.headBytes.toString('latin1', 0, end));
      this.headBytes = this.headBytes.subarray(end + 4);
      // 1xx is only a notice before the answer.
      if (head.status < 200) continue;
      this.head = head;
      break;
    }
    this.early = this.headBytes;
    this.headBytes = Buffer.alloc(0);
    if (this.head.framing.kind === 'length') this.left = this.head.framing.bytes;
    this.paused = true;
    this.onHead();
    this.resolve({ status: this.head.status, headers: this.head.headers, body: this });
  }

  private body(piece: Buffer): void {
    if (this.over !== null) return;
    switch (this.head?.framing.kind) {
      case 'chunked': {
        const last = this.chunks.decode(piece, (data) => {
          this.give(data);
        });
        if (last) this.finish();
        return;
      }
      case 'length': {
        const data = piece.subarray(0, this.left);
        this.left -= data.length;
        this.give(data);
        if (this.left === 0) this.finish();
        return;
      }
      case 'close':
        this.give(piece);
        return;
      case undefined:
        throw new BadAnswer('a body before its head');
    }
  }

  private give(data: Buffer): void {
    if (data.length === 0) return;
    // The buffer is used again, so what waits is a copy.
    if (this.paused) this.backlog = Buffer.concat([this.backlog, data]);
    else this.events?.data(data);
  }

  private finish(): void {
    this.over ??= { cut: false };
    this.socket?.destroy();
    this.tellOver();
  }

  private tellOver(): void {
    if (this.over === null || this.events === null || this.paused) return;
    if (this.over.cut) this.events.cut(this.over.cause);
    else this.events.end();
  }
}

/** @throws BadAnswer for a header that would not stay one line: its value may come from a server's earlier answer. */
function requestText(url: URL, headers: Readonly<Record<string, string>>): string {
  const lines = Object.entries({ host: url.host, ...headers, connection: 'close' }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  // eslint-disable-next-line no-control-regex
  if (lines.some((line) => /[\u0000-\u001f\u007f\u0100-\uffff]/.test(line))) {
    throw new BadAnswer('a header of more than one line');
  }
  return `GET ${url.pathname}${url.search} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`;
}
