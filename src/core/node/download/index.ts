export { nodeDownloads, type DownloadsParts } from './downloads';
