// The contract's names alone, without zod, so that the preload stays small. Each name has its schemas in `index.ts`;
// a name without schemas, or the reverse, does not compile.

export const callNames = [
  'app.snapshot',
  'app.ready',
  'app.openPage',
  'app.openLink',
  'app.closeWindow',
  'app.copyText',
  'app.copyReport',
  'app.chooseScenario',
  'app.useLab',
  'app.addKey',
  'app.removeKey',
  'find.refresh',
  'find.select',
  'find.chooseFolder',
  'choose.refresh',
  'choose.source',
  'choose.chooseFolder',
  'choose.select',
  'download.start',
  'download.pause',
  'download.cancel',
  'download.startOver',
  'verify.start',
  'verify.accept',
  'exclusions.plan',
  'exclusions.toggle',
  'exclusions.expiry',
  'exclusions.apply',
  'exclusions.skip',
  'install.start',
  'install.cancel',
  'wizard.goto',
  'wizard.continue',
  'wizard.restart',
  'wizard.dismissFailure',
  'wizard.finishInterrupted',
  'wizard.undoInterrupted',
  'done.undoEverything',
  'done.switchBack',
  'exclusionsPage.read',
  'exclusionsPage.showHidden',
  'exclusionsPage.rollBack',
  'blocks.open',
  'blocks.markSeen',
  'blocks.lookBack',
  'history.rollBack',
  'history.setAside',
  'history.showJournal',
  'settings.set',
] as const;
export type CallName = (typeof callNames)[number];

export const pushNames = ['state'] as const;
export type PushName = (typeof pushNames)[number];

/** The one channel prefix; no other file spells a channel. */
export const channelPrefix = 'gangway:';
/** Every call goes over one channel, so that a name nobody knows is answered as well. */
export const callChannel = `${channelPrefix}call`;
export const pushChannel = (name: PushName): string => `${channelPrefix}push:${name}`;
/** The global that the preload exposes. */
export const globalName = 'gangway';
