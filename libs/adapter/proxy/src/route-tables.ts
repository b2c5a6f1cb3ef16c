import { z } from 'zod';
import type { VirtualHost } from './standing.js';

const routes = z.array(z.object({ name: z.string().optional() })).default([]);

const virtualHosts = z
  .array(z.object({ domains: z.array(z.string()).default([]), routes }))
  .default([])
  .transform((all) =>
    all.map((one): VirtualHost => ({
      domains: one.domains,
      routes: one.routes.map(({ name = '' }) => name),
    })),
  );

/** What istiod answers to `config_dump?types=rds`: route configurations, in camel case. */
export const istiodRoutes = z
  .object({ configs: z.array(z.object({ virtualHosts })).default([]) })
  .transform(({ configs }) => configs.flatMap((config) => config.virtualHosts));

/** What Envoy answers to `config_dump?resource=dynamic_route_configs`: dumps of them, in snake case. */
export const envoyRoutes = z
  .object({
    configs: z
      .array(z.object({ route_config: z.object({ virtual_hosts: virtualHosts }).optional() }))
      .default([]),
  })
  .transform(({ configs }) =>
    configs.flatMap((config) => config.route_config?.virtual_hosts ?? []),
  );
