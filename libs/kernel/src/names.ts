type Branded<Name extends string> = string & { readonly __brand: Name };

/** UUID of a release. */
export type ReleaseId = Branded<'ReleaseId'>;
/** A cluster's name; unique, chosen by its operator, never reused while releases refer to it. */
export type ClusterName = Branded<'ClusterName'>;
/** `namespace/name` of a mesh service. */
export type ServiceName = Branded<'ServiceName'>;
/** What gets traffic: the value of a service's version label, e.g. `v2`. Also its subset's name. */
export type Version = Branded<'Version'>;
export type StrategyName = Branded<'StrategyName'>;
/** A Kubernetes namespace. */
export type NamespaceName = Branded<'NamespaceName'>;
/** Of an encrypted text that others refer to. */
export type SecretName = Branded<'SecretName'>;
/** Of a metrics backend beside the clusters' own. */
export type SourceName = Branded<'SourceName'>;
/** Of a token of a script or a machine. */
export type TokenName = Branded<'TokenName'>;
/** Of those whom an identity provider describes in the same way. */
export type MemberName = Branded<'MemberName'>;
/** Of an address at which others tell that something was deployed. */
export type WebhookName = Branded<'WebhookName'>;
/** Of what makes a release of a delivery. */
export type RuleName = Branded<'RuleName'>;
/** Of an endpoint that is told what happens to releases. */
export type NotificationName = Branded<'NotificationName'>;
/** UUID of a message that came in or went out. */
export type DeliveryId = Branded<'DeliveryId'>;

export const releaseId = (text: string): ReleaseId => text as ReleaseId;
export const clusterName = (text: string): ClusterName => text as ClusterName;
export const serviceName = (text: string): ServiceName => text as ServiceName;
export const version = (text: string): Version => text as Version;
export const strategyName = (text: string): StrategyName => text as StrategyName;
export const namespaceName = (text: string): NamespaceName => text as NamespaceName;
export const secretName = (text: string): SecretName => text as SecretName;
export const sourceName = (text: string): SourceName => text as SourceName;
export const tokenName = (text: string): TokenName => text as TokenName;
export const memberName = (text: string): MemberName => text as MemberName;
export const webhookName = (text: string): WebhookName => text as WebhookName;
export const ruleName = (text: string): RuleName => text as RuleName;
export const notificationName = (text: string): NotificationName => text as NotificationName;
export const deliveryId = (text: string): DeliveryId => text as DeliveryId;

/** Counts the changes of a service's desired traffic. Written into every route's name. */
export type Generation = number & { readonly __brand: 'Generation' };
export const generation = (n: number): Generation => n as Generation;

const dnsLabel = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/;

// Not toLowerCase(): it makes ASCII letters of some that are none.
const versionLabel = /^[a-zA-Z0-9](?:[-a-zA-Z0-9]{0,61}[a-zA-Z0-9])?$/;

/** RFC 1123 label: what Kubernetes accepts as a name of a namespace or a Service. */
export const isDnsLabel = (text: string): boolean => dnsLabel.test(text);

/** A Kubernetes label value that is also a legal subset name (istio.io/api validation: DNS label, upper case allowed). */
export const isVersion = (text: string): boolean => versionLabel.test(text);

export function splitServiceName(service: ServiceName): { namespace: string; name: string } {
  const [namespace = '', name = ''] = service.split('/');
  return { namespace, name };
}
