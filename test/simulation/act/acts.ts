import type { Dice } from '../dice.js';
import type { Night } from '../night.js';
import { clusterActs } from './cluster-acts.js';
import { editActs } from './edit-acts.js';
import { egressActs } from './egress-acts.js';
import { fleetActs } from './fleet-acts.js';
import { measureActs } from './measure-acts.js';
import { peopleActs } from './people-acts.js';
import { processActs } from './process-acts.js';

/** Does one thing, of which the dice say what exactly, and gives it in words; nothing where it makes no sense now. */
export type Act = (night: Night, dice: Dice) => string | undefined;

const acts = {
  ...peopleActs,
  ...fleetActs,
  ...egressActs,
  ...processActs,
  ...clusterActs,
  ...editActs,
  ...measureActs,
} as const satisfies Readonly<Record<string, Act>>;

export type ActKind = keyof typeof acts;

export const kinds = Object.keys(acts) as readonly ActKind[];

export const actOf = (kind: ActKind): Act => acts[kind];

/** What people do counts as a command; everything else as a fault. */
export const isCommand = (kind: ActKind): boolean => kind in peopleActs || kind in fleetActs;

/** Who works at all, and not what they work on. */
export const isOfProcesses = (kind: ActKind): boolean => kind in processActs;
