export type { HandWrittenObject, ObjectChange, ObjectKey } from './api-server.js';
export type { LossFlag, TrafficCount, VersionBehaviour, VersionCount } from './burst.js';
export * from './egress/index.js';
export * from './playground.js';
export * from './simulated-connector.js';
export * from './simulated-mesh.js';
export * from './simulated-metrics-source.js';
export * from './simulated-world.js';
export * from './timers.js';
