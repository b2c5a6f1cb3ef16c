import { describe, expect, it } from '@jest/globals';
import { createMetrics } from '@spillway/adapter-telemetry';
import { readRoot } from '../docs/pages.js';
import { alerts, familyOf, metricsIn, panels } from './observability-files.js';

const names = new Set(createMetrics('all').names());

const expressions = [
  ...alerts.map(({ alert, expr }) => ({ place: alert, expr })),
  ...panels.flatMap(({ title, targets = [] }) =>
    targets.map(({ expr }) => ({ place: title, expr })),
  ),
];

const unknown = (expr: string): readonly string[] =>
  metricsIn(expr).filter((name) => !names.has(name) && !names.has(familyOf(name)));

describe('alerts and the dashboard', () => {
  it('ask for much, and name a metric wherever they ask', () => {
    expect(expressions.length).toBeGreaterThan(50);
    expect(
      expressions.filter(({ expr }) => !/\bup\b/.test(expr) && metricsIn(expr).length === 0),
    ).toEqual([]);
  });

  it('name only metrics that there are', () => {
    const wrong = expressions.map(({ place, expr }) => ({ place, names: unknown(expr) }));
    expect(wrong.filter((one) => one.names.length > 0)).toEqual([]);
  });

  it('would be caught with a name that there is not', () => {
    expect(unknown('rate(spillway_nonsense_seconds_bucket[5m])')).toEqual([
      'spillway_nonsense_seconds_bucket',
    ]);
  });

  it('show every metric of ours somewhere', () => {
    const shown = new Set(expressions.flatMap(({ expr }) => metricsIn(expr).map(familyOf)));
    const ours = [...names].filter((name) => name.startsWith('spillway_'));
    expect(ours.filter((name) => !shown.has(name) && !shown.has(familyOf(name)))).toEqual([]);
  });
});

it('the guide lists every metric of ours, and no other', () => {
  const listed = [...readRoot('docs/guides/monitoring.md').matchAll(/^\| `(spillway_\w+)`/gm)];
  const ours = [...names].filter((name) => name.startsWith('spillway_'));
  expect(listed.map(([, name]) => name).toSorted()).toEqual(ours.toSorted());
});
