import type { GangwayClient } from '../../src/shared/contract';

declare global {
  interface Window {
    readonly gangway: GangwayClient;
  }
}
