import { refuseStrategy } from '@spillway/domain-release';
import { ok, refuse } from '@spillway/kernel';
import type { UseCaseDeps } from './deps.js';
import { missingSource } from './missing-source.js';
import { notFound } from './not-found.js';
import { refusePatterns } from './refuse-patterns.js';
import { refuseSticky } from './refuse-sticky.js';
import type { UseCases } from './use-cases.js';

/** Makes a new version when the content is new; running releases keep the plan that they began with. */
export const putStrategy =
  ({ unitOfWork, regex }: UseCaseDeps): UseCases['putStrategy'] =>
  async (strategy) => {
    const wrong =
      refuseStrategy(strategy) ?? refuseSticky(strategy) ?? refusePatterns(strategy.steps, regex);
    if (wrong !== undefined) return refuse(wrong);
    return unitOfWork.run(async (tx) => {
      const missing = await missingSource(tx, strategy);
      return missing === undefined
        ? ok(await tx.strategies.put(strategy))
        : refuse(notFound('UNKNOWN_SOURCE', missing.source, missing.field));
    });
  };

export const getStrategy =
  ({ unitOfWork }: UseCaseDeps): UseCases['getStrategy'] =>
  async (name, version) => {
    const record = await unitOfWork.run((tx) =>
      version === undefined ? tx.strategies.get(name) : tx.strategies.getVersion(name, version),
    );
    const shown = version === undefined ? name : `${name} version ${version}`;
    return record === undefined ? refuse(notFound('UNKNOWN_STRATEGY', shown)) : ok(record);
  };

export const listStrategies =
  ({ unitOfWork }: UseCaseDeps): UseCases['listStrategies'] =>
  (page) =>
    unitOfWork.run((tx) => tx.strategies.list(page));
