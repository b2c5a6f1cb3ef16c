import type { Dice } from '../../simulation/dice.js';

export type Kind = 'worker' | 'writer' | 'api' | 'postgres' | 'apiServer';

/** `kill`: SIGKILL and a new start. `stop`: SIGSTOP, and later SIGCONT. `restart`: SIGINT and a new start. */
export type Fault = 'kill' | 'stop' | 'restart';

/** Something that can be struck, and that comes back as a supervisor would bring it back. */
export interface Target {
  readonly kind: Kind;
  readonly name: string;
  isUp(): boolean;
  /** Resolves when it is of use again. */
  strike(fault: Fault, dice: Dice): Promise<void>;
}

/** In milliseconds since 1970. */
export interface Outage {
  readonly kind: Kind;
  readonly name: string;
  readonly fault: Fault;
  readonly from: number;
  readonly to: number;
}
