// Which Defender understands contextual exclusions: platform 4.18.2205.7 and engine 1.1.19300.2 or newer, by
// Microsoft's page on contextual exclusions.

const platformNeeded = '4.18.2205.7';
const engineNeeded = '1.1.19300.2';

export function understandsContexts(platform: string, engine: string): boolean {
  return atLeast(platform, platformNeeded) && atLeast(engine, engineNeeded);
}

function atLeast(version: string, needed: string): boolean {
  if (!/^\d+(\.\d+)*$/.test(version)) return false;
  const have = version.split('.').map(Number);
  const want = needed.split('.').map(Number);
  for (const [at, part] of want.entries()) {
    const own = have[at] ?? 0;
    if (own !== part) return own > part;
  }
  return true;
}
