// What the page loads behind its first script: the views after the first step, and the Chinese words.
import { onDemand } from './onDemand';
import type * as views from './rest';

export type Views = typeof views;

export const rest = onDemand<Views>(() => import('./rest'));
export const chinese = onDemand(async () => (await import('../../shared/text/zh-CN')).zhCN);

/** Once the first screen stands and the page rests, so that no later click waits. */
export function loadPartsAtRest(): void {
  requestIdleCallback(() => void loadParts(), { timeout: 2_000 });
}

export async function loadParts(): Promise<void> {
  await Promise.all([rest.load(), chinese.load()]);
}
