// Every job by name. A handler is typed where it is written; here they are one table.
import type { JobContext } from './jobs';

type AnyHandler = (input: unknown, context: JobContext<unknown>) => Promise<unknown>;

export const handlers: Readonly<Record<string, AnyHandler>> = {};
