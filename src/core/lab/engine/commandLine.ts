// A Windows command line taken apart as a program there would see it: blanks separate, quotes hold together, a backslash
// escapes only before a quote.

export function splitCommandLine(text: string): readonly string[] {
  const found: string[] = [];
  let at = 0;
  while (at < text.length) {
    if (text[at] === ' ' || text[at] === '\t') {
      at += 1;
      continue;
    }
    const next = argumentAt(text, at);
    found.push(next.value);
    at = next.end;
  }
  return found;
}

function argumentAt(text: string, from: number): { readonly value: string; readonly end: number } {
  let value = '';
  let isQuoted = false;
  let at = from;
  while (at < text.length) {
    const character = text[at] ?? '';
    if (character === '\\') {
      const slashes = /^\\+/.exec(text.slice(at))?.[0].length ?? 0;
      at += slashes;
      if (text[at] !== '"') {
        value += '\\'.repeat(slashes);
        continue;
      }
      value += '\\'.repeat(Math.floor(slashes / 2));
      if (slashes % 2 === 1) {
        value += '"';
        at += 1;
      }
      continue;
    }
    if (character === '"') {
      // Two quotes inside quotes are one.
      if (isQuoted && text[at + 1] === '"') {
        value += '"';
        at += 1;
      } else {
        isQuoted = !isQuoted;
      }
    } else if (!isQuoted && (character === ' ' || character === '\t')) {
      break;
    } else {
      value += character;
    }
    at += 1;
  }
  return { value, end: at };
}
