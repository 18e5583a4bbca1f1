// Sends a body, or what a fault makes of it: cut off, stalled, slow, longer, shorter, or with one byte changed.
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from './faults';

export interface Body {
  /** One of the two is there. */
  readonly bytes?: Buffer;
  readonly path?: string;
  readonly size: number;
  readonly type: string;
  readonly etag: string;
  readonly archive: boolean;
}

export interface Sending {
  /** The first byte to send. */
  readonly from: number;
  /** Bytes to send: past the end of the body they are zeros. */
  readonly length: number;
  readonly fault: Fault | null;
  readonly bytesPerSecond: number | undefined;
}

export async function sendBody(
  response: ServerResponse,
  body: Body,
  sending: Sending,
): Promise<void> {
  const { fault, from, length } = sending;
  const bytesPerSecond = fault?.kind === 'slow' ? fault.bytesPerSecond : sending.bytesPerSecond;
  const whole = from + length === body.size;
  const inPieces = bytesPerSecond !== undefined || (fault !== null && changesBytes.has(fault.kind));
  if (!inPieces && whole && body.path !== undefined) {
    await sendFile(response, body.path, from);
    return;
  }
  const end = stopAfter(fault, length);
  // A fault of the body comes after a whole head.
  response.flushHeaders();
  for (let sent = 0; sent < end;) {
    const size = Math.min(end - sent, pieceSize(bytesPerSecond));
    const piece = await readPiece(body, from + sent, size);
    if (fault?.kind === 'tampered' && body.path !== undefined)
      flip(piece, from + sent, Math.floor(body.size / 2));
    if (!(await write(response, piece))) return;
    sent += size;
    if (bytesPerSecond !== undefined) await sleep((size * 1000) / bytesPerSecond);
  }
  if (fault?.kind === 'stall') return;
  if (fault?.kind === 'cut') response.destroy();
  else response.end();
}

const changesBytes = new Set<Fault['kind']>(['cut', 'stall', 'slow', 'tampered', 'wrongLength']);

async function sendFile(response: ServerResponse, path: string, from: number): Promise<void> {
  try {
    await pipeline(createReadStream(path, { start: from, highWaterMark: 1 << 20 }), response);
  } catch (error) {
    // The client left: that is its right.
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  }
}

function stopAfter(fault: Fault | null, length: number): number {
  return fault?.kind === 'cut' || fault?.kind === 'stall' ? Math.min(fault.after, length) : length;
}

/** Ten pieces a second where it is slow. */
function pieceSize(bytesPerSecond: number | undefined): number {
  return bytesPerSecond === undefined ? 256 * 1024 : Math.max(1, Math.ceil(bytesPerSecond / 10));
}

async function readPiece(body: Body, from: number, size: number): Promise<Buffer> {
  const piece = Buffer.alloc(size);
  if (body.bytes !== undefined) {
    body.bytes.copy(piece, 0, from, from + size);
    return piece;
  }
  const file = await open(body.path ?? '', 'r');
  try {
    await file.read(piece, 0, size, from);
    return piece;
  } finally {
    await file.close();
  }
}

function flip(piece: Buffer, from: number, at: number): void {
  const index = at - from;
  const byte = piece[index];
  if (byte !== undefined) piece[index] = byte ^ 0xff;
}

/** False where the client has left. */
function write(response: ServerResponse, piece: Buffer): Promise<boolean> {
  if (response.destroyed) return Promise.resolve(false);
  return new Promise((resolve) => {
    response.write(piece, (error) => {
      resolve(error === null || error === undefined);
    });
  });
}
