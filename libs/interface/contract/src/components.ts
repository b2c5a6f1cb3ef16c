import { z } from 'zod';
import { deliveryView } from './delivery/delivery-view.js';
import { webhookDocuments, webhookViews } from './webhook/webhook-components.js';
import { accessDocuments, accessViews } from './access/access-components.js';
import { clusterDocument } from './cluster/cluster-document.js';
import { clusterView } from './cluster/cluster-view.js';
import { probeView } from './cluster/probe-view.js';
import { egressEnforceDocument, egressPolicyDocument } from './egress/egress-document.js';
import { egressReportView } from './egress/egress-report-view.js';
import { egressPolicyView } from './egress/egress-view.js';
import { viewExamples } from './examples.js';
import { freezeWindowDocument } from './freeze/freeze-window-document.js';
import { freezeWindowView } from './freeze/freeze-window-view.js';
import { approvalWaitingView } from './gate/approval-waiting-view.js';
import { judgeDocument, overrideFreezeDocument } from './gate/judge-document.js';
import { gateDocument, gateView } from './gate/service-gate.js';
import { healthView } from './health-view.js';
import { measurementDocument, measurementsDocument } from './measurement/measurement-document.js';
import { pushedView } from './measurement/pushed-view.js';
import { notificationDocument } from './notification/notification-document.js';
import { notificationView } from './notification/notification-view.js';
import { outgoingDeliveryView } from './notification/outgoing-delivery-view.js';
import { pageView } from './page-view.js';
import { problemView } from './problem-view.js';
import { eventView } from './release/event-view.js';
import { feedEventView } from './release/feed.js';
import { hookCallView } from './release/hook-call-view.js';
import { lookView } from './release/look-view.js';
import {
  changeStrategyDocument,
  jumpToStepDocument,
  releaseCommandDocument,
  releaseInsteadDocument,
  skipStepDocument,
} from './release/command-documents.js';
import { releaseDocument } from './release/release-document.js';
import { releasePlanView } from './release/release-plan-view.js';
import { releaseView } from './release/release-view.js';
import { secretDocument } from './secret/secret-document.js';
import { secretView } from './secret/secret-view.js';
import { serviceDocument } from './service/service-document.js';
import { serviceView } from './service/service-view.js';
import { sourceDocument } from './source/source-document.js';
import { sourceView } from './source/source-view.js';
import { metricDocument } from './strategy/metric-document.js';
import { strategyDocument } from './strategy/strategy-document.js';
import { strategyView } from './strategy/strategy-view.js';
import { requestMatchDocument } from './traffic/route-document.js';
import { textMatchDocument } from './traffic/text-match-document.js';

/** What may be sent. Fields with a default need not be. */
export const documents = {
  ...accessDocuments,
  ChangeStrategyDocument: changeStrategyDocument,
  ClusterDocument: clusterDocument,
  EgressEnforceDocument: egressEnforceDocument,
  EgressPolicyDocument: egressPolicyDocument,
  FreezeWindowDocument: freezeWindowDocument,
  GateDocument: gateDocument,
  JudgeDocument: judgeDocument,
  JumpToStepDocument: jumpToStepDocument,
  MeasurementDocument: measurementDocument,
  MeasurementsDocument: measurementsDocument,
  MetricDocument: metricDocument,
  OverrideFreezeDocument: overrideFreezeDocument,
  NotificationDocument: notificationDocument,
  ReleaseCommandDocument: releaseCommandDocument,
  ReleaseDocument: releaseDocument,
  ReleaseInsteadDocument: releaseInsteadDocument,
  RequestMatchDocument: requestMatchDocument,
  SecretDocument: secretDocument,
  ServiceDocument: serviceDocument,
  SkipStepDocument: skipStepDocument,
  SourceDocument: sourceDocument,
  StrategyDocument: strategyDocument,
  TextMatchDocument: textMatchDocument,
  ...webhookDocuments,
} as const;

