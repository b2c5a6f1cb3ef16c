import type { StrategyDraft } from '@spillway/domain-release';
import { clusterName } from '@spillway/kernel';
import { percent, seconds } from '../story/strategies.js';
import type { Dice } from './dice.js';

type Scope = Partial<
  Pick<StrategyDraft, 'waves' | 'limits' | 'rollBack' | 'overrides' | 'maxUnavailableShare'>
>;

/** How a strategy takes many clusters: how many at once, how far by itself, and what it takes back. */
export function someScope(dice: Dice): Scope {
  const [atOnce, most] = [dice.one([25, 50]), dice.one([25, 50, 60])];
  const isBaked = dice.under(2) === 0;
  const parts: readonly Scope[] = [
    {
      waves: [
        {
          kind: 'rest',
          atOnce: { share: percent(atOnce) },
          ...(isBaked && { bakeAfter: seconds(5) }),
        },
      ],
    },
    { limits: dice.under(2) === 0 ? { clusters: percent(most) } : { traffic: percent(most) } },
    { rollBack: 'wave' },
    { maxUnavailableShare: percent(50) },
    {
      overrides: [
        {
          kind: 'names',
          names: [clusterName('eu-west')],
          pace: 2,
          bounds: [{ metric: 'success-rate', min: 85 }],
        },
      ],
    },
  ];
  return Object.assign({}, ...parts.filter(() => dice.under(4) === 0)) as Scope;
}
