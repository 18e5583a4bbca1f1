// Step 4: the ladder. A row a proof with its own state; a proof that differs stops everything.
import { useState } from 'react';
import type { Proof, ProofId, Wizard } from '../../../shared/model';
import { useWords, type Words } from '../../i18n/words';
import { Button, CopyButton } from '../../kit/Button';
import { Card } from '../../kit/Card';
import { ArrowClockwise20Regular } from '../../kit/icons';
import { Banner, ProofIcon, SignIcon } from '../../kit/Status';
import { FoldRow } from '../../kit/Rows';
import { Sentence } from '../../kit/Text';
import { useApp, useSend } from '../../store/context';
import { countProofs, sourceName } from '../steps';
import { WizardPage } from '../WizardPage';
import { ProofEvidence } from './ProofEvidence';

export function VerifyStep() {
  const words = useWords();
  const send = useSend();
  const wizard = useApp((state) => state.wizard);
  const { verify } = wizard;
  const refusedByProof = verify.verdict === 'refused';
  return (
    <WizardPage
      actions={<Actions wizard={wizard} />}
      keepBelowFailure={verify.proofs.length > 0}
      retry={() => void send('verify.start')}
      sentence={words.t(
        verify.verdict === 'verified' ? 'ui.verify.sentence' : 'ui.verify.sentenceNow',
      )}
      title={words.t('ui.verify.title')}
    >
      {(wizard.failure === null || refusedByProof) && <Summary wizard={wizard} />}
      {verify.proofs.length > 0 && (
        <Ladder proofs={verify.proofs} running={verify.status === 'running'} />
      )}
    </WizardPage>
  );
}

function Ladder(props: { proofs: readonly Proof[]; running: boolean }) {
  const words = useWords();
  const failed = props.proofs.find((proof) => proof.state === 'failed');
  const [opened, setOpened] = useState<ProofId | 'none' | null>(null);
  const open = opened ?? failed?.id ?? 'none';
  const next = props.running
    ? props.proofs.find((proof) => proof.state === 'notChecked')?.id
    : undefined;
  return (
    <Card flush label={words.t('ui.verify.proofs')}>
      {props.proofs.map((proof) => (
        <FoldRow
          key={proof.id}
          end={words.t(`proof.state.${proof.state}`)}
          endTone={proof.state === 'failed' ? 'bad' : undefined}
          icon={<ProofIcon running={proof.id === next} state={proof.state} />}
          name={
            proof.name === undefined ? words.t(`proof.${proof.id}.name`) : words.say(proof.name)
          }
          onToggle={() => setOpened(open === proof.id ? 'none' : proof.id)}
          open={open === proof.id}
          text={<Sentence text={words.say(proof.summary)} />}
        >
          {proof.evidence.length > 0 ? <ProofEvidence proof={proof} /> : null}
        </FoldRow>
      ))}
    </Card>
  );
}

function Summary(props: { wizard: Wizard }) {
  const { wizard } = props;
  const words = useWords();
  const send = useSend();
  const { verify } = wizard;
  const { passed, published, checked } = countProofs(wizard);
  const copy = (
    <CopyButton onCopy={() => void send('app.copyReport', 'proofs')}>
      {words.t('ui.action.copyReport')}
    </CopyButton>
  );
  if (verify.status === 'idle') {
    return (
      <Banner
        icon={<SignIcon sign="later" />}
        text={words.t('ui.verify.waitingText')}
        title={words.t('ui.verify.waiting')}
        tone="plain"
      />
    );
  }
  if (verify.status === 'running' || verify.verdict === null) {
    return (
      <Banner
        icon={<SignIcon sign="running" />}
        text={words.t('ui.verify.checkingCount', { done: checked, count: verify.proofs.length })}
        title={words.t('ui.verify.checking')}
        tone="plain"
      />
    );
  }
  switch (verify.verdict) {
    case 'verified':
      return (
        <Banner
          icon={<SignIcon sign="good" />}
          text={restOf(wizard, words)}
          title={
            passed === published
              ? words.t('ui.verify.passedAll', { count: published })
              : words.t('ui.verify.passed', { passed, count: published })
          }
          tone="good"
        >
          {copy}
        </Banner>
      );
    case 'incomplete':
      return (
        <Banner
          icon={<SignIcon sign="warn" />}
          text={words.t('ui.verify.incompleteText')}
          title={words.t('ui.verify.incomplete')}
          tone="warn"
        >
          {copy}
        </Banner>
      );
    case 'refused':
      return (
        <Banner icon={<SignIcon sign="bad" />} {...refusalOf(wizard, words)} tone="bad">
          {copy}
        </Banner>
      );
  }
}

