// What the lab's Defender answers when it is asked: its status, its lists for those who may see them, and whether it
// skips a path.
import { lstatSync, type Stats } from 'node:fs';
import type { ExclusionsReading } from '../../ports';
import { message, type DefenderStatus, type Exclusion } from '../../../shared/model';
import { understandsContexts } from '../../../shared/rules/exclusions';
import type { LabDrive } from '../machineDrive';
import { isExcluded, type DiskFacts, type ScanContext } from './matching';
import type { LabSettings } from './scenarios';
import type { LabState } from './store';

export class LabReader {
  constructor(
    private readonly settings: LabSettings,
    private readonly drive: LabDrive,
  ) {}

  status(now: Date): DefenderStatus {
    const { settings } = this;
    const kind = !settings.service
      ? 'off'
      : settings.otherAntivirus !== null
        ? 'otherAntivirus'
        : settings.realTimeProtection
          ? 'on'
          : 'paused';
    return {
      kind,
      // A service that does not run tells nothing.
      realTimeProtection: settings.service ? settings.realTimeProtection : null,
      tamperProtection: settings.service ? settings.tamperProtection : null,
      managed: settings.localEntriesIgnored,
      otherAntivirus: settings.otherAntivirus,
      smartAppControl: settings.smartAppControl,
      contextualExclusions: understandsContexts(settings.platform, settings.engine),
      sentence: settings.localEntriesIgnored
        ? message('defender.sentence.managed')
        : message(`defender.sentence.${kind}`),
      readAt: now.toISOString(),
    };
  }

  unelevated(state: LabState): ExclusionsReading {
    if (this.settings.listsHidden !== 'nobody') return { visibility: 'hidden', exclusions: [] };
    return this.elevated(state);
  }

  elevated(state: LabState): ExclusionsReading {
    if (!this.settings.service || this.settings.otherAntivirus !== null) {
      return { visibility: 'unavailable', exclusions: [] };
    }
    if (this.settings.listsHidden === 'everyone') return { visibility: 'hidden', exclusions: [] };
    return {
      visibility: 'known',
      exclusions: [
        ...this.policy().map((entry) => ({ ...entry, source: 'policy' as const })),
        ...state.exclusions.map((entry) => ({ ...entry, source: 'local' as const })),
      ],
    };
  }

  excludes(state: LabState, path: string, scan: ScanContext = {}): boolean {
    const local = this.settings.localEntriesIgnored ? [] : state.exclusions;
    return isExcluded(path, [...this.policy(), ...local], scan, this.disk(state));
  }

  private policy(): readonly Exclusion[] {
    return this.settings.policyPaths.map((value) => ({ kind: 'path', value }));
  }

  private disk(state: LabState): DiskFacts {
    const started = Date.parse(state.serviceStartedAt);
    const link = (path: string): Stats | null => {
      try {
        const found = lstatSync(this.drive.host(path));
        return found.isSymbolicLink() ? found : null;
      } catch {
        // Nothing stands there.
        return null;
      }
    };
    return {
      isReparsePoint: (path) => link(path) !== null,
      isNewReparsePoint: (path) => (link(path)?.birthtimeMs ?? 0) > started,
    };
  }
}
