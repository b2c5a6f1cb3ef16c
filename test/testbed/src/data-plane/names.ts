/** The mesh's root namespace: gateways live here, and its DestinationRules are the last resort. */
export const rootNamespace = 'istio-system';

/** A short name means a Service beside the object that says it. */
export function fullHost(host: string, namespace: string): string {
  const isShort = !host.includes('.') && !host.startsWith('*');
  return isShort ? `${host}.${namespace}.svc.cluster.local` : host.toLowerCase();
}

/** `ns/name`, from `ns/name`, `name` or the old `name.ns.svc…`. */
export function fullGateway(name: string, namespace: string): string {
  if (name === 'mesh' || name.includes('/')) return name;
  const [short, of] = name.split('.');
  return `${of ?? namespace}/${short}`;
}

/** Whether everything that `host` stands for is in `pattern`; either may begin with `*`. */
export function isWithin(host: string, pattern: string): boolean {
  if (!pattern.startsWith('*')) return host === pattern;
  const suffix = pattern.slice(1);
  return host.length >= pattern.length && host.endsWith(suffix);
}

/** What two hosts have in common: the narrower one. */
export function narrower(a: string, b: string): string | undefined {
  if (isWithin(a, b)) return a;
  return isWithin(b, a) ? b : undefined;
}

/** More is more specific: a full name, then wildcards by length. */
export const specificity = (host: string): number =>
  host.startsWith('*') ? host.length : 1_000 + host.length;

/** Whether an object in `owner` with this `exportTo` is seen from `viewer`. */
export function isExported(
  exportTo: readonly string[] | undefined,
  owner: string,
  viewer: string,
): boolean {
  if (exportTo === undefined || exportTo.length === 0) return true;
  return exportTo.some((to) => to === '*' || to === viewer || (to === '.' && owner === viewer));
}

export const carries = (
  labels: Readonly<Record<string, string>>,
  wanted: Readonly<Record<string, string>> = {},
): boolean => Object.entries(wanted).every(([name, value]) => labels[name] === value);

export const clusterName = (port: number, subset: string | undefined, host: string): string =>
  `outbound|${port}|${subset ?? ''}|${host}`;

const unitSeconds: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 0.001 };

/** Go's `1m30s` as protobuf's `90s`. */
export function seconds(duration: string): string {
  let sum = 0;
  for (const [, n, unit] of duration.matchAll(/([\d.]+)(ms|h|m|s)/g)) {
    sum += Number(n) * (unitSeconds[unit ?? ''] ?? 0);
  }
  return `${Number(sum.toFixed(9))}s`;
}
