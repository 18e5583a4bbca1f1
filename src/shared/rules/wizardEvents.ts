// What can happen to the wizard, as data.
import type { Failure } from '../model/failure';
import type { ExclusionResult, Expiry } from '../model/exclusion';
import type { FoundGo } from '../model/installed';
import type { Proof, ProofId, Verdict } from '../model/proof';
import type { Source } from '../model/release';
import type { Wizard, WizardStep } from '../model/wizard';

type Substep = Wizard['install']['substeps'][number];

export type WizardEvent =
  | { readonly kind: 'searching' }
  | {
      readonly kind: 'found';
      readonly installs: readonly FoundGo[];
      readonly suggestedId: string | null;
      readonly tookMs: number;
      readonly places: readonly string[];
      readonly listedAt: string | null;
    }
  | { readonly kind: 'selectedGo'; readonly id: string }
  | { readonly kind: 'listing' }
  | {
      readonly kind: 'listed';
      readonly choose: Omit<Wizard['choose'], 'status' | 'selected'>;
    }
  /** The source did not answer, and nobody waits for it yet. */
  | { readonly kind: 'notListed' }
  | { readonly kind: 'choseSource'; readonly source: Source }
  | { readonly kind: 'choseVersion'; readonly selected: Wizard['choose']['selected'] }
  | {
      readonly kind: 'downloadStarted';
      readonly download: Pick<
        Wizard['download'],
        'filename' | 'from' | 'total' | 'sha256' | 'savedIn' | 'resumedFrom'
      >;
    }
  | {
      readonly kind: 'downloadMoved';
      readonly received: number;
      readonly speed: number;
      readonly secondsLeft: number | null;
    }
  | { readonly kind: 'downloadPaused' }
  /** Also when the file was deleted: nothing of it is there any more. */
  | { readonly kind: 'downloadDropped' }
  | { readonly kind: 'downloaded'; readonly resumedFrom: number; readonly tookMs: number }
  | { readonly kind: 'verifying' }
  | { readonly kind: 'proved'; readonly proofs: readonly Proof[] }
  | {
      readonly kind: 'judged';
      readonly verdict: Verdict;
      readonly proofs: readonly Proof[];
      readonly acceptable: readonly ProofId[];
      readonly checkedAt: string;
    }
  | { readonly kind: 'accepted'; readonly id: ProofId }
  | { readonly kind: 'planning' }
  | { readonly kind: 'planned'; readonly plan: ExclusionPlanParts }
  | { readonly kind: 'openedPlan' }
  | { readonly kind: 'toggled'; readonly id: string; readonly enabled: boolean }
  | { readonly kind: 'expirySet'; readonly id: string; readonly expiry: Expiry }
  | {
      readonly kind: 'planChanged';
      readonly plan: Pick<ExclusionPlanParts, 'changes' | 'commands' | 'willAsk'>;
    }
  | { readonly kind: 'applying' }
  | {
      readonly kind: 'applied';
      readonly results: readonly ExclusionResult[];
      readonly run: string | null;
    }
  | { readonly kind: 'skipped' }
  | { readonly kind: 'installing'; readonly target: string; readonly run: string | null }
  | {
      readonly kind: 'installMoved';
      readonly files: number;
      readonly totalFiles: number;
      readonly filesPerSecond: number;
      readonly secondsLeft: number | null;
      readonly currentFile: string;
    }
  | {
      readonly kind: 'substep';
      readonly id: Substep['id'];
      readonly state: Substep['state'];
      readonly note?: string;
    }
  | { readonly kind: 'installStopped' }
  | { readonly kind: 'upgraded'; readonly done: Omit<Wizard['done'], 'status'> }
  /** Everything of the upgrade was taken back. */
  | { readonly kind: 'undone' }
  /** The exclusions that this wizard set were taken back, or have ended. */
  | { readonly kind: 'exclusionsUndone' }
  | { readonly kind: 'doneChanged'; readonly done: Partial<Wizard['done']> }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'failureDismissed' }
  | { readonly kind: 'interrupted'; readonly interrupted: Wizard['interrupted'] }
  | { readonly kind: 'went'; readonly step: WizardStep }
  | { readonly kind: 'continued' }
  | { readonly kind: 'restarted' }
  /** The process was started again: nothing runs that the last one left running. */
  | { readonly kind: 'resumed' };

export type ExclusionPlanParts = Pick<
  Wizard['exclusions'],
  'suggestion' | 'reason' | 'basis' | 'items' | 'changes' | 'commands' | 'willAsk'
>;
