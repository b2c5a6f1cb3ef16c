import { setTimeout as sleep } from 'node:timers/promises';
import { megabytes, percent, type Figure, type Row } from '../figure.js';
import { residentBytes } from '../process-figures.js';
import { spellOf, statementsIn, type Spell } from '../spell.js';
import { Stage } from '../stage.js';

const wanted = 10_000;
/** Of a core, of all processes of Spillway and Postgres together. */
const mostShare = 0.05;
const mostGrowth = 0.05;
/** Starting leaves some work behind: code to compile, garbage to collect. */
const settleMs = 15_000;

/** Services that nobody releases. */
export const idle: Row = {
  name: 'idle',
  title: 'Idle services',
  run(extent, say) {
    const services = extent.isShort ? 100 : wanted;
    return Stage.during({ ...extent, workers: 1 }, 1, async (stage) => {
      await stage.call('POST', '/services', aService(stage.clusters));
      await stage.database.pool.query(copies, [services]);
      await sleep(extent.isShort ? 0 : settleMs);
      const bytes = (): number =>
        [...stage.workers, stage.api].reduce((sum, { pid }) => sum + residentBytes(pid), 0);
      const before = bytes();
      const spell = await spellOf(stage, extent.isShort ? 2 : 60);
      const growth = bytes() / before - 1;
      const figures = figuresOf(services, spell, { before, growth });
      for (const { measure, value } of figures) say(`  ${measure}: ${value}`);
      return figures;
    });
  },
};

const aService = (clusters: readonly string[]) => ({
  name: 'idle/svc-0',
  port: 80,
  stable: 'v1',
  clusters,
});

const copies = `
  with made as (
    insert into services (name, host, port, version_label, settings, stable, generation,
      created_at, updated_at)
    select 'idle/svc-' || n, 'svc-' || n || '.idle.svc.cluster.local', port, version_label,
      settings, stable, generation, created_at, updated_at
    from services, generate_series(1, $1::int - 1) n where name = 'idle/svc-0'
    returning name)
  insert into service_clusters (service, cluster, position)
  select made.name, one.cluster, one.position
  from made, service_clusters one where one.service = 'idle/svc-0'`;

function figuresOf(
  services: number,
  spell: Spell,
  { before, growth }: { readonly before: number; readonly growth: number },
): readonly Figure[] {
  const { cpu, seconds, calls } = spell;
  const share = (cpu.workers + cpu.api + cpu.database) / 1_000 / seconds;
  const jobs = spell.lateness.reduce((sum, one) => sum + one.jobs, 0);
  const about = `${services} idle services, ${seconds.toFixed(0)} s`;
  return [
    {
      measure: `${about}: processor`,
      value: `${percent(share)} of a core`,
      goal: `≈ 0 (< ${percent(mostShare)})`,
      isMet: share < mostShare,
      note: `worker ${percent(cpu.workers / 1_000 / seconds)}, API ${percent(cpu.api / 1_000 / seconds)}, Postgres ${percent(cpu.database / 1_000 / seconds)}`,
    },
    { measure: `${about}: jobs`, value: `${jobs}`, goal: '0', isMet: jobs === 0 },
    {
      measure: `${about}: statements`,
      value: `${(statementsIn(spell) / seconds).toFixed(1)} a second`,
      goal: 'reported',
      note: 'workers that ask for due jobs, for abandoned ones and after writers; as many whatever the number of services',
    },
    {
      measure: `${about}: memory`,
      value: `${growth < 0 ? '' : '+'}${percent(growth)}`,
      goal: `flat (< ${percent(mostGrowth)})`,
      isMet: growth < mostGrowth,
      note: `${megabytes(before)} before, worker and API together`,
    },
    {
      measure: `${about}: Kubernetes calls`,
      value: `${calls.reads + calls.writes}`,
      goal: '0',
      isMet: calls.reads + calls.writes === 0,
      note: 'counted at the server',
    },
  ];
}
