// One buffer a thread for reading, used again and again: a thread runs one job at a time.

let shared = Buffer.alloc(0);

/** Holds what the last caller left, and is the next caller's as soon as there is one. */
export function sharedBuffer(length: number): Buffer {
  if (shared.length < length) shared = Buffer.allocUnsafeSlow(length);
  return shared.subarray(0, length);
}
