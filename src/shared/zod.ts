// The one import of zod. `jitless` is set before any schema is parsed: under Trusted Types zod's probe of
// `new Function` is a violation of the page's policy.
import { z } from 'zod';

z.config({ jitless: true });

export { z };
