// The pages that the app may open in the person's own browser. The page names one; the address is main's alone.
import type { z } from '../shared/zod';
import type { linkSchema } from '../shared/contract';
import type { AppState } from '../shared/model';

export type Link = z.infer<typeof linkSchema>;

const addresses: Readonly<Record<Exclude<Link, 'failedAddress' | 'windowsSecurity'>, string>> = {
  goDownloads: 'https://go.dev/dl/',
  goFaqVirus: 'https://go.dev/doc/faq#virus',
  microsoftSubmission: 'https://www.microsoft.com/en-us/wdsi/filesubmission',
  defenderExclusions:
    'https://learn.microsoft.com/en-us/defender-endpoint/configure-exclusions-microsoft-defender-antivirus',
};

/** Null where there is nothing to open: the link does not exist on this system, or the failure has no web address. */
export function addressOf(link: Link, state: AppState, platform: string): string | null {
  switch (link) {
    case 'windowsSecurity':
      return platform === 'win32' ? 'windowsdefender://threat' : null;
    case 'failedAddress':
      return failedAddress(state);
    case 'goDownloads':
    case 'goFaqVirus':
    case 'microsoftSubmission':
    case 'defenderExclusions':
      return addresses[link];
  }
}

/** The address that the wizard's failure is about: a web address, or nothing. */
function failedAddress({ wizard }: AppState): string | null {
  for (const { value } of wizard.failure?.details ?? []) {
    if (!/^https?:\/\//.test(value)) continue;
    try {
      const { protocol, href, username, password } = new URL(value);
      if (username !== '' || password !== '') continue;
      if (protocol === 'https:' || protocol === 'http:') return href;
    } catch {
      continue;
    }
  }
  return null;
}
