// What one batch is made into: the text that runs elevated, its hash, and a nonce. The text is the fixed scripts in their
// order and, at its end, the plan as one ASCII literal.
import { createHash, randomBytes } from 'node:crypto';
import type { ElevatedBatch, ElevatedStep } from '../../ports';
import { requestJson } from '../powershell';
import common from '../powershell/common.ps1?raw';
import type { Errand } from './answers';
import elevated from './elevated.ps1?raw';
import expiry from './expiry.ps1?raw';
import paths from './paths.ps1?raw';
import plan from './plan.ps1?raw';
import reading from './reading.ps1?raw';
import rules from './rules.ps1?raw';

/** @throws TypeError for a plan that cannot be written down */
export function errandFor(batch: ElevatedBatch): Errand {
  const payload = Buffer.from(elevatedText(batch), 'latin1');
  return {
    nonce: randomBytes(16).toString('hex'),
    batch: batch.id,
    steps: batch.steps,
    payload,
    hash: createHash('sha256').update(payload).digest('base64'),
  };
}

/** ASCII: the literal holds no quote that PowerShell knows, and the scripts hold nothing else. */
function elevatedText({ id, steps }: ElevatedBatch): string {
  return [
    'param($Pipe, [string]$Nonce, [string]$Payload)',
    ...[common, paths, rules, plan, reading, elevated],
    `$expiryScript = {\n${expiry}\n}`,
    `Invoke-Batch '${requestJson(id, { id, steps: steps.map(plainStep) })}'`,
  ].join('\n');
}

/** Ends as seconds since 1970: PowerShell 7 makes a date of a text that looks like one, and 5.1 does not. */
function plainStep(step: ElevatedStep): unknown {
  if (step.kind !== 'registerExpiry') return step;
  return { ...step, at: Math.ceil(Date.parse(step.at) / 1000) };
}
