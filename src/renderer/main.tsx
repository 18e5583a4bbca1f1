// Starts the window's page.
import { createRoot } from 'react-dom/client';
import { gangwayClient } from './api/client';
import { App } from './app/App';

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no root element.');
createRoot(root).render(<App client={gangwayClient()} />);
