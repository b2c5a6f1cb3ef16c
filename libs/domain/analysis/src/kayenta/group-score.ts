import type { KayentaClass } from './evidence.js';

/** A metric as the scorer sees it. */
export interface ScoredResult {
  readonly name: string;
  readonly groups: readonly string[];
  readonly class: KayentaClass;
  readonly critical: boolean;
  readonly muted: boolean;
}

export interface KayentaGroupScore {
  readonly name: string;
  /** 100 · Pass / (Pass + High + Low + NodataFailMetric); 100 where that is 0 / 0. */
  readonly score: number;
  readonly noData: boolean;
  /** Percent. */
  readonly weight: number;
  readonly metrics: number;
  readonly passed: number;
  /** Metrics that count: all but `Nodata` and `Error`. */
  readonly counted: number;
}

const uncounted: readonly KayentaClass[] = ['Nodata', 'Error'];

/** In the order in which groups first occur. Weights of groups that do not occur are lost. */
export function scoreGroups(
  results: readonly ScoredResult[],
  groupWeights: Readonly<Record<string, number>>,
): readonly KayentaGroupScore[] {
  const names = [...new Set(results.flatMap(({ groups }) => groups))];
  const given = Object.values(groupWeights).reduce((sum, weight) => sum + weight, 0);
  const unweighted = names.filter((name) => !Object.hasOwn(groupWeights, name)).length;
  return names.map((name) => {
    const inGroup = results.flatMap(({ groups, ...result }) =>
      groups.filter((group) => group === name).map(() => result.class),
    );
    const passed = inGroup.filter((of) => of === 'Pass').length;
    const counted = inGroup.filter((of) => !uncounted.includes(of)).length;
    return {
      name,
      score: counted === 0 ? 100 : (passed / counted) * 100,
      noData: counted === 0,
      weight: groupWeights[name] ?? (100 - given) / unweighted,
      metrics: inGroup.length,
      passed,
      counted,
    };
  });
}

/** Half up in decimal, as `33.335` is written and not as it is stored. */
export function roundToCents(value: number): number {
  const [digits = '0', exponent = '0'] = String(Math.abs(value)).split('e');
  const cents = Math.round(Number(`${digits}e${Number(exponent) + 2}`));
  return (Math.sign(value) * cents) / 100;
}
