export { defaultTiming, nodeDownloads, type DownloadsParts } from './downloads';
