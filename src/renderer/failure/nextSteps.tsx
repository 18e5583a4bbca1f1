// What a person can do next, as calls that exist. A step without a call is advice and becomes a sentence, not a button.
import type { Failure, NextStep, Wizard } from '../../shared/model';
import type { Words } from '../i18n/words';
import { ArrowClockwise20Regular, Open20Regular } from '../kit/icons';
import type { FailureButton } from '../kit/FailurePanel';
import type { Send } from '../store/context';

export interface FailureScene {
  readonly send: Send;
  readonly words: Words;
  readonly wizard: Wizard;
  readonly onWindows: boolean;
  readonly inLab: boolean;
  /** Does again what failed; null where nothing can. */
  readonly retry: (() => void) | null;
}

export interface NextSteps {
  readonly buttons: readonly FailureButton[];
  readonly advice: readonly string[];
}

export function nextStepsOf(failure: Failure, scene: FailureScene): NextSteps {
  const buttons: FailureButton[] = [];
  const advice: string[] = [];
  for (const step of failure.next) {
    const offer = offerOf(step, scene);
    if (offer === null) continue;
    const text = scene.words.t(`ui.next.${step}`);
    if (offer === 'advice') advice.push(text);
    else buttons.push({ id: step, text, ...offer });
  }
  if (failure.code === 'download.notGo') advice.push(scene.words.t('ui.download.portalHint'));
  return { buttons, advice };
}

type Offer = Omit<FailureButton, 'id' | 'text'> | 'advice' | null;

function offerOf(step: NextStep, scene: FailureScene): Offer {
  const { send, wizard, retry } = scene;
  switch (step) {
    case 'retry':
      return retry === null ? null : { onClick: retry, icon: <ArrowClockwise20Regular /> };
    case 'askAgain':
      return retry === null ? null : { onClick: retry, shield: true };
    case 'openInBrowser':
      return { onClick: () => void send('app.openLink', 'failedAddress'), icon: <Open20Regular /> };
    case 'tryMirrorChina':
      return { onClick: () => void fromSource(send, 'golang.google.cn') };
    case 'tryGoDev':
      return { onClick: () => void fromSource(send, 'go.dev') };
    case 'chooseOtherVersion':
    case 'chooseOtherSource':
      // On that step already the picker stands below: the panel gives way to it.
      return {
        onClick: () =>
          void (wizard.step === 'choose'
            ? send('wizard.dismissFailure')
            : send('wizard.goto', 'choose')),
      };
    case 'deleteAndDownloadAgain':
      return {
        onClick: () => void send('download.startOver'),
        icon: <ArrowClockwise20Regular />,
      };
    case 'acceptUnavailable': {
      const proof = wizard.verify.acceptable[0];
      return proof === undefined ? null : { onClick: () => void send('verify.accept', proof) };
    }
    case 'continueWithout':
      return wizard.step === 'exclusions' ? { onClick: () => void send('exclusions.skip') } : null;
    case 'openWindowsSecurity':
      return scene.onWindows
        ? {
            onClick: () => void send('app.openLink', 'windowsSecurity'),
            icon: <Open20Regular />,
          }
        : null;
    case 'undo':
      return wizard.run === null ? null : { onClick: () => void send('done.undoEverything') };
    case 'seeBlocks':
      return { onClick: () => void send('app.openPage', 'blocks') };
    case 'useLab':
      return scene.inLab ? null : { onClick: () => void send('app.useLab') };
    case 'addKey':
      return { onClick: () => void send('app.openPage', 'settings') };
    case 'setJournalAside':
      return { onClick: () => void send('history.setAside') };
    case 'showJournal':
      return { onClick: () => void send('history.showJournal'), icon: <Open20Regular /> };
    case 'freeSpace':
    case 'closePrograms':
    case 'askAdministrator':
    case 'checkNetwork':
    case 'report':
      return 'advice';
  }
}

async function fromSource(send: Send, kind: 'go.dev' | 'golang.google.cn'): Promise<void> {
  await send('choose.source', { kind });
  await send('wizard.goto', 'choose');
}
