import type { EntityManager } from 'typeorm';
import { preparedQuery } from '../prepared-query.js';
import { rowReader, type Raw } from '../row-reader.js';
import { ServiceClusterRow, ServiceRow } from './service-rows.js';

/** Services with the clusters that they are in, in one statement. `tail` is all after its "from". */
export async function readServices(
  manager: EntityManager,
  tail: string,
  values: readonly unknown[],
): Promise<readonly ServiceRow[]> {
  const [services, places] = [
    rowReader(manager, ServiceRow),
    rowReader(manager, ServiceClusterRow),
  ];
  const rows = await preparedQuery<Raw & { readonly clusters: readonly Raw[] }>(
    manager,
    `select ${services.columns()}, (
       select coalesce(json_agg(service_clusters), '[]') from service_clusters
       where service_clusters.service = services.name) as clusters
     from services ${tail}`,
    values,
  );
  return rows.map((row) =>
    Object.assign(services.fromRow(row), {
      clusters: row.clusters.map((raw) => places.fromJson(raw)),
    }),
  );
}
