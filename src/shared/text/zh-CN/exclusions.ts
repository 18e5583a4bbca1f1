export const exclusions = {
  'exclusions.reason.noBlocks': 'Defender 没有在这台电脑上拦截过 Go。',
} as const;
