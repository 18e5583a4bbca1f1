// The elevated command line: fixed words and one short script of fixed text, with three literals put in. Nothing of a plan
// is in it, and nothing that PowerShell could read as more than a string.
import bootstrap from './bootstrap.ps1?raw';

/**
 * Characters of parameters that ShellExecuteEx takes for certain. Documented nowhere; what is told of old versions is
 * 2,048, of new ones the 32,767 of CreateProcess.
 */
export const maxParameters = 2048;

export interface Literals {
  /** Of the pipe: `gangway-` and 32 hex digits, or where there is no Windows the absolute path of a socket. */
  readonly pipe: string;
  /** 32 hex digits. */
  readonly nonce: string;
  /** Base64 of a SHA-256. */
  readonly sha256: string;
}

const literals: Readonly<Record<keyof Literals, RegExp>> = {
  pipe: /^(?:gangway-[0-9a-f]{32}|\/[A-Za-z0-9/_.-]{1,99})$/,
  nonce: /^[0-9a-f]{32}$/,
  sha256: /^[A-Za-z0-9+/]{43}=$/,
};

/**
 * Arguments of powershell.exe, none of which needs a quote.
 * @throws RangeError where a literal is not what it has to be, or the whole is too long: both before anyone is asked
 */
export function elevatedArguments(values: Literals): readonly string[] {
  let script = withoutComments(bootstrap);
  for (const name of ['pipe', 'nonce', 'sha256'] as const) {
    if (!literals[name].test(values[name])) throw new RangeError(`no ${name} for a command line`);
    script = script.replace(`<${name}>`, () => values[name]);
  }
  const encoded = Buffer.from(script, 'utf16le').toString('base64');
  const words = ['-NoLogo', '-NoProfile', '-NonInteractive', '-WindowStyle', 'Hidden'];
  const all = [...words, '-EncodedCommand', encoded];
  const { length } = all.join(' ');
  if (length > maxParameters) throw new RangeError(`a command line of ${length} characters`);
  return all;
}

function withoutComments(text: string): string {
  return text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '' && !/^\s*(#|param\(\)$)/.test(line))
    .map((line) => line.trim())
    .join('\n');
}
