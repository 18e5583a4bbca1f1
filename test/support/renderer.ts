import { cleanup } from '@testing-library/react';
import { afterEach } from 'vitest';

// Without it Fluent's focus handling outlives the page and fails the run.
afterEach(cleanup);

// jsdom has no rest.
Object.assign(globalThis, { requestIdleCallback: () => 0 });
