import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Dice } from '../../simulation/dice.js';
import { say } from '../src/say.js';
import { playAll } from './cast.js';
import { ChaosStage, workers } from './chaos-stage.js';
import { historyProblems, type EventRow } from './check-history.js';
import { ObjectCheck, type Decided } from './check-objects.js';
import type { StoredVersion } from './etcd-history.js';
import { describeAbort } from './aborts.js';
import { figuresOf } from './figures.js';
import { chaosServices, namespace } from './objects.js';
import { figuresText, publish } from './page.js';
import { chaosSettings } from './settings.js';
import { Storm } from './storm.js';
import type { Told } from './scenario.js';

const settings = chaosSettings();
const { releases, kills, seed, minutes, page } = settings;
const services = chaosServices(Math.min(40, Math.ceil(releases / 3)));
/** Everything is up again by then: what is not over is never over. */
const calm = 240_000;

const eventRows = `select events.release, events.sequence, events.event, events.hash from events
  order by events.release, events.sequence`;

describe('releases while everything around them is killed', () => {
  let stage: ChaosStage;
  beforeAll(async () => {
    stage = await ChaosStage.start(services);
  }, 1_200_000);
  afterAll(() => stage.stop(), 60_000);

  it(
    `all ${releases} end right under ${kills} signals, and nothing was ever written that was not decided`,
    async () => {
      const beganAt = Date.now();
      const { targets } = stage;
      const withinMs = minutes * 60_000 * 0.8;
      const storm = new Storm({ targets, dice: new Dice(seed), strikes: kills, withinMs });
      const deadline = () =>
        storm.endedAt === 0 ? Number.POSITIVE_INFINITY : storm.endedAt + calm;
      const [told] = await Promise.all([
        playAll({ stage, storm, services, releases, kills, seed, deadline }),
        storm.rage(),
      ]).catch(async (error: unknown) => {
        say([...(await stage.faults()), ...(await stage.queued())].join('\n'));
        throw error;
      });

      const rows = await stage.rows<EventRow>(eventRows);
      const stored = await storedVersions(told);
      const problems = [
        ...told.flatMap((one) => historyProblems(one, rowsOf(rows, one.id))),
        ...objectProblems(told, rows, stored),
      ];
      expect(problems).toEqual([]);
      const versions = stored.flat();
      const seen = {
        seed,
        kills,
        minutes,
        workers,
        beganAt,
        storm,
        told,
        rows,
        versions,
      };
      const figures = figuresOf(seen);
      for (const slow of figures.aborts.slice(-3)) say(describeAbort(slow, seen));
      say(figuresText(figures));
      if (page !== undefined) await publish(figures, page);
    },
    (minutes * 60 + 600) * 1_000,
  );

  /** By cluster; to the end, which a marker in etcd tells. */
  function storedVersions(told: readonly Told[]): Promise<readonly (readonly StoredVersion[])[]> {
    expect(told).toHaveLength(releases);
    return Promise.all(
      stage.histories.map(async (history, i) => {
        const name = 'the-end';
        const path = `/apis/networking.istio.io/v1/namespaces/${namespace}/sidecars`;
        const marker = { apiVersion: 'networking.istio.io/v1', kind: 'Sidecar' };
        await stage.clusters[i]?.admin.apply(path, { ...marker, metadata: { name, namespace } });
        return history.all((versions) => versions.some((version) => version.name === name));
      }),
    );
  }
});

const rowsOf = (rows: readonly EventRow[], id: string): readonly EventRow[] =>
  rows.filter(({ release }) => release === id);

function objectProblems(
  told: readonly Told[],
  rows: readonly EventRow[],
  stored: readonly (readonly StoredVersion[])[],
): readonly string[] {
  const decided = decisions(told, rows);
  return stored.flatMap((versions) =>
    services.flatMap((service) => {
      const check = new ObjectCheck(service, versions[0]?.cluster ?? '', (...of) =>
        decided.get(of.join()),
      );
      for (const version of versions) check.see(version);
      const [last] = told.filter((one) => one.service === service).slice(-1);
      if (last !== undefined) {
        check.checkEnd(last.phase === 'succeeded' ? last.candidate : last.stable);
      }
      return check.problems;
    }),
  );
}

/** By service, cluster and generation. */
function decisions(told: readonly Told[], rows: readonly EventRow[]): ReadonlyMap<string, Decided> {
  const found = new Map<string, Decided>();
  for (const { id, service, candidate } of told) {
    for (const { event } of rowsOf(rows, id)) {
      if (!('traffic' in event)) continue;
      const { generation, clusters } = event.traffic;
      for (const { cluster, weight } of clusters) {
        const decided = { release: id, candidate, weight: Number(weight) };
        found.set([service.name, cluster, generation].join(), decided);
      }
    }
  }
  return found;
}
