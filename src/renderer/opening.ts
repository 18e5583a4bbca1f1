// Asks main for its state before anything else of the page's script runs: the answer comes while the views are being made.
import { gangwayClient } from './api/client';
import { openMirror } from './store/mirror';

export const client = gangwayClient();
export const mirror = openMirror(client);
