// A failure as the wizard shows it: paths as the user of this machine sees them. Only the lab's differ.
import type { World } from './world';
import type { Failure } from '../../shared/model';

type Shown = Pick<World, 'machine' | 'downloads' | 'downloadsShown'>;

/** The underlying error's text stays as the system wrote it. */
export function shownFailure(world: Shown, failure: Failure): Failure {
  const params = Object.entries(failure.params).map(([name, value]) => [
    name,
    typeof value === 'string' ? shownPath(world, value) : value,
  ]);
  return {
    ...failure,
    params: Object.fromEntries(params) as Failure['params'],
    details: failure.details.map((detail) => ({
      ...detail,
      value: shownPath(world, detail.value),
    })),
  };
}

function shownPath({ machine, downloads, downloadsShown }: Shown, text: string): string {
  if (downloadsShown !== undefined && text.startsWith(downloads.folder)) {
    const rest = text.slice(downloads.folder.length);
    if (/^(?:$|[\\/])/.test(rest)) return `${downloadsShown}${rest.replaceAll('/', '\\')}`;
  }
  return machine.display(text);
}
