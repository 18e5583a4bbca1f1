// A client for tests, derived from the contract: every call is checked against its schema, recorded, and answerable
// by name; pushes are injected by hand. It never reaches the bundle.
import {
  calls,
  pushSchema,
  type Argument,
  type CallName,
  type Envelope,
  type GangwayClient,
  type Push,
  type Result,
  type StatePush,
} from '../../shared/contract';
import type { AppState } from '../../shared/model';

export interface RecordedCall {
  readonly name: CallName;
  readonly argument: unknown;
}

type Answer<N extends CallName> = (
  argument: Argument<N>,
) => Envelope<Result<N>> | Promise<Envelope<Result<N>>>;

export interface TestClient extends GangwayClient {
  /** Every call so far, in order, without the two of the start. */
  readonly recorded: readonly RecordedCall[];
  answer<N extends CallName>(name: N, answer: Answer<N>): void;
  push(slices: Partial<AppState>, revision?: number): void;
}

export function testClient(state: AppState, revision = 1): TestClient {
  const recorded: RecordedCall[] = [];
  const answers = new Map<CallName, Answer<never>>();
  const listeners = new Set<(payload: StatePush) => void>();
  let last = revision;

  return {
    recorded,
    async call<N extends CallName>(name: N, ...rest: unknown[]): Promise<Envelope<Result<N>>> {
      const argument = calls[name].argument.parse(rest[0]) as Argument<N>;
      if (name === 'app.snapshot') {
        return { kind: 'ok', value: { revision, state } as Result<N> };
      }
      if (name === 'app.ready') return { kind: 'ok', value: undefined as Result<N> };
      recorded.push({ name, argument });
      const answer = answers.get(name) as Answer<N> | undefined;
      return answer === undefined
        ? { kind: 'ok', value: (name === 'app.addKey' ? null : undefined) as Result<N> }
        : await answer(argument);
    },
    on(_name, listener) {
      const heard = listener as (payload: Push<'state'>) => void;
      listeners.add(heard);
      return () => listeners.delete(heard);
    },
    answer(name, answer) {
      answers.set(name, answer);
    },
    push(slices, at) {
      last = at ?? last + 1;
      const payload = pushSchema.parse({ revision: last, slices });
      for (const listener of listeners) listener(payload);
    },
  };
}
