// A run that was cut off by a crash, a kill or a power cut: finish it or roll it back. The user chooses; nothing else
// can be started before.
import { useWords } from '../i18n/words';
import { Button } from '../kit/Button';
import { Card } from '../kit/Card';
import { Notice } from '../kit/Notice';
import { Warning24Filled } from '../kit/icons';
import { useApp, usePending, useSend } from '../store/context';
import { WizardPage } from '../upgrade/WizardPage';
import type { Wizard } from '../../shared/model';

export function InterruptedRun(props: { interrupted: NonNullable<Wizard['interrupted']> }) {
  const { interrupted } = props;
  const words = useWords();
  const send = useSend();
  const failure = useApp((state) => state.wizard.failure);
  const finishing = usePending('wizard.finishInterrupted');
  const undoing = usePending('wizard.undoInterrupted');
  const busy = finishing || undoing;
  const undo = () => void send('wizard.undoInterrupted');
  return (
    <WizardPage
      actions={
        <>
          <Button
            disabled={busy}
            kind={interrupted.canFinish ? 'outline' : 'primary'}
            onClick={undo}
          >
            {words.t('ui.interrupted.undo')}
          </Button>
          {interrupted.canFinish && (
            <Button
              disabled={busy}
              kind="primary"
              onClick={() => void send('wizard.finishInterrupted')}
            >
              {words.t('ui.interrupted.finish')}
            </Button>
          )}
        </>
      }
      focusKey="upgrade.interrupted"
      keepBelowFailure={failure !== null}
      noBack
      retry={undo}
      sentence={words.t('ui.interrupted.sentence', { when: words.at(interrupted.at) })}
      title={words.t('ui.interrupted.title')}
    >
      <Card>
        <Notice
          icon={<Warning24Filled />}
          role="status"
          text={words.t(
            interrupted.canFinish ? 'ui.interrupted.text' : 'ui.interrupted.textUndoOnly',
          )}
          title={words.say(interrupted.what)}
          tone="warn"
        />
      </Card>
    </WizardPage>
  );
}
