import { AuditController } from './access/audit-controller.js';
import { IdentityController } from './access/identity-controller.js';
import { MemberController } from './access/member-controller.js';
import { TokenController } from './access/token-controller.js';
import { ClusterController } from './cluster/cluster-controller.js';
import { DeliveryController } from './delivery/delivery-controller.js';
import { EgressController } from './egress/egress-controller.js';
import { FreezeWindowController } from './freeze/freeze-window-controller.js';
import { ApprovalController } from './gate/approval-controller.js';
import { GateController } from './gate/gate-controller.js';
import { GateProtocolController } from './gate-protocol/gate-protocol-controller.js';
import { HealthController } from './health/health-controller.js';
import { MeasurementController } from './measurement/measurement-controller.js';
import { HookCallController } from './release/hook-call-controller.js';
import { ReleaseCommandController } from './release/release-command-controller.js';
import { ReleaseInsteadController } from './release/release-instead-controller.js';
import { NotificationController } from './notification/notification-controller.js';
import { ReleaseController } from './release/release-controller.js';
import { ReleaseWatchController } from './release/release-watch-controller.js';
import { RuleController } from './rule/rule-controller.js';
import { SecretController } from './secret/secret-controller.js';
import { ServiceController } from './service/service-controller.js';
import { SourceController } from './source/source-controller.js';
import { StrategyController } from './strategy/strategy-controller.js';
import { WebhookController } from './webhook/webhook-controller.js';

/** Every route of the REST interface. */
export const controllers = [
  IdentityController,
  TokenController,
  MemberController,
  AuditController,
  ClusterController,
  ServiceController,
  StrategyController,
  // Before what takes an id: "watch" is none.
  ReleaseWatchController,
  ReleaseController,
  ReleaseCommandController,
  ReleaseInsteadController,
  HookCallController,
  ApprovalController,
  GateController,
  FreezeWindowController,
  GateProtocolController,
  EgressController,
  SecretController,
  SourceController,
  WebhookController,
  RuleController,
  DeliveryController,
  NotificationController,
  MeasurementController,
  HealthController,
] as const;