function Actions(props: { wizard: Wizard }) {
  const { verify, choose } = props.wizard;
  const words = useWords();
  const send = useSend();
  if (verify.status === 'running') return null;
  if (verify.verdict === 'verified') {
    return (
      <Button kind="primary" onClick={() => void send('wizard.continue')}>
        {words.t('ui.action.continue')}
      </Button>
    );
  }
  if (verify.verdict === 'refused') {
    return (
      <>
        {choose.source.kind !== 'go.dev' && choose.source.kind !== 'embedded' && (
          <Button onClick={() => void send('choose.source', { kind: 'go.dev' })}>
            {words.t('ui.next.tryGoDev')}
          </Button>
        )}
        <Button
          icon={<ArrowClockwise20Regular />}
          kind="primary"
          onClick={() => void send('download.startOver')}
        >
          {words.t('ui.next.deleteAndDownloadAgain')}
        </Button>
      </>
    );
  }
  const acceptable = verify.acceptable.find((id) => !verify.accepted.includes(id));
  return (
    <>
      {verify.verdict === 'incomplete' && acceptable !== undefined && (
        <Button onClick={() => void send('verify.accept', acceptable)}>
          {words.t('ui.verify.accept', { proof: words.t(`proof.${acceptable}.name`) })}
        </Button>
      )}
      <Button kind="primary" onClick={() => void send('verify.start')}>
        {words.t(verify.verdict === null ? 'ui.verify.start' : 'ui.action.retry')}
      </Button>
    </>
  );
}

function restOf(wizard: Wizard, words: Words): string {
  const { notPublished, notNeeded } = countProofs(wizard);
  if (wizard.verify.accepted.length > 0) return words.t('ui.verify.accepted');
  const sentences: string[] = [];
  if (notPublished > 0) {
    const zip = /windows.*\.zip$/.test(wizard.download.filename);
    sentences.push(
      words.t(zip ? 'ui.verify.notPublishedZip' : 'ui.verify.notPublished', {
        count: notPublished,
      }),
    );
  }
  if (notNeeded > 0) sentences.push(words.t('ui.verify.notNeeded', { count: notNeeded }));
  if (sentences.length === 0) return words.t('ui.verify.allThere');
  return sentences.join(words.t('ui.verify.between'));
}

function refusalOf(wizard: Wizard, words: Words): { title: string; text: string } {
  const failed = wizard.verify.proofs.find((proof) => proof.state === 'failed');
  const hash = failed?.id === 'sha256' || failed?.id === 'size';
  if (hash) {
    const source = wizard.choose.source.kind === 'url' ? 'ui.source.goDev' : null;
    return {
      title: words.t('ui.verify.notFile', {
        source: source === null ? sourceName(wizard.choose.source, words) : words.t(source),
      }),
      text: words.t(failed.id === 'sha256' ? 'ui.verify.hashStopped' : 'ui.verify.stopped'),
    };
  }
  return {
    title: words.t('ui.verify.differs', {
      proof: failed === undefined ? '' : words.t(`proof.${failed.id}.name`),
    }),
    text: words.t('ui.verify.stopped'),
  };
}
