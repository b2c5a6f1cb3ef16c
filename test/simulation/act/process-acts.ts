import { after } from '@spillway/kernel';
import { sweep } from '../../virtual/virtual-worker.js';
import type { Dice } from '../dice.js';
import type { Night } from '../night.js';
import type { Process } from '../scheduler.js';
import type { Hand } from '../site.js';

const most = 6;

const lengths = [50, 300, 1_500, 4_000, 20_000] as const;

/** As SIGSTOP and, later, SIGCONT. */
function stop(night: Night, dice: Dice): string {
  const hand = dice.one(night.site.hands);
  const length = dice.one(lengths);
  stopWorker(night, hand, length);
  return `${hand.name} is stopped for ${length} ms`;
}

/** Whatever it was about to write is old when it goes on. */
function stopAtWrite(night: Night, dice: Dice): string {
  const hand = dice.one(night.site.hands);
  const length = dice.one(lengths);
  hand.atNextWrite = () => {
    delete hand.atNextWrite;
    night.site.book.say(() => `${hand.name} stops just before a write`);
    stopWorker(night, hand, length);
  };
  return `${hand.name} is to stop for ${length} ms before it writes next`;
}

/** What it has in hand is given to others while it lies. */
function stopWorker({ site }: Night, hand: Hand, length: number): void {
  stopFor({ site }, hand, length);
  // Others take over, if there are any.
  const isAlone = site.hands.every(({ isStopped }) => isStopped);
  site.promises.returns.stop(after(site.time.now(), isAlone ? length : 0));
  if (length <= sweep) return;
  site.time.schedule(after(site.time.now(), sweep), () => {
    if (!hand.life.hasEnded) hand.worker.loseJobs();
  });
}

function stopFor({ site }: Pick<Night, 'site'>, process: Process, length: number): void {
  process.isStopped = true;
  site.time.schedule(after(site.time.now(), length), () => {
    process.isStopped = false;
    site.book.say(() => `${process.name} goes on`);
    site.promises.returns.stop(site.time.now());
  });
}

/** What happens to workers, to the API and to their connections. */
export const processActs = {
  workerKilled: ({ site }: Night, dice: Dice) => {
    const hand = dice.one(site.hands);
    const awaits = 1 + dice.under(12);
    hand.life.endAfter(awaits);
    return `${hand.name} dies ${awaits} awaits from now`;
  },
  workerStopped: stop,
  stoppedAtWrite: stopAtWrite,
  stoppedAtAnother: stopAtWrite,
  workerAdded: ({ site }: Night, dice: Dice) => {
    const skew = dice.one([-8_000, -900, 0, 700, 5_000]);
    if (site.hands.length >= most) return undefined;
    return `${site.addWorker(skew).name} begins; its clock is ${skew} ms off`;
  },
  apiKilled: ({ site }: Night, dice: Dice) => {
    const awaits = 1 + dice.under(3);
    site.api.life.endAfter(awaits);
    return `${site.api.name} dies ${awaits} awaits from now`;
  },
  jobRepeated: ({ site }: Night, dice: Dice) => {
    site.repeats += 1 + dice.under(3);
    return 'jobs that are done are delivered again';
  },
  databaseGone: ({ site }: Night, dice: Dice) => {
    const times = 1 + dice.under(5);
    if (dice.under(2) === 0) site.faults.refused += times;
    else site.faults.unanswered += times;
    return `the database fails ${times} times`;
  },
} as const;
