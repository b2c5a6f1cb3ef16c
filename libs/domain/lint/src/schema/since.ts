/**
 * The minor version of Istio whose CRDs first have a field, or a value (`=`),
 * where that is later than 1.18; bisected over the released CRDs. A key is the end
 * of a path. Everything else is taken to be as old as the oldest mesh anybody runs.
 */
export const sinceMinor: Readonly<Record<string, number>> = {
  'http.mirrors': 19,
  'rewrite.uriRegexRewrite': 19,
  'servers.tls.mode=OPTIONAL_MUTUAL': 19,
  'spec.inboundConnectionPool': 20,
  'trafficPolicy.proxyProtocol': 21,
  'connectionPool.http.maxConcurrentStreams': 21,
  'spec.targetRefs': 22,
  'corsPolicy.unmatchedPreflights': 23,
  'loadBalancer.warmup': 24,
  'tls.credentialNames': 26,
  'tls.tlsCertificates': 26,
  'retries.backoff': 26,
  'retries.retryIgnorePreviousHosts': 26,
  'trafficPolicy.retryBudget': 27,
  'tls.caCertCredentialName': 28,
  'httpCookie.attributes': 28,
  'spec.resolution=DYNAMIC_DNS': 28,
  'customTags.formatter': 29,
  'tracing.disableContextPropagation': 30,
  'redirect.prefixRewrite': 31,
  'loadBalancer.zoneAwareLbSetting': 31,
  'connectionPool.http.http2KeepAlive': 31,
};

/**
 * Fields of an Istio that is newer than the CRDs that `shapes` was made from. What
 * is inside them is not known here, so it is not looked at.
 */
export const laterFields: readonly string[] = [
  'redirect.prefixRewrite',
  'loadBalancer.zoneAwareLbSetting',
  'connectionPool.http.http2KeepAlive',
];

/** The newest Istio whose CRDs are known here in full. */
export const newestKnownMinor = 30;

/** `path` without positions: `spec.http.mirrors`, or `spec.resolution=DNS` for a value. */
export function sinceOf(path: string): number | undefined {
  const key = Object.keys(sinceMinor).find((end) => `.${path}`.endsWith(`.${end}`));
  return key === undefined ? undefined : sinceMinor[key];
}
