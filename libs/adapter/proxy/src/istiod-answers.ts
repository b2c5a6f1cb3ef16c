import { z } from 'zod';

const routeType = 'type.googleapis.com/envoy.config.route.v3.RouteConfiguration';

/** `/debug/adsz`: who is connected to this istiod. Gives those that watch route configurations. */
export const connected = z
  .object({
    clients: z
      .array(
        z.object({
          connectionId: z.string(),
          watches: z.record(z.string(), z.array(z.string()).nullable()).nullish(),
        }),
      )
      .nullish(),
  })
  .transform(({ clients }) =>
    (clients ?? [])
      .filter(({ watches }) => (watches?.[routeType] ?? []).length > 0)
      .map(({ connectionId }) => connectionId),
  );

const syncState = z.object({
  proxy: z.string(),
  route_sent: z.string().optional(),
  route_acked: z.string().optional(),
  resources: z.record(z.string(), z.object({ lastError: z.unknown().optional() })).nullish(),
});

/** `/debug/syncz`: what was sent to each proxy and what it has acknowledged. */
export const synced = z.array(syncState).nullable();

type SyncState = z.output<typeof syncState>;

/** The proxy took the last routes that were sent to it, and complained of none. */
export const isInSync = ({ route_sent, route_acked, resources }: SyncState): boolean =>
  route_sent !== undefined &&
  route_sent !== '' &&
  route_sent === route_acked &&
  !resources?.[routeType]?.lastError;

/** `gw-0.istio-system` of the connection `gw-0.istio-system-17`. */
export const proxyOf = (connectionId: string): string => connectionId.replace(/-\d+$/, '');
