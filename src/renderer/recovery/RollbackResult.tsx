// What came of a roll back: what was undone, and what stays and why.
import type { RollbackReport } from '../../shared/model';
import { shownExclusion } from '../exclusions/context';
import { storedDetails } from '../exclusions/StoredExclusion';
import { useWords } from '../i18n/words';
import { Card, CardTitle } from '../kit/Card';
import { Row } from '../kit/Rows';
import { Banner, SignIcon } from '../kit/Status';
import { Mono, Sentence } from '../kit/Text';
import { useApp } from '../store/context';

/** `exclusions`: what was removed is an exclusion, and Defender's list was read after it. */
export function RollbackResult(props: { report: RollbackReport; exclusions?: boolean }) {
  const { report } = props;
  const words = useWords();
  const { undone, kept } = report;
  const expert = useApp((state) => state.settings.expert);
  // GOTMPDIR and its folder go with the exclusion; what Defender confirms is the exclusions alone.
  const counted =
    props.exclusions === true
      ? undone.filter(({ what }) => what.key === 'rollback.undone.exclusion')
      : undone;
  const title =
    undone.length === 0 && kept.length === 0
      ? words.t('ui.rollback.nothing')
      : words.t(props.exclusions === true ? 'ui.rollback.removed' : 'ui.rollback.undone', {
          count: counted.length,
        });
  return (
    <>
      <Banner
        icon={<SignIcon sign={kept.length > 0 ? 'warn' : 'good'} />}
        text={kept.length > 0 ? words.t('ui.rollback.kept', { count: kept.length }) : undefined}
        title={title}
        tone={kept.length > 0 ? 'warn' : 'good'}
      />
      {(kept.length > 0 || (props.exclusions !== true && undone.length > 0)) && (
        <Card flush label={words.t('ui.rollback.list')}>
          {props.exclusions !== true && <CardTitle>{words.t('ui.rollback.list')}</CardTitle>}
          {kept.map((item) => (
            <Row
              key={`kept ${item.value}`}
              caption={<Sentence text={words.say(item.why)} />}
              height={52}
              icon={<SignIcon sign="warn" />}
              details={storedDetails(item.value, words, expert)}
              text={<Mono text={shownExclusion(item.value).path} />}
            />
          ))}
          {props.exclusions !== true &&
            undone.map((item, index) => (
              <Row
                key={`undone ${index}`}
                caption={
                  item.value === '' ? undefined : (
                    <Mono text={shownExclusion(item.value).path} tone="quiet" />
                  )
                }
                details={storedDetails(item.value, words, expert)}
                height={52}
                icon={<SignIcon sign="good" />}
                text={<Sentence text={words.say(item.what)} />}
              />
            ))}
        </Card>
      )}
    </>
  );
}
