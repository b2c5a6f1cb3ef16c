export { createProxyFleet, type ProxyFleetLimits } from './create-proxy-fleet.js';
export { createNoFleet } from './no-fleet.js';
