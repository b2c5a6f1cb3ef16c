import { aCaller, aCluster, aService } from '@spillway/interface-rest/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startRestApp, type RestApp } from './testing/spillway-server.js';
import { shellOf } from './testing/shell.js';

let app: RestApp;
const spillway = shellOf(() => app.url);
beforeEach(async () => {
  app = await startRestApp();
});
afterEach(() => app.close());

const strategy = {
  name: 'guarded',
  waves: [{ kind: 'rest' }],
  maxUnavailableClusters: 0,
  metrics: [],
  steps: [
    { kind: 'gate', name: 'prod', approvals: { count: 2 } },
    { kind: 'gate', name: 'load', manual: 'closed' },
    { kind: 'switch' },
  ],
} as const;

async function started(): Promise<string> {
  const { useCases, uow, clusters } = app.workshop;
  await uow.run(async (tx) => {
    for (const name of clusters.keys()) await tx.clusters.put(aCluster({ name }));
    await tx.services.put(aService());
    await tx.strategies.put(strategy as unknown as Parameters<typeof tx.strategies.put>[0]);
  });
  const wanted = { service: 'shop/catalog', candidate: 'v2', strategy: 'guarded', description: '' };
  const answer = await useCases.startRelease(
    wanted as Parameters<typeof useCases.startRelease>[0],
    aCaller('anna'),
  );
  if (!answer.ok) throw new Error(answer.error.message);
  await app.workshop.pass(1_000);
  return answer.value.id;
}

describe('approvals', () => {
  it('are asked for, given and shown', async () => {
    const id = await started();
    expect((await spillway('gate waiting')).stdout).toContain(
      `${id}  shop/catalog  v1    v2  prod  0/2        anna`,
    );
    const { code, stdout } = await spillway(`release approve ${id} --comment "looks good"`);
    expect(code).toBe(0);
    expect(stdout).toMatch(/Phase:\s+Awaiting approval/);
    expect(stdout).toMatch(/Because:\s+approved by ci: looks good/);
    expect(stdout).toMatch(/Gate prod:\s+approved by ci \(wants: 2 approvals\)/);
    expect(stdout).toMatch(/Gate load:\s+wants: opened by hand/);
  });

  it('take traffic back where they are refused', async () => {
    const id = await started();
    const { stdout } = await spillway(`release reject ${id} --gate prod --comment no`);
    expect(stdout).toMatch(/Phase:\s+Rolling back/);
  });

  it('are not given unseen', async () => {
    const id = await started();
    const { code, stderr } = await spillway(`release approve ${id} --plan ${'0'.repeat(64)}`);
    expect(code).toBe(1);
    expect(stderr).toContain('approve what it is going to do now');
  });
});

describe('gate', () => {
  it('is opened and closed by hand', async () => {
    await started();
    const opened = await spillway('gate open shop/catalog load --comment "p99 is fine"');
    expect(opened.stdout).toMatch(/load\s+open\s+ci\s+\S+\s+p99 is fine/);
    await spillway('gate close shop/catalog load');
    expect((await spillway('gate list shop/catalog')).stdout).toMatch(/load\s+closed\s+ci/);
  });
});

describe('freeze', () => {
  const files = {
    'weekend.yaml': `kind: FreezeWindow
name: weekend
times:
  weekly: { days: [sat, sun], from: "00:00", to: "24:00", timeZone: Europe/Berlin }
scope: { clusters: { env: live } }
because: Nobody is there to look
`,
  };

  it('windows are applied, listed, shown and removed', async () => {
    expect((await spillway('freeze apply -f weekend.yaml', { files })).stdout).toContain('applied');
    expect((await spillway('freeze list')).stdout).toContain(
      'weekend  sat, sun 00:00 to 24:00, Europe/Berlin  clusters with env=live',
    );
    expect((await spillway('freeze get weekend')).stdout).toContain('Nobody is there to look');
    expect((await spillway('freeze remove weekend')).stdout).toBe(
      'freeze window weekend removed\n',
    );
  });

  it('is overridden with a reason only', async () => {
    const id = await started();
    expect(await spillway(`release override-freeze ${id}`)).toMatchObject({ code: 2 });
    const { code, stderr } = await spillway(`release override-freeze ${id} --reason now`);
    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining('No freeze window that is in force'),
    ]);
  });
});
