// Work that would hold up the main thread: each job's input, progress and output. The handlers live beside the code
// that they serve and are gathered in `entry.ts`.

/** Filled by declaration merging: each handler's file adds its line. */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type
export interface Jobs {}

export interface JobContext<P> {
  /** Sends progress to whoever started the job. */
  report(progress: P): void;
  /** Aborts when the caller cancels. */
  readonly signal: AbortSignal;
}

export type JobName = keyof Jobs;
export type JobInput<N extends JobName> = Jobs[N] extends { input: infer I } ? I : never;
export type JobProgress<N extends JobName> = Jobs[N] extends { progress: infer P } ? P : never;
export type JobOutput<N extends JobName> = Jobs[N] extends { output: infer O } ? O : never;

export type Handler<N extends JobName> = (
  input: JobInput<N>,
  context: JobContext<JobProgress<N>>,
) => Promise<JobOutput<N>>;
