// Opens the whole window on a state, with the real kit and a client that records. For tests alone.
import { render, screen } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import type { AppState } from '../../shared/model';
import { testClient, type TestClient } from '../api/testClient';
import { App } from '../app/App';
import { loadParts } from '../load/parts';
import { openMirror } from '../store/mirror';

// jsdom has no layout to scroll.
Element.prototype.scrollIntoView = () => undefined;

export interface OpenWindow {
  readonly client: TestClient;
  readonly user: UserEvent;
}

export async function openWindow(state: AppState): Promise<OpenWindow> {
  const client = testClient(state);
  const user = userEvent.setup();
  // As after the first rest of the page: what is clicked is there at once.
  await loadParts();
  render(<App client={client} mirror={openMirror(client)} />);
  await screen.findByRole('heading', { level: 1 });
  return { client, user };
}

/** Presses the button with exactly this name. */
export async function press(user: UserEvent, name: string): Promise<void> {
  await user.click(screen.getByRole('button', { name }));
}
