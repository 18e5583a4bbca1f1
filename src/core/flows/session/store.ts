// The one state of the app. Every change goes through here: listeners get the slices that changed, and whatever is worth
// coming back to is written to disk.
import type { AppState, Slice } from '../../../shared/model';
import { reduceWizard } from '../../../shared/rules/wizard';
import type { WizardEvent } from '../../../shared/rules/wizardEvents';

/** Figures of the moment: a start later has no use for them. */
const fleeting: ReadonlySet<WizardEvent['kind']> = new Set([
  'downloadMoved',
  'installMoved',
  'proved',
  'searching',
  'listing',
]);

export class Store {
  private current: AppState;
  private readonly listeners = new Set<(slices: Partial<AppState>) => void>();

  constructor(
    first: AppState,
    /** The wizard changed in a way that is worth keeping. */
    private readonly keep: () => void,
  ) {
    this.current = first;
  }

  get state(): AppState {
    return this.current;
  }

  subscribe(listener: (slices: Partial<AppState>) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  set(slices: Partial<AppState>): void {
    this.current = { ...this.current, ...slices };
    for (const listener of this.listeners) listener(slices);
  }

  change<S extends Slice>(slice: S, part: Partial<AppState[S] & object>): void {
    const value = this.current[slice];
    if (typeof value !== 'object') return;
    this.set({ [slice]: { ...value, ...part } });
  }

  wizard(event: WizardEvent): void {
    const next = reduceWizard(this.current.wizard, event);
    if (next === this.current.wizard) return;
    this.set({ wizard: next });
    if (!fleeting.has(event.kind)) this.keep();
  }
}