/** What comes back. */
export const views = {
  ...accessViews,
  ApprovalWaiting: approvalWaitingView,
  ApprovalWaitingPage: pageView(approvalWaitingView, 'approvals that are waited for'),
  Cluster: clusterView,
  ClusterPage: pageView(clusterView, 'clusters'),
  Delivery: deliveryView,
  DeliveryPage: pageView(deliveryView, 'deliveries'),
  EgressPolicy: egressPolicyView,
  EgressPolicyPage: pageView(egressPolicyView, 'egress policies'),
  EgressReport: egressReportView,
  Event: eventView,
  EventPage: pageView(eventView, 'events'),
  FeedEvent: feedEventView,
  FreezeWindow: freezeWindowView,
  FreezeWindowPage: pageView(freezeWindowView, 'freeze windows'),
  Gate: gateView,
  GatePage: pageView(gateView, 'gates'),
  Health: healthView,
  HookCall: hookCallView,
  HookCallPage: pageView(hookCallView, 'hook calls'),
  Look: lookView,
  LookPage: pageView(lookView, 'looks'),
  Metric: metricDocument,
  Notification: notificationView,
  NotificationPage: pageView(notificationView, 'notification endpoints'),
  OutgoingDelivery: outgoingDeliveryView,
  Probe: probeView,
  Problem: problemView,
  PushedMeasurements: pushedView,
  Release: releaseView,
  ReleasePage: pageView(releaseView, 'releases'),
  ReleasePlan: releasePlanView,
  RequestMatch: requestMatchDocument,
  Secret: secretView,
  SecretPage: pageView(secretView, 'secrets'),
  Service: serviceView,
  ServicePage: pageView(serviceView, 'services'),
  Source: sourceView,
  SourcePage: pageView(sourceView, 'sources'),
  Strategy: strategyView,
  StrategyPage: pageView(strategyView, 'strategies'),
  TextMatch: textMatchDocument,
  ...webhookViews,
} as const;

export type DocumentId = keyof typeof documents;
export type ViewId = keyof typeof views;

export type JsonSchema = z.core.JSONSchema.BaseSchema;

const idOf = (id: string): string => `#/components/schemas/${id}`;

function schemasOf(
  schemas: Readonly<Record<string, z.ZodType>>,
  io: 'input' | 'output',
): Record<string, JsonSchema> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(schemas)) registry.add(schema, { id });
  const made = z.toJSONSchema(registry, {
    io,
    uri: idOf,
    override: ({ jsonSchema }) => tidy(jsonSchema, io),
  });
  for (const schema of Object.values(made.schemas)) {
    delete schema.$schema;
    delete schema.$id;
  }
  return made.schemas;
}

/** Answers may gain fields: only documents are closed. What says nothing to a reader is left out. */
function tidy(schema: JsonSchema, io: 'input' | 'output'): void {
  if (io === 'output' && schema.additionalProperties === false) delete schema.additionalProperties;
  if (schema.format === 'date-time') delete schema.pattern;
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
}

/** `components.schemas` of the OpenAPI document. */
export function componentSchemas(): Readonly<Record<string, JsonSchema>> {
  const schemas = { ...schemasOf(documents, 'input'), ...schemasOf(views, 'output') };
  for (const [id, example] of Object.entries(viewExamples)) {
    Object.assign(schemas[id] ?? {}, { examples: [example] });
  }
  return schemas;
}

/** A query parameter as OpenAPI wants it. */
export interface ParameterSchema {
  readonly name: string;
  readonly description: string;
  readonly schema: JsonSchema;
}

/** The parameters that a query schema takes; none of them must be given. */
export function queryParameters(query: z.ZodObject): readonly ParameterSchema[] {
  const { properties = {} } = z.toJSONSchema(query, {
    override: ({ jsonSchema }) => tidy(jsonSchema, 'output'),
  });
  return Object.entries(properties).flatMap(([name, property]) => {
    if (typeof property === 'boolean') return [];
    const { description = '', ...schema } = property;
    return [{ name, description, schema }];
  });
}
