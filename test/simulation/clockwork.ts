import { after, earliest, instant, type Instant } from '@spillway/kernel';
import { settle } from '@spillway/application/testing';
import type { Site } from './site.js';

/** More at one moment than any honest work takes. */
const livelock = 50_000;

/** How often time goes on though something could go on without it. */
const slowOnceIn = 48;

/**
 * Lets the night go on: at every moment one of all that could happen is drawn. What waits for time
 * only has it when nothing else can happen, or when an await is drawn to be slow.
 */
export class Clockwork {
  private drawn = 0;

  constructor(private readonly site: Site) {}

  /** Until something is reached, a promise is broken, or time is over. */
  async until(limit: Instant, isReached: () => boolean = () => false): Promise<boolean> {
    const { site } = this;
    for (;;) {
      await settle();
      await this.bury();
      if (site.book.broken !== undefined) return false;
      if (isReached()) return true;
      if (this.drawn > livelock) {
        site.book.break('work comes to rest', `at ${site.time.now()}`);
        return false;
      }
      const open = site.scheduler.open(site.isStopped);
      const hasJob = site.awake().length > 0 && this.isJobDue();
      const choices = open + Number(hasJob);
      if (choices === 0 || site.dice.under(slowOnceIn) === 0) {
        if (!(await this.pass(limit, choices === 0))) return false;
      } else this.goOn(open);
    }
  }

  private goOn(open: number): void {
    const { site } = this;
    this.drawn += 1;
    const drawn = site.dice.under(open + 1);
    const isJob = drawn === open && this.isJobDue() && site.awake().length > 0;
    if (isJob || open === 0) site.startJob();
    else site.scheduler.goOn(site.isStopped);
  }

  private isJobDue(): boolean {
    const at = this.site.store.jobs.nextRunAt();
    return at !== undefined && at <= this.site.time.now();
  }

  /** To the next moment at which something happens, or a part of the way. */
  private async pass(limit: Instant, isIdle: boolean): Promise<boolean> {
    const { time, store, dice, promises } = this.site;
    const now = time.now();
    if (now >= limit) return false;
    const jobAt = store.jobs.nextRunAt();
    const job = jobAt !== undefined && jobAt > now ? jobAt : undefined;
    const slow = isIdle ? undefined : after(now, 1 + dice.under(200));
    const next = earliest([job, time.nextTimer(), slow, limit]) ?? limit;
    await time.advanceTo(instant(Math.max(now, next)));
    if (time.now() > now) this.drawn = 0;
    promises.noteTime();
    return true;
  }

  /** Who died by itself is replaced. */
  private async bury(): Promise<void> {
    const { site } = this;
    const dead = site.hands.filter(({ life }) => life.hasEnded);
    for (const hand of dead) {
      site.book.say(() => `${hand.name} is gone`);
      await site.kill(hand);
      site.addWorker(0);
    }
    if (site.api.life.hasEnded) site.killApi();
  }
}
