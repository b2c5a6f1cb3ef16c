/** An endpoint, and the same reading by a bare handler: one statement, its rows sent as they come. */
export interface Endpoint {
  readonly name: string;
  readonly path: string;
  readonly sql: string;
  readonly values: readonly unknown[];
}

const releases = (where: string): string => `
  select releases.*, (
    select coalesce(json_agg(rollouts.* order by rollouts.position), '[]') from rollouts
    where rollouts.release = releases.id) as rollouts
  from releases ${where}`;

const services = (where: string): string => `
  select services.*, (
    select coalesce(json_agg(service_clusters.* order by service_clusters.position), '[]')
    from service_clusters where service_clusters.service = services.name) as clusters
  from services ${where}`;

/** What portals and scripts ask all the time. */
export const endpoints = (release: string): readonly Endpoint[] => [
  {
    name: 'GET /releases/{id}',
    path: `/releases/${release}`,
    sql: releases('where releases.id = $1'),
    values: [release],
  },
  {
    name: 'GET /releases, a page of 50',
    path: '/releases?limit=50',
    sql: releases('order by releases.created_at desc, releases.id desc limit $1'),
    values: [51],
  },
  {
    name: 'GET /releases/{id}/events',
    path: `/releases/${release}/events?limit=50`,
    sql: `select events.sequence, events.event, events.hash from events
      where events.release = $1 and events.sequence > 0 order by events.sequence limit $2`,
    values: [release, 50],
  },
  {
    name: 'GET /services/{namespace}/{name}',
    path: '/services/shop/service-0',
    sql: services('where services.name = $1'),
    values: ['shop/service-0'],
  },
  {
    name: 'GET /services, a page of 50',
    path: '/services?limit=50',
    sql: services('order by services.name limit $1'),
    values: [51],
  },
  {
    name: 'GET /clusters, a page of 50',
    path: '/clusters?limit=50',
    sql: 'select clusters.* from clusters order by clusters.name limit $1',
    values: [51],
  },
];
