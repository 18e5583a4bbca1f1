// Opens Windows' own page for Defender, where there is one.
import { useWords } from '../i18n/words';
import { Button } from '../kit/Button';
import { Open20Regular } from '../kit/icons';
import { useApp, useSend } from '../store/context';

/** Nothing on other systems. */
export function WindowsSecurityButton() {
  const words = useWords();
  const send = useSend();
  const onWindows = useApp((state) => state.app.platform === 'windows');
  if (!onWindows) return null;
  return (
    <Button
      icon={<Open20Regular />}
      onClick={() => void send('app.openLink', 'windowsSecurity')}
      small
    >
      {words.t('ui.exclusions.windowsSecurity')}
    </Button>
  );
}
