import type {
  ClusterView,
  EgressPolicyView,
  FreezeWindowView,
  ServiceView,
  MemberView,
  NotificationView,
  RuleView,
  SourceView,
  StrategyView,
  TokenView,
  WebhookView,
} from '@spillway/interface-contract';
import { globalId } from './global-id.js';

/** The field `id` of what REST knows by name. */
export const nodeIds = {
  Cluster: { id: ({ name }: ClusterView) => globalId('Cluster', name) },
  Service: { id: ({ name }: ServiceView) => globalId('Service', name) },
  Strategy: { id: ({ name, version }: StrategyView) => globalId('Strategy', name, version) },
  EgressPolicy: { id: ({ name }: EgressPolicyView) => globalId('EgressPolicy', name) },
  Token: { id: ({ name }: TokenView) => globalId('Token', name) },
  Member: { id: ({ name }: MemberView) => globalId('Member', name) },
  Notification: { id: ({ name }: NotificationView) => globalId('Notification', name) },
  Webhook: { id: ({ name }: WebhookView) => globalId('Webhook', name) },
  Rule: { id: ({ name }: RuleView) => globalId('Rule', name) },
  FreezeWindow: { id: ({ name }: FreezeWindowView) => globalId('FreezeWindow', name) },
  Source: { id: ({ name }: SourceView) => globalId('Source', name) },
};
