// Runs one command and ends with its exit code. With `--json` there is exactly one document on stdout, whatever happens:
// a usage error, a refusal, a crash or a signal.
import { isatty } from 'node:tty';
import { Worker } from 'node:worker_threads';
import { FailureError, asFailure } from '../core/failureError';
import { composeWorld } from '../core/compose';
import { isScenario, scenarioNames } from '../core/lab/defender/scenarios';
import { readMachine } from '../core/node/machine';
import { defaultStateFolder } from '../core/node/stateFolder';
import type { World } from '../core/flows/world';
import { threadLimits } from '../core/node/worker/workers';
import { join, resolve } from 'node:path';
import { failureAnswer } from './answer';
import { readArguments, usage } from './arguments';
import { flag, text, type Answer, type Context, type Values } from './command';
import { commands } from './commands';
import { helpFor, helpForAll } from './help';
import { readLanguage } from './language';
import { openTerminal, sayIn, type Terminal } from './terminal';
import { version } from '../../package.json';

interface Run {
  readonly argv: readonly string[];
  readonly abort: AbortController;
  known: Record<string, unknown>;
  world: Promise<World> | null;
}

export async function main(argv: readonly string[]): Promise<void> {
  const run: Run = { argv, abort: new AbortController(), known: {}, world: null };
  // Known before anything is parsed, so that even a wrong option is told as JSON.
  const isJson = argv.includes('--json');
  const language = readLanguage(argv, process.env);
  const terminal = openTerminal(
    {
      input: process.stdin,
      output: process.stderr,
      canRead: isatty(0),
      isTerminal: isatty(2),
    },
    language,
    isJson,
  );

  const crash = (error: unknown): void => {
    void finish(failureAnswer(asFailure(error), language, run.known));
  };
  process.on('uncaughtException', crash);
  process.on('unhandledRejection', crash);
  let signals = 0;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      signals += 1;
      // The first asks for a clean end: what was downloaded is kept, what was begun is taken back. The second insists.
      if (signals === 1) run.abort.abort();
      else crash(new FailureError('cancelled'));
    });
  }

  let finished = false;
  const finish = async (answer: Answer): Promise<void> => {
    if (finished) return;
    finished = true;
    terminal.settle();
    const out = isJson
      ? `${JSON.stringify(answer.json, null, 2)}\n`
      : answer.exit === 0
        ? lines(answer)
        : '';
    if (!isJson && answer.exit !== 0) await write(process.stderr, lines(answer));
    if (out !== '') await write(process.stdout, out);
    // Threads and servers end with the process; nothing of theirs is waited for.
    process.exit(answer.exit);
  };

  let answer: Answer;
  try {
    answer = await dispatch(run, language, terminal);
  } catch (error) {
    const failure = run.abort.signal.aborted
      ? new FailureError('cancelled', { cause: error }).failure
      : asFailure(error);
    answer = failureAnswer(failure, language, run.known);
  }
  await run.world?.then((world) => world.close()).catch(() => undefined);
  await finish(answer);
}

async function dispatch(
  run: Run,
  language: ReturnType<typeof readLanguage>,
  terminal: Terminal,
): Promise<Answer> {
  const name = run.argv.find((argument) => !argument.startsWith('-'));
  if (name === undefined) {
    if (run.argv.includes('--version')) {
      return { exit: 0, json: { version }, lines: [version] };
    }
    const wantsHelp = run.argv.includes('--help') || run.argv.includes('-h');
    if (run.argv.length > 0 && !wantsHelp) throw usage(run.argv[0] ?? '');
    const lines = helpForAll(commands, language, scenarioNames);
    return { exit: wantsHelp ? 0 : 2, json: { help: lines.join('\n') }, lines };
  }
  const command = commands.find((candidate) => candidate.name === name);
  if (command === undefined) throw usage(name);
  const at = run.argv.indexOf(name);
  const rest = [...run.argv.slice(0, at), ...run.argv.slice(at + 1)];
  const { values, positionals } = readArguments(command, rest);
  if (flag(values, 'help')) {
    const lines = helpFor(command, language, scenarioNames);
    return { exit: 0, json: { help: lines.join('\n') }, lines };
  }
  const context = contextOf(run, values, positionals, language, terminal);
  return command.run(context);
}

function contextOf(
  run: Run,
  values: Values,
  positionals: readonly string[],
  language: ReturnType<typeof readLanguage>,
  terminal: Terminal,
): Context {
  const say = sayIn(language);
  const machine = readMachine();
  const named = text(values, 'state');
  const stateFolder =
    named === undefined
      ? defaultStateFolder(machine.os, machine.environment, machine.home)
      : resolve(named);
  const scenario = text(values, 'lab');
  if (scenario !== undefined && !isScenario(scenario)) {
    throw usage(`--lab ${scenario}`);
  }
  return {
    language,
    values,
    positionals,
    stateFolder,
    signal: run.abort.signal,
    say,
    world: () => (run.world ??= open()),
    step: (message) => {
      terminal.line(say(message));
    },
    line: (line) => {
      terminal.line(line);
    },
    canAnswer: flag(values, 'yes') || terminal.interactive,
    progress: (progress, unit) => {
      terminal.progress(progress, unit);
    },
    confirm: (question) =>
      flag(values, 'yes') ? Promise.resolve(true) : terminal.ask(say(question), run.abort.signal),
    known: (part) => {
      run.known = { ...run.known, ...part };
    },
  };

  function open(): Promise<World> {
    if (scenario !== undefined) {
      terminal.line(say({ key: 'commandLine.lab', params: { folder: stateFolder } }));
    }
    return composeWorld({
      stateFolder,
      scenario: scenario ?? null,
      startWorker: () =>
        new Worker(join(__dirname, 'thread.cjs'), { resourceLimits: threadLimits }),
    });
  }
}

function lines(answer: Answer): string {
  return answer.lines.length === 0 ? '' : `${answer.lines.join('\n')}\n`;
}

/** Waits until the pipe took it: a large document would be cut by the end of the process. */
function write(stream: NodeJS.WriteStream, out: string): Promise<void> {
  return new Promise((resolve) => {
    // A reader that went away wants nothing more.
    stream.once('error', () => {
      resolve();
    });
    stream.write(out, () => {
      resolve();
    });
  });
}
