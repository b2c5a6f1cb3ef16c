import { aCaller } from '@spillway/application/testing';
import {
  gatesOf,
  isFinal,
  type Release,
  type ReleaseEvent,
  type StepTemplate,
} from '@spillway/domain-release';
import {
  after,
  instant,
  serviceName,
  strategyName,
  version,
  type ReleaseId,
} from '@spillway/kernel';
import { expect } from '@jest/globals';
import { at, canary } from '../story/strategies.js';
import { VirtualEngine, must } from '../virtual/virtual-engine.js';
import { Dice } from './dice.js';
import { faults, heal } from './faults.js';
import { ClusterWatch, checkHistory } from './invariants.js';

const clusters = ['eu-west', 'us-east'];
const service = serviceName('shop/catalog');
const people = ['ben', 'eve', 'kim'];
const steps: readonly StepTemplate[] = [
  { kind: 'gate', name: 'begin', manual: 'closed' },
  at(10),
  { kind: 'gate', name: 'two', approvals: { count: 2, selfApproval: false } },
  at(50),
];

interface Frozen {
  readonly from: number;
  readonly to: number;
}

/** A release whose gates people pass, or not, through a night of faults and freezes. The same seed is the same night. */
export async function liveThroughGates(seed: number): Promise<Release['phase']> {
  const dice = new Dice(seed);
  const engine = new VirtualEngine(() => undefined);
  if (dice.under(2) === 1) engine.addWorker();
  await engine.given(clusters, canary({ metrics: [], steps }));
  const watches = clusters.map((cluster) => new ClusterWatch(engine.mesh(cluster)));
  const wanted = { candidate: version('v2'), strategy: strategyName('canary'), description: '' };
  const { id } = must(await engine.useCases.startRelease({ service, ...wanted }, aCaller('ana')));
  const frozen: Frozen[] = [];
  for (let i = 0; i < 20; i += 1) {
    await engine.until(after(engine.time.now(), dice.under(6_000)), () => Promise.resolve(false));
    const name = dice.one(Object.keys(faults));
    await faults[name]?.(engine, dice, engine.mesh(dice.one(clusters)), id);
    await somebodyActs(engine, dice, id, frozen);
    await checkNow(engine, id, watches, frozen);
  }
  heal(engine, clusters);
  const release = await everybodyAgrees(engine, id);
  await checkNow(engine, id, watches, frozen);
  return release.phase;
}

async function somebodyActs(
  engine: VirtualEngine,
  dice: Dice,
  id: ReleaseId,
  frozen: Frozen[],
): Promise<void> {
  const { useCases } = engine;
  const caller = aCaller(dice.one(people));
  const act = dice.under(8);
  if (act === 0) await openGate(engine, dice.under(2) === 1);
  if (act === 1) await useCases.approveRelease({ release: id, comment: '' }, caller);
  if (act === 2) {
    const verb = dice.one(['promote', 'restart'] as const);
    await useCases.commandRelease({ release: id, verb, comment: 'now' }, caller);
  }
  if (act === 3) await freeze(engine, dice.under(10_000), frozen);
}

const openGate = (engine: VirtualEngine, isOpen: boolean) =>
  engine.useCases.setGate(
    { service, gate: 'begin', state: isOpen ? 'open' : 'closed', comment: '' },
    aCaller('kim'),
  );

async function freeze(engine: VirtualEngine, length: number, frozen: Frozen[]): Promise<void> {
  const from = engine.time.now();
  const to = after(from, length + 1);
  const times = { kind: 'once', from: instant(from - 1), to } as const;
  const window = { name: `window-${frozen.length}`, times, scope: {}, because: '' };
  must(await engine.useCases.putFreezeWindow(window, aCaller('kim')));
  frozen.push({ from, to });
}

/** Gates are opened and approved, and what is paused is resumed, until it is over. */
async function everybodyAgrees(engine: VirtualEngine, id: ReleaseId): Promise<Release> {
  for (let rounds = 0; rounds < 200; rounds += 1) {
    await engine.until(after(engine.time.now(), 30_000), () => Promise.resolve(false));
    const { phase } = await engine.state(id);
    if (isFinal(phase)) break;
    await openGate(engine, true);
    for (const by of people) {
      await engine.useCases.approveRelease({ release: id, comment: '' }, aCaller(by));
    }
    if (phase !== 'paused' && phase !== 'held') continue;
    const resume = { release: id, verb: 'resume', comment: '' } as const;
    await engine.useCases.commandRelease(resume, aCaller('ana'));
  }
  const release = await engine.state(id);
  expect(isFinal(release.phase)).toBe(true);
  return release;
}

async function checkNow(
  engine: VirtualEngine,
  id: ReleaseId,
  watches: readonly ClusterWatch[],
  frozen: readonly Frozen[],
): Promise<void> {
  expect(watches.flatMap(({ broken }) => broken)).toEqual([]);
  const events = await engine.store.run(async (tx) =>
    (await tx.releases.events(id, 0, 10_000)).map(({ event }) => event),
  );
  const release = await engine.state(id);
  checkHistory(release, events);
  checkGates(events);
  const rises = events.filter(({ type }) => type === 'trafficShifted');
  const inFreeze = rises.filter(({ at: when }) =>
    frozen.some(({ from, to }) => from < when && when < to),
  );
  expect(inFreeze).toEqual([]);
}

/** Whatever gave the candidate more came after every gate in front of its step had let that plan pass. */
function checkGates(events: readonly ReleaseEvent[]): void {
  let gates: ReturnType<typeof gatesOf> = [];
  let reached = 0;
  const passed = new Set<string>();
  for (const [i, event] of events.entries()) {
    if (event.type === 'created') gates = gatesOf(event.plan);
    if (event.type === 'strategyChanged') {
      gates = gatesOf(event.plan.to);
      passed.clear();
    }
    if (event.type === 'gatePassed') {
      if (event.gate === 'two') expect(yesBefore(events.slice(0, i), event)).toBeGreaterThan(1);
      passed.add(keyOf(event));
    }
    reached = reachedBy(event) ?? reached;
    if (event.type !== 'trafficShifted') continue;
    const inFront = gates.filter(({ index }) => index < reached);
    expect(inFront.filter((one) => !passed.has(keyOf(one)))).toEqual([]);
  }
}

const keyOf = ({ gate, wave }: { readonly gate: string; readonly wave: number }): string =>
  `${gate} ${wave}`;

function reachedBy(event: ReleaseEvent): number | undefined {
  if (event.type === 'promotionStarted') return Infinity;
  if (event.type === 'strategyChanged') return event.index ?? 0;
  return event.type === 'stepStarted' || event.type === 'wentBack' ? event.index : undefined;
}

/** How many people said yes to this plan at this gate. */
function yesBefore(
  events: readonly ReleaseEvent[],
  { plan, ...place }: Extract<ReleaseEvent, { type: 'gatePassed' }>,
): number {
  const yes = events.filter(
    (event) => event.type === 'approved' && event.plan === plan && keyOf(event) === keyOf(place),
  );
  return new Set(yes.map(({ actor }) => actor)).size;
}
