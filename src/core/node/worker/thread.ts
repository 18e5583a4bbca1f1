// The entry of the worker's own bundle.
import { serveJobs } from './entry';

serveJobs();
