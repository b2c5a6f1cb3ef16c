import type {
  FeedPart,
  FeedPosition,
  Page,
  PageRequest,
  ReleaseFilter,
  ReleaseStore,
  StoredEvent,
} from '@spillway/application';
import {
  hasService,
  isFinal,
  phases,
  type Release,
  type ReleaseEvent,
} from '@spillway/domain-release';
import {
  clusterName,
  releaseId,
  type ClusterName,
  type Generation,
  type Instant,
  type ReleaseId,
  type ServiceName,
  type SourceName,
} from '@spillway/kernel';
import { In, type EntityManager, type FindOptionsWhere } from 'typeorm';
import { listReleases } from './list-releases.js';
import { toRelease } from './release-mapping.js';
import { askedTogether } from '../asked-together.js';
import { preparedQuery } from '../prepared-query.js';
import { releasesById } from './read-releases.js';
import { recentEvents } from './recent-events.js';
import { ReleaseRow, RolloutRow } from './release-rows.js';
import {
  eventsSql,
  lockReleaseSql,
  referringReleasesSql,
  unsettledInSql,
  unsettledOfSql,
} from './release-sql.js';
import { saveRelease } from './save-release.js';

type UnsettledRow = Pick<RolloutRow, 'release' | 'cluster'>;

const openPhases = phases.filter((phase) => !isFinal(phase));
const runningPhases = phases.filter(hasService);

export class TypeOrmReleaseStore implements ReleaseStore {
  readonly get = askedTogether<ReleaseId, Release>((ids) => releasesById(this.manager, ids));

  constructor(
    private readonly manager: EntityManager,
    private readonly now: Instant,
  ) {}

  getAll(ids: readonly ReleaseId[]): Promise<readonly Release[]> {
    return this.findAll({ id: In([...ids]) });
  }

  /** Reads after the lock is had: a statement that waited for it may show older rollouts. */
  async lock(id: ReleaseId): Promise<Release | undefined> {
    await preparedQuery(this.manager, lockReleaseSql, [id]);
    return this.get(id);
  }

  list(filter: ReleaseFilter, page: PageRequest): Promise<Page<Release>> {
    return listReleases(this.manager, filter, page);
  }

  running(service: ServiceName): Promise<Release | undefined> {
    return this.find({ service, phase: In(runningPhases) });
  }

  runningOf(services: readonly ServiceName[]): Promise<readonly Release[]> {
    return this.findAll({ service: In([...services]), phase: In(runningPhases) });
  }

  async queued(service: ServiceName): Promise<readonly Release[]> {
    const rows = await this.manager.find(ReleaseRow, {
      where: { service, phase: 'queued' },
      relations: { rollouts: true },
      order: { createdAt: 'ASC', id: 'ASC' },
    });
    return rows.map(toRelease);
  }

  async allRunning(): Promise<readonly ReleaseId[]> {
    const where = { phase: In(openPhases) };
    const rows = await this.manager.find(ReleaseRow, { select: { id: true }, where });
    return rows.map(({ id }) => releaseId(id));
  }

  async awaitingApproval(): Promise<readonly Release[]> {
    const rows = await this.manager
      .createQueryBuilder(ReleaseRow, 'release')
      .leftJoinAndSelect('release.rollouts', 'rollout')
      .where(`release.gates ->> 'awaiting' is not null and release.endedAt is null`)
      .orderBy('release.createdAt')
      .addOrderBy('release.id')
      .getMany();
    return rows.map(toRelease);
  }

  async referringTo(source: SourceName): Promise<readonly ReleaseId[]> {
    const rows = await this.manager.query<Pick<ReleaseRow, 'id'>[]>(referringReleasesSql, [
      source,
      openPhases,
    ]);
    return rows.map(({ id }) => releaseId(id));
  }

  save(next: Release, events: readonly ReleaseEvent[]): Promise<void> {
    return saveRelease(this.manager, next, events, this.now);
  }

  async events(id: ReleaseId, after: number, limit: number): Promise<readonly StoredEvent[]> {
    const rows = await preparedQuery<StoredEvent>(this.manager, eventsSql, [id, after, limit]);
    return rows.map(({ sequence, event, hash }) => ({ sequence, event, hash }));
  }

  recent(after: FeedPosition | undefined, limit: number): Promise<FeedPart> {
    return recentEvents(this.manager, after, limit);
  }

  async unsettledIn(cluster: ClusterName): Promise<readonly ReleaseId[]> {
    const rows = await this.unsettled(unsettledInSql, cluster);
    return rows.map(({ release }) => releaseId(release));
  }

  async unsettledOf(service: ServiceName): Promise<ReadonlyMap<ClusterName, ReleaseId>> {
    const rows = await this.unsettled(unsettledOfSql, service);
    return new Map(rows.map(({ cluster, release }) => [clusterName(cluster), releaseId(release)]));
  }

  async settle(id: ReleaseId, cluster: ClusterName, generation: Generation): Promise<void> {
    const rollout = { release: id, cluster, desiredGeneration: generation };
    await this.manager.update(RolloutRow, rollout, { settled: true });
  }

  private unsettled(sql: string, of: string): Promise<readonly UnsettledRow[]> {
    return this.manager.query<UnsettledRow[]>(sql, [of]);
  }

  /** One statement, so that a release and its rollouts are of the same revision. */
  private async find(where: FindOptionsWhere<ReleaseRow>): Promise<Release | undefined> {
    const [release] = await this.findAll(where);
    return release;
  }

  private async findAll(where: FindOptionsWhere<ReleaseRow>): Promise<readonly Release[]> {
    const rows = await this.manager.find(ReleaseRow, { where, relations: { rollouts: true } });
    return rows.map(toRelease);
  }
}
