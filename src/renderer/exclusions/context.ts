// A contextual exclusion is a path with its conditions after `\:{`; people recognise the path.

export function splitContext(value: string): { path: string; contextual: boolean } {
  const at = value.indexOf('\\:{');
  return at === -1
    ? { path: value, contextual: false }
    : { path: value.slice(0, at), contextual: true };
}
