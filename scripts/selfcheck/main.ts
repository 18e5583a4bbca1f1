// The selfcheck as a program, bundled by scripts/selfcheckWindows.ts.
// Ends with 0 where nothing differs, 1 where something does, 2 for a wrong word or where there is no Windows.
import { parseArgs } from 'node:util';
import packageJson from '../../package.json';
import { countOf, jsonOf, textOf } from './report';
import { selfcheck } from './selfcheck';

const usage = 'npm run selfcheck:windows -- [--write] [--json] [--host FILE]';

async function main(args: readonly string[]): Promise<number> {
  let options;
  try {
    options = parseArgs({
      args: [...args],
      options: {
        write: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        host: { type: 'string' },
      },
    }).values;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${usage}\n`);
    return 2;
  }
  const { write, json, host } = options;
  if (process.platform !== 'win32' && host === undefined) {
    process.stderr.write('not Windows\n');
    return 2;
  }
  const stop = new AbortController();
  if (write) {
    process.on('SIGINT', () => {
      process.stderr.write('What was written is taken back first.\n');
      stop.abort();
    });
  }
  const report = await selfcheck({
    write,
    signal: stop.signal,
    version: packageJson.version,
    names: process.env,
    tell: (text) => process.stderr.write(`${text}\n`),
    ...(host === undefined ? {} : { host, environment: surroundings() }),
  });
  process.stdout.write(json ? jsonOf(report) : textOf(report));
  return countOf(report).differs === 0 ? 0 : 1;
}

function surroundings(): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value] as const],
    ),
  );
}

void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
