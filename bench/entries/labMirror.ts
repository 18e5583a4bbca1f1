// Serves the lab's mirror on loopback: `run.cjs <folder>`. Prints its port. The same for both sides of a comparison.
import { serveMirror } from '../../src/core/lab/mirror';

serveMirror(process.argv[2] ?? '').then(
  ({ base }) => {
    console.log(new URL(base).port);
    // The server does not keep its process alive.
    setInterval(() => undefined, 60_000);
  },
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
