export type { RouteAction } from './action.js';
export type { Failure } from './cluster.js';
export type { CompiledRoute } from './compile.js';
export type { Conditions, NamedCondition, PathCondition } from './conditions.js';
export { mergeDelegates } from './delegate.js';
export type { DelegateProblem, MergedDelegates } from './delegate.js';
export { compileRoutes, explain, explainTcp } from './explain.js';
export type * from './explanation.js';
export type {
  Client,
  GatewayClient,
  HttpRequest,
  Mesh,
  ObjectName,
  OutboundPolicy,
  SidecarClient,
  TcpRequest,
} from './mesh.js';
export type { HeaderChanges } from './read/headers.js';
export type { TextMatch } from './read/text-match.js';
