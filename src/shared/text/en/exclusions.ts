export const exclusions = {
  'exclusions.reason.noBlocks': 'Defender has not blocked Go on this computer.',
} as const;
