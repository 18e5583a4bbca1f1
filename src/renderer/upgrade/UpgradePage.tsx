// Upgrade: the step that main says, or what has to be decided before: a damaged journal, a run that was cut off.
import { Later } from '../load/Later';
import { useApp } from '../store/context';
import { FindStep } from './find/FindStep';

export function UpgradePage() {
  const step = useApp((state) => state.wizard.step);
  const interrupted = useApp((state) => state.wizard.interrupted);
  const broken = useApp((state) => state.history.broken);
  if (broken !== null)
    return <Later draw={({ BrokenJournal }) => <BrokenJournal failure={broken} />} />;
  if (interrupted !== null)
    return <Later draw={({ InterruptedRun }) => <InterruptedRun interrupted={interrupted} />} />;
  switch (step) {
    case 'find':
      return <FindStep />;
    case 'choose':
      return <Later draw={({ ChooseStep }) => <ChooseStep />} />;
    case 'download':
      return <Later draw={({ DownloadStep }) => <DownloadStep />} />;
    case 'verify':
      return <Later draw={({ VerifyStep }) => <VerifyStep />} />;
    case 'exclusions':
      return <Later draw={({ ExclusionsStep }) => <ExclusionsStep />} />;
    case 'install':
      return <Later draw={({ InstallStep }) => <InstallStep />} />;
    case 'done':
      return <Later draw={({ DoneStep }) => <DoneStep />} />;
  }
}
