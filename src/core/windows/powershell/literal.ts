// Data on its way into PowerShell: one JSON literal in ASCII that holds no quote PowerShell knows, and strings that come
// out of any of its JSON readers as they went in.

/** Levels of objects and arrays; early readers stop at a hundred. */
const maxDepth = 16;
/** 5.1 refuses names that differ in case alone, and no name comes from a user. */
const fieldName = /^[a-z][A-Za-z0-9]*$/;

/**
 * JSON of printable ASCII: everything else, and `'`, as \uXXXX. Lone surrogates survive.
 * @throws TypeError for a value that JSON has no word for
 */
export function asciiJson(value: unknown): string {
  const json = JSON.stringify(value) as string | undefined;
  if (json === undefined) throw new TypeError('JSON has no word for that value');
  return json.replace(/[^\x20-\x7e]|'/g, escaped);
}

/**
 * What stands between the single quotes after a script; `Invoke-Request` of common.ps1 is its reader.
 * @throws TypeError for data that is not plain: null, booleans, finite numbers, strings, arrays, objects with plain names
 */
export function requestJson(id: string, data: unknown): string {
  return asciiJson({ id, data: guarded(data, maxDepth) });
}

/**
 * Strings begin with `=` and hold \uXXXX themselves: PowerShell 7 makes a date of a string that looks like one, and mends
 * a lone surrogate.
 */
function guarded(value: unknown, depth: number): unknown {
  switch (typeof value) {
    case 'string':
      return `=${value.replace(/[^\x20-\x7e]|\\/g, escaped)}`;
    case 'boolean':
      return value;
    case 'number':
      if (Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value))) {
        return value;
      }
      throw new TypeError('not a number that PowerShell would read alike');
    case 'object':
      if (value === null) return null;
      if (depth === 0) throw new TypeError('nested too deep');
      return Array.isArray(value)
        ? value.map((item) => guarded(item, depth - 1))
        : guardedFields(value, depth - 1);
    case 'bigint':
    case 'function':
    case 'symbol':
    case 'undefined':
      throw new TypeError(`no plain data: ${typeof value}`);
  }
}

function guardedFields(value: object, depth: number): Record<string, unknown> {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    throw new TypeError('no plain data: an object of a class');
  }
  const names = new Set<string>();
  const fields: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(value)) {
    if (field === undefined) continue;
    if (!fieldName.test(name) || names.has(name.toLowerCase())) {
      throw new TypeError('a name that PowerShell would not keep');
    }
    names.add(name.toLowerCase());
    fields[name] = guarded(field, depth);
  }
  return fields;
}

function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
