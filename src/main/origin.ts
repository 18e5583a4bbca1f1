// The one origin whose page is ours.

export const appScheme = 'gangway';
export const appOrigin = `${appScheme}://app`;
