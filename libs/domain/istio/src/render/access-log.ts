import { splitServiceName, type ReleaseId } from '@spillway/kernel';
import { managedByLabel, managedByValue, routingName, shortRelease } from './routing-name.js';
import type { MeshService, ObjectPlace } from '../traffic.js';

/** Which requests of a service proxies write down, and when. */
export interface AccessLog {
  /** While a release of the service runs, or at all times. */
  readonly during: 'release' | 'always';
  /** Labels of the pods whose proxies log: the service's own, or its callers', who know the route. */
  readonly selector: Readonly<Record<string, string>>;
  /** Where those pods are. Absent: in the service's namespace. */
  readonly namespace?: string;
  /** Requests that the pods make, that they get, or both. */
  readonly side: 'client' | 'server' | 'both';
  /** Name of a provider in the mesh's configuration; `envoy` writes to standard output. */
  readonly provider: string;
  /** Only answers from this status up. */
  readonly fromCode?: number;
  /** Only requests that took a route of Spillway's. */
  readonly ownRoutes: boolean;
}

/** `telemetry.istio.io/v1` is served since Istio 1.22 (istio §1.1). */
export const telemetryApiVersion = 'telemetry.istio.io/v1';

export interface Telemetry {
  readonly apiVersion: typeof telemetryApiVersion;
  readonly kind: 'Telemetry';
  readonly metadata: ObjectPlace & { readonly labels: Readonly<Record<string, string>> };
  readonly spec: {
    readonly selector: { readonly matchLabels: Readonly<Record<string, string>> };
    readonly accessLogging: readonly {
      readonly providers: readonly { readonly name: string }[];
      readonly match: { readonly mode: 'CLIENT' | 'SERVER' | 'CLIENT_AND_SERVER' };
      readonly filter?: { readonly expression: string };
    }[];
  };
}

const modes = { client: 'CLIENT', server: 'SERVER', both: 'CLIENT_AND_SERVER' } as const;

/** Among its callers a service shares the namespace with others that may have its name. */
export function accessLogPlace(
  { service }: Pick<MeshService, 'service'>,
  { namespace }: Pick<AccessLog, 'namespace'>,
): ObjectPlace {
  const own = splitServiceName(service);
  if (namespace === undefined || namespace === own.namespace) return routingName({ service });
  return { namespace, name: `${own.name}.${own.namespace}-spillway` };
}

/** The object that turns the log on. With a release, `ownRoutes` means that release's. */
export function renderTelemetry(
  service: MeshService,
  log: AccessLog,
  release: ReleaseId | undefined,
): Telemetry {
  const expression = expressionOf(service, log, release);
  return {
    apiVersion: telemetryApiVersion,
    kind: 'Telemetry',
    metadata: { ...accessLogPlace(service, log), labels: { [managedByLabel]: managedByValue } },
    spec: {
      selector: { matchLabels: log.selector },
      accessLogging: [
        {
          providers: [{ name: log.provider }],
          match: { mode: modes[log.side] },
          ...(expression === '' ? {} : { filter: { expression } }),
        },
      ],
    },
  };
}

/** CEL over Envoy's attributes. A route's name carries service, release and generation; only the last changes with each step. */
function expressionOf(
  { service }: MeshService,
  { fromCode, ownRoutes }: AccessLog,
  release: ReleaseId | undefined,
): string {
  const { name } = splitServiceName(service);
  const routes = release === undefined ? `${name}.` : `${name}.${shortRelease(release)}.`;
  return [
    ...(fromCode === undefined ? [] : [`response.code >= ${fromCode}`]),
    // A delegate's name has the root's before it.
    ...(ownRoutes ? [`xds.route_name.contains('${routes}')`] : []),
  ].join(' && ');
}
