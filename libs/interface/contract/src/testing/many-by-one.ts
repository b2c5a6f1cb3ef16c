import type { UseCases } from '@spillway/application';
import { isFinal } from '@spillway/domain-release';
import { ok, type Refusal, type Result } from '@spillway/kernel';

type Many =
  'getClusters' | 'getServices' | 'getStrategyVersions' | 'getReleases' | 'getRunningReleases';
type One = 'getCluster' | 'getService' | 'getStrategy' | 'getRelease' | 'listReleases';

/** Those that are there; another refusal than that one is not is the refusal of all. */
async function allOf<T>(
  asked: readonly Promise<Result<T, Refusal>>[],
): Promise<Result<readonly T[], Refusal>> {
  const found: T[] = [];
  for (const result of await Promise.all(asked)) {
    if (result.ok) found.push(result.value);
    else if (!result.error.code.startsWith('UNKNOWN_')) return result;
  }
  return ok(found);
}

/** The use cases that give many at once, by those that give one. */
export const manyByOne = (one: Pick<UseCases, One>): Pick<UseCases, Many> => ({
  getClusters: (names, caller) => allOf(names.map((name) => one.getCluster(name, caller))),
  getServices: (names, caller) => allOf(names.map((name) => one.getService(name, caller))),
  getStrategyVersions: (references, caller) =>
    allOf(references.map(({ name, version }) => one.getStrategy(name, version, caller))),
  getReleases: (ids, caller) => allOf(ids.map((id) => one.getRelease(id, caller))),
  getRunningReleases: async (services, caller) => {
    const all = await one.listReleases({}, { limit: 200 }, caller);
    if (!all.ok) return all;
    const running = all.value.items.filter(({ phase }) => !isFinal(phase));
    return ok(running.filter(({ service }) => services.includes(service)));
  },
});
