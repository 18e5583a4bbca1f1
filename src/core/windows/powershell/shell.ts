// node-powershell with what we do not want of it replaced: the executable is ours whatever the environment says, the
// delimiter is written in a way that Constrained Language Mode allows, stderr is nobody's failure, and nothing is logged.
import { ChildProcess } from 'node:child_process';
import { PowerShell } from 'node-powershell';
import type { Output } from './output';

export interface ShellStart {
  /** Absolute. */
  readonly executable: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly folder: string;
}

export class GangwayShell extends PowerShell {
  readonly child: ChildProcess;
  readonly output: Output;

  /** @throws where the system has no room for a process; an executable that is not there is told by the child's `error` */
  constructor({ executable, environment, folder }: ShellStart, output: Output) {
    super({
      executable,
      executableOptions: { '-NoProfile': true, '-NonInteractive': true },
      spawnOptions: { env: { ...environment }, cwd: folder, windowsHide: true },
      throwOnInvocationError: false,
    });
    this.child = childOf(this);
    this.output = output;
  }

  protected override setExecutable(options: { executable?: string }): string {
    return options.executable ?? '';
  }

  /** A literal is put out as it is; `[Console]` is not for every language mode. */
  protected override writeToOutput(delimiter: string): string {
    return `'${delimiter}'`;
  }

  /** The blank line that ends a block. */
  protected override writeToError(): string {
    return '';
  }
}

const setProcessExitListeners = Reflect.get(
  PowerShell.prototype,
  'setProcessExitListeners',
) as unknown as () => Promise<void>;
const silent = { comment: ignore, command: ignore, output: ignore };

// Three parts that its types call private. The version is pinned, and the tests on a real host fail where one is missed.
Object.defineProperties(GangwayShell.prototype, {
  // Else DEBUG=* in the environment prints commands, with their data, on our own output.
  setDebuggers: { value: () => silent },
  readBulkFromOutput: {
    async value(this: GangwayShell, stream: unknown, delimiter: string): Promise<Buffer> {
      return stream === this.streams.stdout
        ? Buffer.from(await this.output.between(delimiter))
        : Buffer.alloc(0);
    },
  },
  // Else a process that cannot be started, or that ends between two calls, ends ours.
  setProcessExitListeners: {
    value(this: GangwayShell): Promise<void> {
      childOf(this).on('error', ignore);
      const ended = setProcessExitListeners.call(this);
      ended.catch(ignore);
      return ended;
    },
  },
});

function childOf(shell: PowerShell): ChildProcess {
  const child: unknown = Reflect.get(shell, 'process');
  if (!(child instanceof ChildProcess)) throw new Error('another node-powershell than ours');
  return child;
}

function ignore(): void {}
