import { ms, quantile, type Extent, type Figure, type Row } from '../figure.js';
import { Stage } from '../stage.js';
import { serviceOf } from '../world/names.js';
import { bytesOfRelease, copyParts, copyReleases, copyServices } from './past-releases.js';

const wanted = 1_000_000;
const services = 1_000;
const mostMs = 20;
const asks = 200;

/** A release as they come; the stand-in for Prometheus counts a tenth of all requests for the candidate. */
const usual = {
  name: 'usual',
  steps: [{ setWeight: 10 }, { analyze: {} }],
  metrics: [
    {
      name: 'success-rate',
      query: { requestSuccessRate: {} },
      min: 95,
      interval: '1s',
      count: 10,
      minSample: 1,
    },
  ],
};

/** What a past release takes in the database, and what many of them do to those who ask. */
export const history: Row = {
  name: 'history',
  title: 'Past releases',
  run(extent, say) {
    return Stage.during({ ...extent, workers: 1 }, 1, async (stage) => {
      const model = await pastRelease(stage);
      const size = await sizeOf(stage, model);
      const count = extent.isShort ? 1_000 : wanted;
      const perRelease = await fill(stage, model, count);
      say(`  ${count} releases are there, ${perRelease.toFixed(0)} bytes each with their indexes`);
      return [size, bytesOf(count, perRelease), ...(await askAll(stage, extent, count, say))];
    });
  },
};

async function pastRelease(stage: Stage): Promise<string> {
  const service = serviceOf(0);
  const { clusters, call, world, database } = stage;
  await world.setServices(1);
  await call('POST', '/services', { name: service, port: 80, stable: 'v1', clusters });
  await call('POST', '/strategies', usual);
  const wish = { service, candidate: 'v2', strategy: usual.name };
  const { id } = (await call('POST', '/releases', wish)) as { id: string };
  const ended = 'select count(*) as n from releases where id = $1::uuid and ended_at is not null';
  await stage.until(async () => (await database.number(ended, [id])) === 1, 'the release ends');
  return id;
}

async function sizeOf({ database }: Stage, id: string): Promise<Figure> {
  const parts = await database.rows<{ table: string; rows: number; bytes: number | null }>(
    bytesOfRelease,
    [id],
  );
  const sum = (of: (part: (typeof parts)[number]) => number): number =>
    parts.reduce((all, part) => all + of(part), 0);
  return {
    measure: 'rows and bytes of a release with ten looks in one cluster, without indexes',
    value: `${sum(({ rows }) => rows)} rows, ${sum(({ bytes }) => bytes ?? 0)} bytes`,
    goal: 'reported',
    note: parts.map(({ table, rows, bytes }) => `${table} ${rows} (${bytes ?? 0})`).join(', '),
  };
}

/** Fills the history, and gives what a copy takes on disk. */
async function fill({ database }: Stage, model: string, count: number): Promise<number> {
  const size = 'select pg_database_size(current_database()) as n';
  await database.pool.query(copyServices, [services]);
  const before = await database.number(size);
  const client = await database.pool.connect();
  try {
    // Foreign keys of a million rows would be looked up one by one.
    await client.query('set session_replication_role = replica');
    await client.query(copyReleases, [count, services, model]);
    for (const copy of copyParts) await client.query(copy, [model]);
    await client.query('set session_replication_role = origin');
  } finally {
    client.release();
  }
  await database.pool.query('vacuum analyze');
  return ((await database.number(size)) - before) / count;
}

const bytesOf = (count: number, each: number): Figure => ({
  measure: `disk for each of ${count} past releases (row, rollout, two events, all indexes)`,
  value: `${(each / 1_024).toFixed(1)} kB`,
  goal: 'reported',
});

const lists: Readonly<Record<string, string>> = {
  'the newest 50': '/releases?limit=50',
  'of a service': '/releases?limit=50&service=past-7/svc-7',
  'of a namespace': '/releases?limit=50&namespace=past-7',
  'that succeeded': '/releases?limit=50&phase=succeeded',
  'that wait for approval (none)': '/releases?limit=50&phase=awaitingApproval',
  'of a version': '/releases?limit=50&candidate=v77',
  'of a strategy': '/releases?limit=50&strategy=usual',
  'of a strategy that has none': '/releases?limit=50&strategy=held',
  'since ten days ago': `/releases?limit=50&since=${new Date(Date.now() - 864_000_000).toISOString()}`,
};

async function askAll(
  stage: Stage,
  { isShort }: Extent,
  count: number,
  say: (text: string) => void,
): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const [name, path] of Object.entries(lists)) {
    const p99 = await p99Of(isShort ? 5 : asks, () => stage.drain(path));
    say(`  list ${name}: p99 ${ms(p99)}`);
    figures.push({
      measure: `list of releases ${name}, p99, with ${count} past ones`,
      value: ms(p99),
      goal: `< ${mostMs} ms`,
      isMet: p99 < mostMs,
    });
  }
  const position = `select pg_snapshot_xmin(pg_current_snapshot())::text as n`;
  const after = await stage.database.number(position);
  const watch = await p99Of(asks, () =>
    stage.database.rows(
      `select events.sequence from events join releases on releases.id = events.release
       where (events.xact, events.release, events.sequence) > ($1::bigint, $2::uuid, 0)
       order by events.xact, events.release, events.sequence limit 100`,
      [after, '00000000-0000-0000-0000-000000000000'],
    ),
  );
  figures.push({
    measure: `what is new in the feed of all releases, p99, with ${count} past ones`,
    value: ms(watch),
    goal: 'reported',
  });
  return figures;
}

async function p99Of(times: number, ask: () => Promise<unknown>): Promise<number> {
  const waits: number[] = [];
  for (let n = -Math.min(10, times); n < times; n += 1) {
    const began = performance.now();
    await ask();
    // The first ones warm up.
    if (n >= 0) waits.push(performance.now() - began);
  }
  return quantile(waits, 0.99);
}
