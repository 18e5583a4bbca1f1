// Decides what a message is: a call of the contract, or one of the reasons why it is refused. Pure, so that ten thousand
// malformed ones can be tried without a window.
import {
  calls,
  maxArgumentChars,
  type Argument,
  type CallName,
  type rejectionSchema,
} from '../../shared/contract';
import type { z } from '../../shared/zod';
import { measure } from './measure';

export type RejectionReason = z.infer<typeof rejectionSchema>['reason'];

export type Judged =
  | { readonly kind: 'call'; readonly name: CallName; readonly argument: Argument<CallName> }
  | { readonly kind: 'refused'; readonly reason: RejectionReason; readonly name: string };

/** `message` is what came over the channel: a name, and at most one argument. */
export function judge(message: readonly unknown[]): Judged {
  const [name, argument] = message;
  if (typeof name !== 'string') return refused('shape', '');
  if (name.length > 64 || !isCallName(name)) return refused('unknownCall', name.slice(0, 64));
  if (message.length > 2) return refused('shape', name);
  const measured = measure(argument, maxArgumentChars);
  if (measured !== 'fits') return refused(measured, name);
  const parsed = calls[name].argument.safeParse(argument);
  if (!parsed.success || losesKeys(argument, parsed.data)) return refused('shape', name);
  return { kind: 'call', name, argument: parsed.data };
}

export function isCallName(name: string): name is CallName {
  return Object.hasOwn(calls, name);
}

/** True where parsing dropped a key: the contract knows no optional extras, so what it does not name is refused. */
function losesKeys(before: unknown, after: unknown): boolean {
  if (typeof before !== 'object' || before === null) return false;
  if (typeof after !== 'object' || after === null) return true;
  return Object.keys(before).some(
    (key) => !Object.hasOwn(after, key) || losesKeys((before as Keyed)[key], (after as Keyed)[key]),
  );
}

type Keyed = Readonly<Record<string, unknown>>;

function refused(reason: RejectionReason, name: string): Judged {
  return { kind: 'refused', reason, name };
}
