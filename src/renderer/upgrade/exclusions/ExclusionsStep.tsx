// Step 5: does this computer need any? Else the plan as cards, narrowest first. "Continue without" is always there.
import { useState } from 'react';
import type { Wizard } from '../../../shared/model';
import { useWords } from '../../i18n/words';
import { Button } from '../../kit/Button';
import { Card, CardTitle, Fold } from '../../kit/Card';
import { Skeleton } from '../../kit/Placeholders';
import { UacShield } from '../../kit/drawings';
import {
  ArrowUndo20Regular,
  Folder20Regular,
  FolderArrowRight20Regular,
  FolderProhibited20Regular,
  Info16Regular,
  Shield20Regular,
  ShieldCheckmark24Regular,
  ShieldError20Regular,
} from '../../kit/icons';
import { Notice } from '../../kit/Notice';
import { Row } from '../../kit/Rows';
import { Banner, SignIcon, type Sign } from '../../kit/Status';
import { Mono, Sentence } from '../../kit/Text';
import { shownExclusion } from '../../exclusions/context';
import { resultDetails } from '../../exclusions/StoredExclusion';
import { useApp, usePending, useSend } from '../../store/context';
import { WizardPage } from '../WizardPage';
import { PlanCard } from './PlanCard';
import styles from './plan.module.css';

type Plan = Wizard['exclusions'];

export function ExclusionsStep() {
  const words = useWords();
  const plan = useApp((state) => state.wizard.exclusions);
  const failed = useApp((state) => state.wizard.failure !== null);
  const send = useSend();
  const showsPlan = plan.open || plan.suggestion === 'plan';
  const results = plan.results.length > 0;
  const planning = plan.status === 'idle' || plan.status === 'planning';
  return (
    <WizardPage
      actions={<Actions plan={plan} showsPlan={showsPlan} />}
      compactBack
      keepBelowFailure
      retry={() => void send(planning ? 'exclusions.plan' : 'exclusions.apply')}
      sentence={
        planning
          ? words.t('ui.plan.planning')
          : showsPlan && plan.suggestion === 'plan'
            ? words.say(plan.reason)
            : words.t('ui.plan.sentence')
      }
      title={words.t('ui.plan.title')}
    >
      {planning && !failed && <Skeleton height={134} label={words.t('ui.plan.planning')} />}
      {!planning && results && <Results plan={plan} />}
      {!planning && !results && !showsPlan && <NoneSuggested plan={plan} />}
      {!planning && !results && showsPlan && <PlanView plan={plan} />}
    </WizardPage>
  );
}

function Actions(props: { plan: Plan; showsPlan: boolean }) {
  const { plan, showsPlan } = props;
  const words = useWords();
  const send = useSend();
  const applying = usePending('exclusions.apply') || plan.status === 'applying';
  const enabled = plan.items.filter((item) => item.enabled).length;
  const skip = () => void send('exclusions.skip');
  // Each button has a key: one that changes its meaning is another button, so that a click which began before the plan
  // was there ends nowhere. While planning, the place of the primary is held by one that does nothing.
  if (plan.status === 'idle' || plan.status === 'planning') {
    return (
      <>
        <Button key="skipPlanning" onClick={skip}>
          {words.t('ui.plan.without')}
        </Button>
        <Button disabled key="wait" kind="primary" onClick={skip}>
          {words.t('ui.action.continue')}
        </Button>
      </>
    );
  }
  if (plan.results.length > 0) {
    return (
      <Button key="continue" kind="primary" onClick={() => void send('wizard.continue')}>
        {words.t('ui.action.continue')}
      </Button>
    );
  }
  if (!showsPlan) {
    return (
      <>
        {plan.suggestion === 'none' && (
          <Button key="anyway" onClick={() => void send('exclusions.plan')}>
            {words.t('ui.plan.anyway')}
          </Button>
        )}
        <Button key="skipNone" kind="primary" onClick={skip}>
          {words.t('ui.plan.without')}
        </Button>
      </>
    );
  }
  if (enabled === 0) {
    return (
      <Button key="skipEmpty" kind="primary" onClick={skip}>
        {words.t('ui.plan.without')}
      </Button>
    );
  }
  return (
    <>
      <Button disabled={applying} key="skip" onClick={skip}>
        {words.t('ui.plan.without')}
      </Button>
      <Button
        disabled={applying}
        key="apply"
        kind="primary"
        onClick={() => void send('exclusions.apply')}
        shield={plan.willAsk}
      >
        {applying ? words.t('ui.plan.applying') : words.t('ui.plan.apply', { count: enabled })}
      </Button>
    </>
  );
}

