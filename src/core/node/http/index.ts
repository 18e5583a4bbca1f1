export { hostOf, readAddress } from './address';
export {
  createHttp,
  defaultTimes,
  type Http,
  type HttpSettings,
  type Reply,
  type SmallReply,
} from './http';
export {
  direct,
  proxyFromAnswer,
  proxyFromEnvironment,
  type Proxy,
  type ResolveProxy,
} from './proxy';
