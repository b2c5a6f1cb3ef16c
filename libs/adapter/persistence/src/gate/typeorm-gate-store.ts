import type { GateRecord, GateStore } from '@spillway/application';
import { serviceName, type Instant, type ServiceName } from '@spillway/kernel';
import type { EntityManager, Repository } from 'typeorm';
import { GateRow } from './gate-row.js';

const toGate = ({ service, ...row }: GateRow): GateRecord => ({
  ...row,
  service: serviceName(service),
});

export class TypeOrmGateStore implements GateStore {
  private readonly rows: Repository<GateRow>;

  constructor(
    manager: EntityManager,
    private readonly now: Instant,
  ) {
    this.rows = manager.getRepository(GateRow);
  }

  async get(service: ServiceName, gate: string): Promise<GateRecord | undefined> {
    const row = await this.rows.findOneBy({ service, gate });
    return row === null ? undefined : toGate(row);
  }

  async lock(service: ServiceName, gate: string): Promise<GateRecord | undefined> {
    const lock = { mode: 'pessimistic_write' } as const;
    const row = await this.rows.findOne({ where: { service, gate }, lock });
    return row === null ? undefined : toGate(row);
  }

  async ofService(service: ServiceName): Promise<readonly GateRecord[]> {
    const rows = await this.rows.find({ where: { service }, order: { gate: 'ASC' } });
    return rows.map(toGate);
  }

  async put(gate: Omit<GateRecord, 'at'>): Promise<GateRecord> {
    await this.rows
      .createQueryBuilder()
      .insert()
      .values({ ...gate, at: this.now })
      .orUpdate(['state', 'actor', 'comment', 'at'], ['service', 'gate'])
      .execute();
    return { ...gate, at: this.now };
  }
}
