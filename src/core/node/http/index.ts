export { hostOf } from './address';
export { createHttp, defaultTimes, type Http, type Reply, type SmallReply } from './http';
export { proxyFromEnvironment, type Proxy, type ResolveProxy } from './proxy';
