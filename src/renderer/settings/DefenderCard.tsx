// What was read of Defender on this computer: how it stands, then each thing that matters, with what can be done about it.
import { lookOf } from '../app/DefenderHealth';
import { WindowsSecurityButton } from '../exclusions/WindowsSecurityButton';
import type { DefenderFinding, NextStep } from '../../shared/model';
import type { MessageKey } from '../../shared/text/en';
import { useWords, type Words } from '../i18n/words';
import { Card } from '../kit/Card';
import { Info20Regular } from '../kit/icons';
import { Row } from '../kit/Rows';
import { useApp } from '../store/context';

export function DefenderCard() {
  const words = useWords();
  const defender = useApp((state) => state.defender);
  return (
    <Card flush>
      <Row
        caption={words.t('ui.settings.defenderRead', { when: words.at(defender.readAt) })}
        end={<WindowsSecurityButton />}
        height={60}
        icon={lookOf(defender).icon}
        text={words.say(defender.sentence)}
      />
      {defender.findings.map((finding) => (
        <Row
          caption={adviceOf(finding, words)}
          height={60}
          icon={<Info20Regular />}
          key={finding.id}
          text={words.say(finding.sentence)}
        />
      ))}
    </Card>
  );
}

function adviceOf({ id, next }: DefenderFinding, words: Words): string {
  // The prompt of the Exclusions page shows the lists, and nothing else that only administrators are told.
  if (id === 'notPermitted') return words.t('ui.settings.defenderAdministrators');
  return words.t((next === null ? undefined : advice[next]) ?? 'ui.settings.defenderNothing');
}

/** Of the steps that findings have. */
export const advice: Readonly<Partial<Record<NextStep, MessageKey>>> = {
  askAdministrator: 'ui.next.askAdministrator',
  openWindowsSecurity: 'ui.settings.defenderWindowsSecurity',
  askAgain: 'ui.settings.defenderAskAgain',
  retry: 'ui.settings.defenderRetry',
  report: 'ui.settings.defenderReport',
};
