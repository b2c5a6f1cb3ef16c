import { createNotifier } from '@spillway/adapter-notify';
import { GuardedCalls, guardedDial, readPolicy } from '@spillway/adapter-outgoing';
import type { Notifier, UnitOfWork } from '@spillway/application';
import { secretName } from '@spillway/kernel';
import type { Config } from '../config/load-config.js';

/** The ways to addresses that users write, all behind one guard. */
export interface Outside {
  readonly outgoing: GuardedCalls;
  readonly notifier: Notifier;
}

/** Secrets are opened anew for every notification, so that one that was replaced is used at the next. */
export function openOutside({ outgoingAllow, publicUrl }: Config, unitOfWork: UnitOfWork): Outside {
  const policy = readPolicy('nothingPrivate', outgoingAllow);
  const outgoing = new GuardedCalls({ policy });
  const notifier = createNotifier({
    outgoing,
    openSecret: (name) => unitOfWork.run((tx) => tx.secrets.open(secretName(name))),
    dial: guardedDial(policy),
    ...(publicUrl === undefined ? {} : { publicUrl }),
  });
  return { outgoing, notifier };
}
