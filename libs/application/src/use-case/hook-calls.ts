import { ok, refuse } from '@spillway/kernel';
import type { UseCaseDeps } from './deps.js';
import { notFound } from './not-found.js';
import type { UseCases } from './use-cases.js';

export const listHookCalls =
  ({ unitOfWork }: UseCaseDeps): UseCases['listHookCalls'] =>
  (id, { filter, page }) =>
    unitOfWork.read(async (tx) => {
      const release = await tx.releases.get(id);
      if (release === undefined) return refuse(notFound('UNKNOWN_RELEASE', id));
      return ok(await tx.hookCalls.list(id, filter, page));
    });
