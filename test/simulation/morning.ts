import { releaseAnnotation } from '@spillway/domain-istio';
import { isFinal, type Release } from '@spillway/domain-release';
import { after, duration, splitServiceName, version } from '@spillway/kernel';
import { foreignRule } from './act/edit-acts.js';
import { mustReachOnly } from './egress-left.js';
import { mustBeRouted } from './left-behind.js';
import type { Night } from './night.js';
import { peoples } from './owned.js';

const rounds = 240;
const people = ['ben', 'eve', 'kim'] as const;

/** The night is over: everything works, so every release comes to its end, and every cluster to what it leaves. */
export async function toTheMorning(night: Night): Promise<void> {
  const { site, clock } = night;
  const { histories } = site.promises;
  heal(night);
  for (let round = 0; round < rounds && histories.open.length > 0; round += 1) {
    if (site.book.broken !== undefined) return;
    await clock.until(after(site.time.now(), 30_000), () => histories.open.length === 0);
    agree(night);
  }
  await clock.until(after(site.time.now(), 600_000));
  if (site.book.broken !== undefined) return;
  mustHaveEnded(night);
  histories.mustReplay();
  await mustReachOnly(night);
  for (const service of night.services) await mustBeRouted(night, service);
}

function heal(night: Night): void {
  const { site } = night;
  site.book.say(() => 'the night is over, everything works again');
  for (const cluster of night.clusters) {
    const mesh = site.mesh(cluster);
    mesh.up();
    mesh.slow(0);
    mesh.lagWatches(duration(5));
    mesh.metricsUp();
    site.metrics.be(cluster, 'honest');
    mesh.proxiesObey();
    site.fleet(cluster).behind();
    for (const service of night.services) {
      mesh.setRequestRate(service, 100);
      mesh.setVersion(service, version('v2'), { readyEndpoints: 3 });
      const { host } = service;
      const name = service.service.slice(service.service.indexOf('/') + 1);
      const rule = foreignRule({ name, host });
      if (mesh.apiServer.find(rule) !== undefined) mesh.remove(rule);
    }
    night.over(cluster, 'unreachable', 'slow', 'lagging');
  }
  Object.assign(site.faults, { refused: 0, unanswered: 0 });
  site.repeats = 0;
  site.outside.heal();
}

/** Gates are opened and approved, and what waits for a word gets it. */
function agree(night: Night): void {
  for (const open of night.site.promises.histories.open) {
    const { id: release, phase, held, service, awaiting } = open;
    if (held?.reason.kind === 'foreignRouting') mendRoutes(night, open);
    if (awaiting !== undefined) {
      const gate = { service, gate: 'begin', state: 'open', comment: '' } as const;
      night.ask('kim', 'gate open', (api, caller) => api.setGate(gate, caller));
      for (const who of people) {
        const input = { release, comment: '' };
        night.ask(who, 'approve', (api, caller) => api.approveRelease(input, caller));
      }
    }
    if (phase !== 'paused' && phase !== 'held') continue;
    const verb = wordFor(night, open);
    const input = { release, verb, comment: '' } as const;
    night.ask('ana', verb, (api, caller) => api.commandRelease(input, caller));
  }
}

/** People whose own route has missed a promotion, as in a cluster that was lost then, set it right. */
function mendRoutes(night: Night, { service, stable, plan }: Release): void {
  const key = peoples(splitServiceName(service).name);
  for (const cluster of plan.waves.flat()) {
    const mesh = night.site.mesh(cluster);
    const found = mesh.apiServer.find(key);
    const text = JSON.stringify(found?.spec ?? '');
    const mended = text.replace(/"subset":"[^"]+"/, `"subset":"${stable}"`);
    if (mended === text || found?.metadata.annotations[releaseAnnotation] !== undefined) continue;
    mesh.editByHand(key, () => JSON.parse(mended) as unknown);
    night.fault(cluster);
  }
}

/** Of a wave that fails again and again nobody expects anything any more. */
function wordFor({ site }: Night, { id, held }: Release): 'abort' | 'promote' | 'resume' {
  const events = site.promises.histories.eventsOf(id);
  if (events.filter(({ type }) => type === 'waveTakenBack').length > 1) return 'abort';
  return held?.reason.kind === 'limitReached' ? 'promote' : 'resume';
}

function mustHaveEnded({ site }: Night): void {
  for (const release of site.promises.histories.all) {
    const { id, phase, because } = release;
    if (!isFinal(phase)) {
      const detail = `${id} is ${phase}: ${because}`;
      site.book.break('once faults stop every release ends', detail);
    }
    if (phase === 'succeeded') mustBeJudged(site, release);
  }
}

/** What everybody decided to be good by people's word is people's business. */
const words = new Set([
  'promotionStarted',
  'stepSkipped',
  'stepCompleted',
  'wentAhead',
  'strategyChanged',
  'bakeWaived',
]);

function mustBeJudged(
  { promises, metrics, book }: Night['site'],
  { id, candidate }: Release,
): void {
  if (candidate !== version('v4') || metrics.wereWrong) return;
  const isByWord = promises.histories
    .eventsOf(id)
    .some(({ type, actor }) => actor !== 'spillway' && words.has(type));
  if (!isByWord) book.break('a version that fails requests is not promoted', id);
}
