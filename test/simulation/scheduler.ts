import type { Life, Turns } from '../virtual/life.js';
import type { Dice } from './dice.js';

/** Somebody who awaits things: a worker or the API. */
export interface Process {
  readonly name: string;
  readonly life: Life;
  /** As after SIGSTOP: it is there, and nothing that it awaits comes. */
  isStopped: boolean;
  /** What to do as soon as it is about to write to a cluster. */
  atNextWrite?: () => void;
}

interface Turn {
  readonly of: string;
  readonly what: string;
  readonly go: () => void;
}

/** Every await of every process ends here, and goes on when it is drawn. */
export class Scheduler {
  private turns: Turn[] = [];

  constructor(
    private readonly dice: Dice,
    private readonly hear: {
      readonly awaits: (of: string, what: string) => void;
      readonly goesOn: (of: string, what: string) => void;
    },
  ) {}

  /** For a process of this name. */
  turnsOf(name: string): Turns {
    return (what) =>
      new Promise((go) => {
        this.turns.push({ of: name, what, go });
        this.hear.awaits(name, what);
      });
  }

  /** What a dead process awaits never comes. */
  forget(name: string): void {
    this.turns = this.turns.filter(({ of }) => of !== name);
  }

  /** How many awaits of processes that run could go on. */
  open(isStopped: (name: string) => boolean): number {
    let open = 0;
    for (const { of } of this.turns) if (!isStopped(of)) open += 1;
    return open;
  }

  /** Lets one of them go on. */
  goOn(isStopped: (name: string) => boolean): void {
    const awake = this.turns.filter(({ of }) => !isStopped(of));
    const turn = this.dice.one(awake);
    this.turns.splice(this.turns.indexOf(turn), 1);
    this.hear.goesOn(turn.of, turn.what);
    turn.go();
  }
}
