// The contract's guard and the answers behind it, as one: what a message is, and what comes back.
import { calls, type Argument, type CallName, type Result } from '../../shared/contract';
import { asFailure } from '../../core/failureError';
import { judge } from './judge';
import type { Engine } from './serve';

/** @throws FailureError for what goes wrong; anything else thrown becomes the failure `internal`. */
export type Answer = <N extends CallName>(name: N, argument: Argument<N>) => Promise<Result<N>>;

export function engineOf(answer: Answer): Engine {
  return {
    async reply(message) {
      const judged = judge(message);
      if (judged.kind === 'refused') return judged;
      try {
        const value = await answer(judged.name, judged.argument);
        return { kind: 'ok', value: calls[judged.name].result.parse(value) };
      } catch (thrown) {
        return { kind: 'failed', failure: asFailure(thrown) };
      }
    },
  };
}
