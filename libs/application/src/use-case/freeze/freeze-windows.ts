import { refuseWindow } from '@spillway/domain-freeze';
import { ok, refuse } from '@spillway/kernel';
import { change } from '../change.js';
import type { UseCaseDeps } from '../deps.js';
import { notFound } from '../not-found.js';
import type { UseCases } from '../use-cases.js';

/** In force from now on for every release, also for those that run; the next decision of each asks it. */
export const putFreezeWindow =
  (deps: UseCaseDeps): UseCases['putFreezeWindow'] =>
  async (window, caller) => {
    const wrong = refuseWindow(window);
    if (wrong !== undefined) return refuse(wrong);
    return change(deps, { operation: 'putFreezeWindow', input: window, caller }, async (tx) => {
      const before = await tx.freezeWindows.lock(window.name);
      const value = await tx.freezeWindows.put(window);
      return ok({ value, subject: `freeze window ${window.name}`, before, after: value });
    });
  };

export const getFreezeWindow =
  ({ unitOfWork }: UseCaseDeps): UseCases['getFreezeWindow'] =>
  async (name) => {
    const record = await unitOfWork.read((tx) => tx.freezeWindows.get(name));
    return record === undefined ? refuse(notFound('UNKNOWN_FREEZE_WINDOW', name)) : ok(record);
  };

export const listFreezeWindows =
  ({ unitOfWork }: UseCaseDeps): UseCases['listFreezeWindows'] =>
  async (page) =>
    ok(await unitOfWork.read((tx) => tx.freezeWindows.list(page)));

/** Releases that it held go on with their next look, a few seconds later. */
export const removeFreezeWindow =
  (deps: UseCaseDeps): UseCases['removeFreezeWindow'] =>
  (name, caller) =>
    change(deps, { operation: 'removeFreezeWindow', input: name, caller }, async (tx) => {
      const before = await tx.freezeWindows.lock(name);
      if (before === undefined) return refuse(notFound('UNKNOWN_FREEZE_WINDOW', name));
      await tx.freezeWindows.remove(name);
      return ok({ value: undefined, subject: `freeze window ${name}`, before });
    });
