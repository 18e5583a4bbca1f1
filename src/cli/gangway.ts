#!/usr/bin/env node
// The command line for plain Node. Its worker threads run a file of their own beside it.
import './memory';
import { main } from './main';

void main(process.argv.slice(2));
