import { ok, refuse } from '@spillway/kernel';
import { change } from '../change.js';
import type { UseCaseDeps } from '../deps.js';
import type { UseCases } from '../use-cases.js';
import { changedEgress, policyOf, saveEgress } from './save-egress.js';
import { unknownPolicy } from './unknown-policy.js';

/** Needs no cluster and no metrics: it opens, and whoever asks for that has a reason. */
export const rollbackEgress =
  (deps: UseCaseDeps): UseCases['rollbackEgress'] =>
  (command, caller) =>
    change(deps, { operation: 'rollbackEgress', input: command, caller }, async (tx) => {
      const { namespace, comment } = command;
      const { actor } = caller;
      const known = await tx.egress.lock(namespace);
      if (known === undefined) return refuse(unknownPolicy(namespace));
      const policy = { ...policyOf(known), mode: 'observe' } as const;
      const said = comment === '' ? '' : `: ${comment}`;
      const because = `rolled back by ${actor}${said}`;
      const record = await saveEgress(tx, known, { policy, changedBy: actor, because });
      return ok(changedEgress(known, record));
    });
