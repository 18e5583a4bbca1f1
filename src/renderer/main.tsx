// Starts the window's page: drawn once, with what main answered, or without it where main takes its time.
import { client, mirror } from './opening';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { App } from './app/App';

/** Milliseconds for main's first answer, after which the page shows that it waits for it. */
const answerLimitMs = 150;

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no root element.');
const page = createRoot(root);

// At once, not when React finds time: `app.ready` is sent after the frame that follows the answer.
const draw = (): void => {
  clearTimeout(limit);
  stop();
  flushSync(() => {
    page.render(<App client={client} mirror={mirror} />);
  });
};
const limit = setTimeout(draw, answerLimitMs);
const stop = mirror.subscribe(draw);
if (mirror.getState().state !== null) draw();
