// How the simulated Windows behaves, by the lab's own names.
import { useWords } from '../i18n/words';
import { Select } from '../kit/Controls';
import { useApp, usePending, useSend } from '../store/context';

export function ScenarioPicker(props: { width: number | 'full' }) {
  const words = useWords();
  const send = useSend();
  const scenario = useApp((state) => state.app.scenario);
  const scenarios = useApp((state) => state.app.scenarios);
  const changing = usePending('app.chooseScenario');
  return (
    <Select
      choices={scenarios.map((value) => ({
        value,
        text: words.label(`ui.scenario.${value}`, value),
      }))}
      disabled={changing}
      label={words.t('ui.settings.scenario')}
      onChange={(value) => void send('app.chooseScenario', value)}
      value={scenario ?? ''}
      width={props.width}
    />
  );
}