function NoneSuggested(props: { plan: Plan }) {
  const { plan } = props;
  const words = useWords();
  return (
    <>
      <Card>
        <Notice
          icon={<ShieldCheckmark24Regular />}
          text={words.t(plan.suggestion === 'cannot' ? 'ui.plan.cannotText' : 'ui.plan.noneText')}
          title={words.say(plan.reason)}
          tone="brand"
        />
      </Card>
      {plan.basis.length > 0 && (
        <Card flush>
          <CardTitle>{words.t('ui.plan.basis')}</CardTitle>
          {plan.basis.map((line) => (
            <Row
              key={line.id}
              end={<Sentence text={words.say(line.value)} />}
              height={44}
              icon={basisIcon(line.id)}
              text={words.say(line.text)}
            />
          ))}
        </Card>
      )}
    </>
  );
}

function PlanView(props: { plan: Plan }) {
  const { plan } = props;
  const words = useWords();
  const expert = useApp((state) => state.settings.expert);
  const [open, setOpen] = useState(expert);
  return (
    <>
      {plan.items.map((item) => (
        <PlanCard key={item.id} busy={plan.status === 'applying'} item={item} />
      ))}
      {plan.changes.length > 0 && (
        <Card flush>
          <CardTitle>{words.t('ui.plan.willChange')}</CardTitle>
          <div className={styles.changes}>
            {plan.changes.map((change, index) => (
              <div key={index} className={styles.change}>
                {changeIcon(change.icon)}
                <span>
                  <Sentence text={words.say(change.text)} />
                </span>
              </div>
            ))}
          </div>
          {plan.commands.length > 0 && (
            <Fold
              end={
                plan.willAsk && (
                  <>
                    <UacShield size={16} />
                    {words.t('ui.plan.willAsk')}
                  </>
                )
              }
              inset
              onToggle={() => setOpen(!open)}
              open={open}
              title={words.t('ui.plan.commands', { count: plan.commands.length })}
              topLine
            >
              <div className={styles.commands}>
                {plan.commands.map((command, index) => (
                  <Mono key={index} block text={command} />
                ))}
              </div>
            </Fold>
          )}
        </Card>
      )}
    </>
  );
}

function Results(props: { plan: Plan }) {
  const { plan } = props;
  const words = useWords();
  const applied = plan.results.filter((result) => result.result === 'applied').length;
  const all = applied === plan.results.length;
  return (
    <>
      <Banner
        icon={<SignIcon sign={all ? 'good' : 'warn'} />}
        text={words.t(all ? 'ui.plan.appliedAllText' : 'ui.plan.appliedSomeText')}
        title={
          all
            ? words.t('ui.plan.appliedAll', { count: applied })
            : words.t('ui.plan.appliedSome', { applied, count: plan.results.length })
        }
        tone={all ? 'good' : 'warn'}
      />
      <Card flush>
        <CardTitle>{words.t('ui.plan.results')}</CardTitle>
        {plan.results.map((result) => (
          <ResultRow key={`${result.kind} ${result.value}`} result={result} />
        ))}
      </Card>
    </>
  );
}

function ResultRow(props: { result: Plan['results'][number] }) {
  const { result } = props;
  const words = useWords();
  const expert = useApp((state) => state.settings.expert);
  const { path, context } = shownExclusion(result.value);
  const why = words.say(result.why);
  return (
    <Row
      caption={context === null ? why : `${words.t('ui.kind.contextualOurs')} · ${why}`}
      details={resultDetails(result, words, expert)}
      end={
        <span>
          {words.t(`ui.result.${result.result}`)}
          {result.result === 'applied' && (
            <>
              {' · '}
              {result.expires === null
                ? words.t('ui.plan.noEnd')
                : words.t('ui.plan.until', { until: words.until(result.expires) })}
            </>
          )}
        </span>
      }
      height={52}
      icon={<SignIcon sign={resultSigns[result.result]} />}
      text={<Mono text={path} />}
    />
  );
}

const resultSigns: Readonly<Record<'applied' | 'refused' | 'unknown', Sign>> = {
  applied: 'good',
  refused: 'bad',
  unknown: 'unknown',
};

function changeIcon(icon: Plan['changes'][number]['icon']) {
  switch (icon) {
    case 'shield':
      return <Shield20Regular />;
    case 'folder':
      return <FolderArrowRight20Regular />;
    case 'undo':
      return <ArrowUndo20Regular />;
  }
}

/** The planner names its reasons; one that this window does not know gets the plain icon. */
function basisIcon(id: string) {
  switch (id) {
    case 'record':
      return <ShieldError20Regular />;
    case 'buildsIn':
      return <Folder20Regular />;
    case 'touching':
      return <FolderProhibited20Regular />;
    default:
      return <Info16Regular />;
  }
}
