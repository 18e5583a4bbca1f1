// Defender's line under the rail, in one or two words; the whole sentence is its tooltip.
import type { DefenderStatus } from '../../shared/model';
import { useWords } from '../i18n/words';
import { Health, type HealthTone } from '../kit/Frame';
import {
  Building20Regular,
  QuestionCircle20Regular,
  Shield20Regular,
  ShieldCheckmark20Filled,
  ShieldDismiss20Filled,
} from '../kit/icons';
import { useApp } from '../store/context';

export function DefenderHealth() {
  const words = useWords();
  const defender = useApp((state) => state.defender);
  const { icon, tone, key } = lookOf(defender);
  return (
    <Health
      icon={icon}
      sentence={words.say(wholeSentence(defender))}
      text={words.t(key)}
      tone={tone}
    />
  );
}

/** Why Defender is not simply on, where that is known. */
function wholeSentence({ kind, managed, findings, sentence }: DefenderStatus) {
  return kind === 'on' && !managed ? sentence : (findings[0]?.sentence ?? sentence);
}

/** By shape, then colour, then word. */
export function lookOf(defender: DefenderStatus) {
  const look = (icon: React.ReactElement, tone: HealthTone, key: `ui.health.${HealthWord}`) => ({
    icon,
    tone,
    key: key,
  });
  switch (defender.kind) {
    case 'on':
      return defender.managed
        ? look(<Building20Regular />, 'quiet', 'ui.health.managed')
        : look(<ShieldCheckmark20Filled />, 'good', 'ui.health.on');
    case 'paused':
      return look(<ShieldDismiss20Filled />, 'bad', 'ui.health.paused');
    case 'off':
      return look(<ShieldDismiss20Filled />, 'bad', 'ui.health.off');
    case 'otherAntivirus':
      return look(<Shield20Regular />, 'quiet', 'ui.health.otherAntivirus');
    case 'passive':
      return look(<Shield20Regular />, 'quiet', 'ui.health.passive');
    case 'unknown':
      return look(<QuestionCircle20Regular />, 'warn', 'ui.health.unknown');
  }
}

type HealthWord = 'on' | 'managed' | 'paused' | 'off' | 'otherAntivirus' | 'passive' | 'unknown';
