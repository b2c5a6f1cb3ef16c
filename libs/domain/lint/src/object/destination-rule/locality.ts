import type { Check, Remark } from '../rule.js';
import { refused, rules, warned } from '../rule.js';
import type { Spot } from '../spot.js';
import { isLocality, localitiesOverlap } from '../syntax/locality.js';

export const localityRules = rules({
  LOCALITY_DISTRIBUTE_AND_FAILOVER: refused('Both distribute and failover are set.', {
    without: 'it is stored, and one of the two is ignored',
    next: 'Keep one of the two.',
  }),
  LOCALITY_FAILOVER_AND_PRIORITY: refused(
    'failoverPriority has a topology label, and failover is set.',
    { next: 'Keep one of the two.' },
  ),
  LOCALITY_WEIGHT_RANGE: refused('The weight of a locality is not in 1..100.', {
    next: 'Write a weight from 1 to 100; leave out localities that get nothing.',
  }),
  LOCALITY_WEIGHTS_NOT_HUNDRED: refused('The weights of localities do not sum to 100.', {
    next: 'Write weights that sum to 100; unlike those of routes they have to.',
  }),
  LOCALITY_MALFORMED: refused('A locality is not region/zone/subzone.', {
    without: 'it is stored, and fits no endpoint',
    next: 'Write region, region/zone or region/zone/subzone; a * may only be at the end.',
  }),
  LOCALITY_OVERLAP: refused('A locality overlaps with one before it.', {
    without: 'it is stored, and which of the two holds is not defined',
    next: 'Remove the wider or the narrower one.',
  }),
  FAILOVER_SAME_REGION: refused('A failover goes to the region that it comes from.', {
    without: 'it is stored, and does nothing',
    next: 'Write another region in to.',
  }),
  FAILOVER_NOT_REGION: refused('A failover names a zone, or has a wildcard.', {
    without: 'it is stored, and fits no region',
    next: 'Write regions only.',
  }),
  FAILOVER_WITHOUT_OUTLIER_DETECTION: warned('There is a failover and no outlier detection.', {
    consequence: 'Endpoints are never found unhealthy, so the failover never happens.',
    next: 'Add outlierDetection beside loadBalancer.',
  }),
});

const topology = [
  'topology.kubernetes.io/region',
  'topology.kubernetes.io/zone',
  'topology.istio.io/subzone',
];

export const locality: Check = function* (policy) {
  const setting = policy.at('loadBalancer').at('localityLbSetting');
  const distribute = setting.at('distribute').items();
  const failover = setting.at('failover').items();
  if (distribute.length > 0 && failover.length > 0) {
    yield localityRules.LOCALITY_DISTRIBUTE_AND_FAILOVER.on(setting, 'Both are set.');
    return;
  }
  const priority = setting.at('failoverPriority');
  const label = priority.texts().find(({ text }) => topology.includes(text));
  if (failover.length > 0 && label !== undefined) {
    yield localityRules.LOCALITY_FAILOVER_AND_PRIORITY.on(
      label,
      `${label.text} is a topology label.`,
    );
    return;
  }
  for (const share of distribute) yield* shares(share.at('to'));
  yield* localities(distribute.map((share) => [share.at('from').text, share.at('from')]));
  for (const pair of failover) yield* regions(pair);
  const fails = failover.length > 0 || priority.items().length > 0;
  if (fails && !policy.at('outlierDetection').isSet) {
    yield localityRules.FAILOVER_WITHOUT_OUTLIER_DETECTION.on(setting, 'Nothing finds faults.');
  }
};

function* shares(to: Spot): Iterable<Remark> {
  if (!to.isObject) return;
  const weights = to.entries().map(([, weight]) => weight);
  const bad = weights.filter(({ number = 0 }) => number < 1 || number > 100);
  for (const weight of bad) {
    yield localityRules.LOCALITY_WEIGHT_RANGE.on(
      weight,
      `Weight ${weight.number ?? 0} is not in 1..100.`,
    );
  }
  if (bad.length > 0) return;
  const total = weights.reduce((sum, { number = 0 }) => sum + number, 0);
  if (total !== 100) {
    yield localityRules.LOCALITY_WEIGHTS_NOT_HUNDRED.on(to, `The weights sum to ${total}.`);
  }
  yield* localities(to.entries());
}

/** Names of localities, each with the place where it is written. */
function* localities(named: readonly (readonly [name: string, spot: Spot])[]): Iterable<Remark> {
  const earlier: string[] = [];
  for (const [name, spot] of named) {
    const said = JSON.stringify(name);
    const other = earlier.find((each) => localitiesOverlap(each, name));
    if (!isLocality(name)) {
      yield localityRules.LOCALITY_MALFORMED.on(spot, `${said} is not region/zone/subzone.`);
    } else if (other !== undefined) {
      yield localityRules.LOCALITY_OVERLAP.on(spot, `${said} overlaps with ${other}.`);
    } else {
      earlier.push(name);
    }
  }
}

function* regions(pair: Spot): Iterable<Remark> {
  const from = pair.at('from').text;
  const to = pair.at('to').text;
  if (from === to) yield localityRules.FAILOVER_SAME_REGION.on(pair, `Both are ${from}.`);
  if (/[/*]/.test(from + to)) {
    yield localityRules.FAILOVER_NOT_REGION.on(pair, `${from} to ${to} is not between regions.`);
  }
}
