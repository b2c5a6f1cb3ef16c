import { refuseStrategy } from '@spillway/domain-release';
import { ok, refuse } from '@spillway/kernel';
import { change } from './change.js';
import type { UseCaseDeps } from './deps.js';
import { missingSource } from './missing-source.js';
import { notFound } from './not-found.js';
import { refuseHooks } from './refuse-hooks.js';
import { refusePatterns } from './refuse-patterns.js';
import { refuseSticky } from './refuse-sticky.js';
import type { UseCases } from './use-cases.js';

/** Makes a new version when the content is new; running releases keep the plan that they began with. */
export const putStrategy =
  (deps: UseCaseDeps): UseCases['putStrategy'] =>
  async (strategy, caller) => {
    const wrong =
      refuseStrategy(strategy) ??
      refuseSticky(strategy) ??
      refusePatterns(strategy.steps, deps.regex);
    if (wrong !== undefined) return refuse(wrong);
    const wanted = { operation: 'putStrategy', input: strategy, caller } as const;
    return change(deps, wanted, async (tx) => {
      const missing = await missingSource(tx, strategy);
      if (missing !== undefined) {
        return refuse(notFound('UNKNOWN_SOURCE', missing.source, missing.field));
      }
      const refused = await refuseHooks(tx, strategy);
      if (refused !== undefined) return refuse(refused);
      const before = await tx.strategies.get(strategy.name);
      const value = await tx.strategies.put(strategy);
      return ok({ value, subject: `strategy ${strategy.name}`, before, after: value });
    });
  };

export const getStrategy =
  ({ unitOfWork }: UseCaseDeps): UseCases['getStrategy'] =>
  async (name, version) => {
    const record = await unitOfWork.read((tx) =>
      version === undefined ? tx.strategies.get(name) : tx.strategies.getVersion(name, version),
    );
    const shown = version === undefined ? name : `${name} version ${version}`;
    return record === undefined ? refuse(notFound('UNKNOWN_STRATEGY', shown)) : ok(record);
  };

export const getStrategyVersions =
  ({ unitOfWork }: UseCaseDeps): UseCases['getStrategyVersions'] =>
  async (references) =>
    ok(await unitOfWork.read((tx) => tx.strategies.getVersions(references)));

export const listStrategies =
  ({ unitOfWork }: UseCaseDeps): UseCases['listStrategies'] =>
  async (page) =>
    ok(await unitOfWork.read((tx) => tx.strategies.list(page)));
