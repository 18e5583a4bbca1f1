// Builds the bench host before the first test and gives its path to all: `inject('windowsHost')`.
import type { TestProject } from 'vitest/node';
import { windowsHost } from '../../../scripts/windowsHost';

declare module 'vitest' {
  interface ProvidedContext {
    readonly windowsHost: string;
  }
}

export async function setup(project: TestProject): Promise<void> {
  const host = await windowsHost();
  if (host.kind === 'missing') throw new Error(`The bench host needs .NET: ${host.reason}`);
  project.provide('windowsHost', host.path);
}
