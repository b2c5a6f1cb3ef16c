import { ok, refuse } from '@spillway/kernel';
import { change } from '../change.js';
import type { UseCaseDeps } from '../deps.js';
import { notFound } from '../not-found.js';
import type { UseCases } from '../use-cases.js';

/** A gate belongs to a service: what is said of it is for every release, until somebody says otherwise. */
export const setGate =
  (deps: UseCaseDeps): UseCases['setGate'] =>
  (input, caller) =>
    change(deps, { operation: 'setGate', input, caller }, async (tx) => {
      const { service, gate } = input;
      if ((await tx.services.get(service)) === undefined) {
        return refuse(notFound('UNKNOWN_SERVICE', service));
      }
      const before = await tx.gates.lock(service, gate);
      const value = await tx.gates.put({ ...input, actor: caller.actor });
      const running = await tx.releases.running(service);
      if (running !== undefined) await tx.jobs.enqueue({ kind: 'reconcile', release: running.id });
      return ok({ value, subject: `gate ${gate} of ${service}`, before, after: value });
    });

/** Those that somebody opened or closed; others are as the strategy says. */
export const listGates =
  ({ unitOfWork }: UseCaseDeps): UseCases['listGates'] =>
  (service) =>
    unitOfWork.read(async (tx) => {
      const known = await tx.services.get(service);
      return known === undefined
        ? refuse(notFound('UNKNOWN_SERVICE', service))
        : ok(await tx.gates.ofService(service));
    });
