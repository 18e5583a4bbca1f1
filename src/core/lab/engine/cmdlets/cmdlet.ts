// What a simulated cmdlet is: the parameters that it has, and what it makes of them.
import type { Answer, Caller } from '../../defender/answers';
import type { LabDefender } from '../../defender';
import type { Parameters } from '../parameters';
import type { WireObject } from '../wire';

export interface Cmdlet {
  /** By their own names, without those that every cmdlet has. */
  readonly parameters: readonly string[];
  /** Its errors end the statement even where ErrorAction says otherwise. */
  readonly terminating?: boolean;
  /** @param closing aborted when whoever asked is gone, or the lab is closed */
  run(
    lab: LabDefender,
    caller: Caller,
    parameters: Parameters,
    closing: AbortSignal,
  ): Promise<Answer<readonly WireObject[]>>;
}
