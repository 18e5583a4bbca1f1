// Imported before everything else: an exception that nobody caught ends the app at once. Electron's own handler shows a box
// and leaves a hanging process behind, which would keep the single-instance lock.
import { app } from 'electron';

/** "Internal software error" of sysexits.h. */
const exitCode = 70;

function end(what: string, thrown: unknown): void {
  const text = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  process.stderr.write(`gangway: ${what}: ${text}\n`);
  app.exit(exitCode);
}

process.on('uncaughtException', (error) => {
  end('uncaught exception', error);
});
process.on('unhandledRejection', (reason) => {
  end('unhandled rejection', reason);
});
