export { binomialInterval } from './binomial.js';
export type { CookieClient } from './cookie-client.js';
export { startDataPlane, type DataPlane, type DataPlaneOptions } from './data-plane.js';
export type { ProxyRoute } from './envoy-admin.js';
export type { Load, LoadOptions } from './load.js';
export type { Proxy } from './proxy.js';
export type { Reply, RequestOptions, RequestSender } from './request-sender.js';
export type { FailedRequest, Tally } from './tally.js';
export type { Upstreams } from './upstreams.js';
