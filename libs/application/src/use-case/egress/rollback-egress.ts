import { ok, refuse } from '@spillway/kernel';
import type { UseCaseDeps } from '../deps.js';
import type { UseCases } from '../use-cases.js';
import { rememberEgress, repeatedEgress } from './repeated-egress.js';
import { policyOf, saveEgress, unknownPolicy } from './save-egress.js';

/** Needs no cluster and no metrics: it opens, and whoever asks for that has a reason. */
export const rollbackEgress =
  ({ unitOfWork }: UseCaseDeps): UseCases['rollbackEgress'] =>
  (command) =>
    unitOfWork.run(async (tx) => {
      const { namespace, actor, comment } = command;
      const known = await tx.egress.lock(namespace);
      if (known === undefined) return refuse(unknownPolicy(namespace));
      const repeated = await repeatedEgress(tx, 'rollbackEgress', command);
      if (repeated !== undefined) return repeated;
      const policy = { ...policyOf(known), mode: 'observe' } as const;
      const said = comment === '' ? '' : `: ${comment}`;
      const because = `rolled back by ${actor}${said}`;
      const record = await saveEgress(tx, known, { policy, changedBy: actor, because });
      await rememberEgress(tx, 'rollbackEgress', command, record);
      return ok(record);
    });
