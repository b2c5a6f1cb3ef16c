import { describe, expect, it } from '@jest/globals';
import { isFinal, type Release } from '@spillway/domain-release';
import { after, basisPoints, duration, instant, type ReleaseId } from '@spillway/kernel';
import { handleJob } from '../loop/handle-job.js';
import type { Occurrence } from '../port/meter.js';
import type { UnitOfWork } from '../port/unit-of-work.js';
import { witnessed } from '../saved/witnessed.js';
import { aCaller } from '../testing/fake/a-caller.js';
import { aWorkshop, type Workshop } from '../testing/fake/workshop.js';
import { metering } from './metering.js';

const pause = { kind: 'pause', length: duration(4_000) } as const;
const half = { kind: 'setWeight', weight: basisPoints(5_000) } as const;

/** A worker whose transactions are metered; the use cases of the workshop are another process. */
class MeteredWorker {
  readonly noted: Occurrence[] = [];
  readonly unitOfWork: UnitOfWork;
  private readonly handle: ReturnType<typeof handleJob>;

  constructor(private readonly workshop: Workshop) {
    const meter = { note: (one: Occurrence): void => void this.noted.push(one) };
    this.unitOfWork = witnessed(workshop.uow, metering(meter, workshop.uow));
    this.handle = handleJob({ ...workshop.deps, unitOfWork: this.unitOfWork });
  }

  /** Works through what falls due in so many milliseconds. */
  async pass(ms: number): Promise<void> {
    const { clock, uow } = this.workshop;
    const end = after(clock.now(), ms);
    await uow.jobs.run(this.handle);
    for (let next = uow.jobs.nextRunAt(); next !== undefined && next <= end;) {
      await clock.advanceTo(instant(Math.max(next, clock.now())));
      await uow.jobs.run(this.handle);
      next = uow.jobs.nextRunAt();
    }
    await clock.advanceTo(end);
  }

  async abort({ id }: Release): Promise<void> {
    const command = { release: id, verb: 'abort', comment: '' } as const;
    await this.workshop.useCases.commandRelease(command, aCaller());
  }

  async until(id: ReleaseId): Promise<void> {
    for (let n = 0; n < 100 && !isFinal((await this.workshop.release(id)).phase); n += 1) {
      await this.pass(1_000);
    }
  }

  of<Kind extends Occurrence['kind']>(kind: Kind): Extract<Occurrence, { kind: Kind }>[] {
    return this.noted.filter(
      (one): one is Extract<Occurrence, { kind: Kind }> => one.kind === kind,
    );
  }
}

describe('what is stored of a release is counted', () => {
  it('through each phase to its end', async () => {
    const workshop = await aWorkshop({ steps: [pause] });
    const worker = new MeteredWorker(workshop);
    const release = await workshop.started();
    await worker.until(release.id);
    const moves = worker.of('moved').map(({ from, to }) => `${from} → ${to}`);
    expect(moves).toContain('progressing → paused');
    expect(moves.at(-1)).toMatch(/→ succeeded$/);
    for (const [index, move] of moves.entries()) {
      if (index > 0) expect(move.split(' → ')[0]).toBe(moves[index - 1]?.split(' → ')[1]);
    }
  });

  it('with how long each cluster took to show a change, and to give it back', async () => {
    const workshop = await aWorkshop({ steps: [half, pause, half] });
    const worker = new MeteredWorker(workshop);
    const release = await workshop.started();
    await worker.pass(3_000);
    const shifts = worker.of('applied');
    expect(new Set(shifts.map(({ applied }) => applied))).toEqual(new Set(['shift']));
    await worker.abort(release);
    await worker.until(release.id);
    const back = worker.of('applied').filter(({ applied }) => applied === 'rollback');
    expect(back.map(({ cluster }) => cluster).toSorted()).toEqual(['eu', 'us']);
    expect(worker.of('tookBack')).toHaveLength(1);
    for (const { ms } of [...shifts, ...back]) expect(ms).toBeGreaterThanOrEqual(0);
  });

  it('with the time that a cluster was away added to how long it took', async () => {
    const workshop = await aWorkshop({ steps: [half, pause, half] });
    const worker = new MeteredWorker(workshop);
    const release = await workshop.started();
    await worker.pass(3_000);
    const [first] = workshop.clusters.values();
    first?.become('unreachable');
    await worker.abort(release);
    await worker.pass(20_000);
    expect(worker.of('tookBack')).toEqual([]);
    first?.become('ready');
    await worker.until(release.id);
    expect(worker.of('tookBack').map(({ ms }) => ms)).toEqual([expect.any(Number)]);
    expect(worker.of('tookBack')[0]?.ms).toBeGreaterThanOrEqual(20_000);
  });
});

describe('a transaction that is taken back', () => {
  it('is not counted', async () => {
    const workshop = await aWorkshop();
    const release = await workshop.started();
    const worker = new MeteredWorker(workshop);
    const broken = worker.unitOfWork.run(async (tx) => {
      const locked = await tx.releases.lock(release.id);
      if (locked === undefined) throw new Error('it is gone');
      const event = { type: 'cancelled', because: 'x', actor: 'x', at: tx.now } as const;
      const next = { ...locked, phase: 'cancelled', revision: 2 } as const;
      await tx.releases.save({ ...next, endedAt: tx.now }, [event]);
      throw new Error('connection lost');
    });
    await expect(broken).rejects.toThrow('connection lost');
    expect(worker.noted).toEqual([]);
  });
});
