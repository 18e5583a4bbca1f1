// Upgrade: the step that main says, or the run that was cut off.
import { InterruptedRun } from '../recovery/InterruptedRun';
import { useApp } from '../store/context';
import { ChooseStep } from './choose/ChooseStep';
import { DoneStep } from './done/DoneStep';
import { DownloadStep } from './download/DownloadStep';
import { ExclusionsStep } from './exclusions/ExclusionsStep';
import { FindStep } from './find/FindStep';
import { InstallStep } from './install/InstallStep';
import { VerifyStep } from './verify/VerifyStep';

export function UpgradePage() {
  const step = useApp((state) => state.wizard.step);
  const interrupted = useApp((state) => state.wizard.interrupted);
  if (interrupted !== null) return <InterruptedRun interrupted={interrupted} />;
  switch (step) {
    case 'find':
      return <FindStep />;
    case 'choose':
      return <ChooseStep />;
    case 'download':
      return <DownloadStep />;
    case 'verify':
      return <VerifyStep />;
    case 'exclusions':
      return <ExclusionsStep />;
    case 'install':
      return <InstallStep />;
    case 'done':
      return <DoneStep />;
  }
}
