import type {
  NewService,
  Page,
  ServiceListing,
  ServiceRecord,
  ServiceStore,
} from '@spillway/application';
import {
  generation,
  InvariantBroken,
  type ClusterName,
  type Instant,
  type ServiceName,
} from '@spillway/kernel';
import { In, type EntityManager, type Repository } from 'typeorm';
import { askedTogether } from '../asked-together.js';
import { isNameKey, keyOfPage, nameKey, nameOrder, toPage } from '../keyset-page.js';
import { readServices } from './read-services.js';
import { toClusterRows, toRow, toService } from './service-mapping.js';
import { ServiceClusterRow, ServiceRow } from './service-rows.js';

const whole = { clusters: true } as const;

export class TypeOrmServiceStore implements ServiceStore {
  private readonly rows: Repository<ServiceRow>;
  private readonly clusterRows: Repository<ServiceClusterRow>;

  constructor(
    private readonly manager: EntityManager,
    private readonly now: Instant,
  ) {
    this.rows = manager.getRepository(ServiceRow);
    this.clusterRows = manager.getRepository(ServiceClusterRow);
  }

  readonly get = askedTogether<ServiceName, ServiceRecord>(async (names) => {
    const rows = await readServices(this.manager, 'where services.name = any ($1)', [[...names]]);
    return new Map(rows.map((row) => [row.name, toService(row)]));
  });

  async getAll(names: readonly ServiceName[]): Promise<readonly ServiceRecord[]> {
    const rows = await this.rows.find({
      where: { name: In([...names]) },
      relations: whole,
      order: { name: 'ASC' },
    });
    return rows.map(toService);
  }

  /** Reads after the lock is had: a statement that waited for it may show older clusters. */
  async lock(name: ServiceName): Promise<ServiceRecord | undefined> {
    await this.rows.find({
      select: { name: true },
      where: { name },
      lock: { mode: 'pessimistic_write' },
    });
    return this.get(name);
  }

  async list(listing: ServiceListing): Promise<Page<ServiceRecord>> {
    const [after] = keyOfPage(listing, isNameKey) ?? [];
    const { past, order } = nameOrder(listing);
    const { namespace, cluster, limit } = listing;
    const values: unknown[] = [];
    const place = (value: unknown): string => `$${values.push(value)}`;
    const conditions = [
      ...(after === undefined ? [] : [`services.name ${past} ${place(after)}`]),
      ...(namespace === undefined
        ? []
        : [`split_part(services.name, '/', 1) = ${place(namespace)}`]),
      ...(cluster === undefined ? [] : [isInCluster(place(cluster))]),
    ];
    const where = conditions.length === 0 ? '' : `where ${conditions.join(' and ')}`;
    const tail = `${where} order by services.name ${order} limit ${place(limit + 1)}`;
    return toPage(await readServices(this.manager, tail, values), listing, nameKey, toService);
  }

  async put(service: NewService): Promise<ServiceRecord> {
    const { now } = this;
    await this.rows
      .createQueryBuilder()
      .insert()
      .values({ ...toRow(service), generation: generation(0), createdAt: now, updatedAt: now })
      .orUpdate(['host', 'port', 'version_label', 'settings', 'stable', 'updated_at'], ['name'])
      .execute();
    await this.clusterRows.delete({ service: service.service });
    await this.clusterRows.insert([...toClusterRows(service)]);
    const stored = await this.get(service.service);
    if (stored === undefined) throw new InvariantBroken(`${service.service} was not stored`);
    return stored;
  }

  async advance(
    name: ServiceName,
    { generation: last, latestRelease, stable }: Parameters<ServiceStore['advance']>[1],
  ): Promise<void> {
    const change = { generation: last, latestRelease, stable };
    const { affected } = await this.rows.update({ name }, change);
    if (affected !== 1) throw new InvariantBroken(`no service ${name} to advance`);
  }

  async countIn(cluster: ClusterName): Promise<number> {
    return this.clusterRows.countBy({ cluster });
  }
}

const isInCluster = (cluster: string): string =>
  `exists (select from service_clusters
    where service_clusters.service = services.name and service_clusters.cluster = ${cluster})`;
