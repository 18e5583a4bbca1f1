// Measures a message before anything reads it: plain data only, and not more of it than a contract needs. Structured
// clone lets through what JSON does not (maps, buffers, cycles, dates); those are no intents.

/** Nesting of the deepest argument in the contract is 3. */
const maxDepth = 16;

export type Measured = 'fits' | 'size' | 'shape';

/**
 * Counts the characters that `value` takes as JSON, and stops at the first that is too many. Reads no getter and walks
 * no prototype; never throws.
 */
export function measure(value: unknown, maxChars: number): Measured {
  let left = maxChars;
  const open = new Set<object>();

  const spend = (chars: number): void => {
    left -= chars;
    if (left < 0) throw new Refused('size');
  };

  const visit = (item: unknown, depth: number): void => {
    if (depth > maxDepth) throw new Refused('shape');
    switch (typeof item) {
      case 'string':
        // The quick answer first: escaping a string of 100 MB to learn that it is long would be its own attack.
        spend(item.length + 2);
        spend(JSON.stringify(item).length - item.length - 2);
        return;
      case 'number':
        if (!Number.isFinite(item)) throw new Refused('shape');
        spend(String(item).length);
        return;
      case 'boolean':
        spend(5);
        return;
      case 'undefined':
        return;
      case 'object':
        if (item === null) spend(4);
        else visitObject(item, depth);
        return;
      case 'bigint':
      case 'function':
      case 'symbol':
        throw new Refused('shape');
    }
  };

  const visitObject = (item: object, depth: number): void => {
    if (open.has(item)) throw new Refused('shape');
    open.add(item);
    if (Array.isArray(item)) {
      spend(item.length + 2);
      const keys = Object.keys(item);
      // A hole, or a name beside the numbers, is no list.
      if (keys.length !== item.length) throw new Refused('shape');
      for (const element of item) visit(element, depth + 1);
    } else {
      if (!isPlain(item)) throw new Refused('shape');
      spend(2);
      for (const key of Object.keys(item)) {
        const property = Object.getOwnPropertyDescriptor(item, key);
        if (property === undefined || !('value' in property)) throw new Refused('shape');
        spend(key.length + 4);
        visit(property.value, depth + 1);
      }
    }
    open.delete(item);
  };

  try {
    visit(value, 0);
    return 'fits';
  } catch (thrown) {
    if (thrown instanceof Refused) return thrown.why;
    return 'shape';
  }
}

class Refused extends Error {
  constructor(readonly why: 'size' | 'shape') {
    super(why);
  }
}

function isPlain(item: object): boolean {
  if (Object.getOwnPropertySymbols(item).length > 0) return false;
  const prototype: unknown = Object.getPrototypeOf(item);
  return prototype === Object.prototype || prototype === null;
}
