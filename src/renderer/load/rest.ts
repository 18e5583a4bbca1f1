// Every view but the frame and the first step, as one file of the build: the window is usable without them.
export { BlocksPage } from '../blocks/BlocksPage';
export { ExclusionsPage } from '../exclusions/ExclusionsPage';
export { HistoryPage } from '../history/HistoryPage';
export { LabDialog } from '../lab/LabDialog';
export { BrokenJournal } from '../recovery/BrokenJournal';
export { InterruptedRun } from '../recovery/InterruptedRun';
export { SettingsPage } from '../settings/SettingsPage';
export { ChooseStep } from '../upgrade/choose/ChooseStep';
export { DoneStep } from '../upgrade/done/DoneStep';
export { DownloadStep } from '../upgrade/download/DownloadStep';
export { ExclusionsStep } from '../upgrade/exclusions/ExclusionsStep';
export { InstallStep } from '../upgrade/install/InstallStep';
export { VerifyStep } from '../upgrade/verify/VerifyStep';
