import type { AccessUseCases } from './access/access-use-cases.js';
import type { TopologyUseCases } from './topology-use-cases.js';
import type { EgressUseCases } from './egress/egress-use-cases.js';
import type { NotificationUseCases } from './notification-use-cases.js';
import type { WebhookUseCases } from './webhook/webhook-use-cases.js';
import type { GateUseCases } from './gate/gate-use-cases.js';
import type { ReleaseUseCases } from './release-use-cases.js';

export type * from './access/access-use-cases.js';
export type * from './topology-use-cases.js';
export type * from './egress/egress-use-cases.js';
export type * from './notification-use-cases.js';
export type * from './webhook/webhook-use-cases.js';
export type * from './gate/gate-use-cases.js';
export type * from './release-use-cases.js';

/**
 * Everything that Spillway can do for a caller, who comes last. REST, GraphQL, SDK and
 * CLI are four ways to call this; none of them holds a rule of its own. Each member is
 * one function of `use-case/`, and `operations` says who may call it.
 */
export interface UseCases
  extends
    AccessUseCases,
    TopologyUseCases,
    EgressUseCases,
    NotificationUseCases,
    WebhookUseCases,
    GateUseCases,
    ReleaseUseCases {}
