// The third card: search, the first few versions, and all of them in place.
import { useState } from 'react';
import type { VersionOption, Wizard } from '../../../shared/model';
import { useWords, type Words } from '../../i18n/words';
import { LinkButton } from '../../kit/Button';
import { ChoiceCard } from '../../kit/Card';
import { SearchField } from '../../kit/Controls';
import { Caption } from '../../kit/Text';
import { useSend } from '../../store/context';
import { bare } from '../steps';
import styles from './choose.module.css';

const shownAtFirst = 3;
/** More are found by searching. */
const shownAtMost = 60;

export function OtherVersion(props: { choose: Wizard['choose'] }) {
  const { choose } = props;
  const words = useWords();
  const send = useSend();
  const [text, setText] = useState('');
  const [all, setAll] = useState(false);
  const chosen = choose.selected.offer === 'other' ? choose.selected.version : null;
  const matches = choose.versions.filter((option) => matchesText(option, text, choose));
  const first = matches.slice(0, all ? shownAtMost : shownAtFirst);
  const chosenOption = choose.versions.find((option) => option.version === chosen);
  const shown =
    chosenOption === undefined || text !== '' || first.includes(chosenOption)
      ? first
      : [chosenOption, ...first.slice(0, all ? shownAtMost : shownAtFirst - 1)];
  const pick = (version: string) => void send('choose.select', { offer: 'other', version });
  return (
    <ChoiceCard
      checked={choose.selected.offer === 'other'}
      label={words.t('ui.choose.other')}
      look="plain"
      name="version"
      onChoose={() => void send('choose.select', { offer: 'other', version: chosen })}
      value="other"
    >
      <div className={styles.other}>
        <SearchField label={words.t('ui.choose.search')} onChange={setText} value={text} />
        <div className={all ? styles.allVersionsList : styles.otherList}>
          {shown.map((option) => (
            <button
              key={option.version}
              aria-pressed={option.version === chosen}
              className={styles.otherRow}
              disabled={!option.available}
              onClick={() => pick(option.version)}
              type="button"
            >
              <span>{bare(option.version)}</span>
              <span className={styles.otherNote}>
                {option.version === chosen ? words.t('ui.choose.chosen') : noteOf(option, words)}
              </span>
            </button>
          ))}
          {shown.length === 0 && <Caption>{words.t('ui.choose.noMatch', { text })}</Caption>}
        </div>
        {matches.length > shownAtFirst && (
          <div className={styles.otherLink}>
            <LinkButton onClick={() => setAll(!all)}>
              {words.t(all ? 'ui.choose.fewer' : 'ui.choose.all')}
            </LinkButton>
          </div>
        )}
      </div>
    </ChoiceCard>
  );
}

/** What the other two cards offer is not repeated, unless it is searched for. */
function matchesText(option: VersionOption, text: string, choose: Wizard['choose']): boolean {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') {
    return (
      option.version !== choose.newestPatch?.version &&
      option.version !== choose.newestStable?.version
    );
  }
  return option.version.includes(wanted) || bare(option.version).startsWith(wanted);
}

function noteOf(option: VersionOption, words: Words): string {
  if (!option.available) return words.t('ui.choose.noFile');
  if (option.preview) return words.t('ui.choose.preview');
  if (!option.supported) return words.t('ui.choose.unsupported');
  if (option.newerPatch !== null) return words.t('ui.choose.newerPatch');
  return words.t('ui.choose.supported');
}
