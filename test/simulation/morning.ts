import { parseSplit, subsetsOf, type LiveObject } from '@spillway/domain-istio';
import { isFinal, type Release } from '@spillway/domain-release';
import { after, duration, version, type ServiceName } from '@spillway/kernel';
import { foreignRule } from './act/edit-acts.js';
import type { Night } from './night.js';

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
  for (const { service } of night.services) await mustBeRouted(night, service);
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

/** Gates are opened and approved, and what is paused or held for a word is resumed. */
function agree(night: Night): void {
  for (const { id: release, phase, service, awaiting } of night.site.promises.histories.open) {
    if (awaiting !== undefined) {
      const open = { service, gate: 'begin', state: 'open', comment: '' } as const;
      night.ask('kim', 'gate open', (api, caller) => api.setGate(open, caller));
      for (const who of people) {
        const input = { release, comment: '' };
        night.ask(who, 'approve', (api, caller) => api.approveRelease(input, caller));
      }
    }
    if (phase !== 'paused' && phase !== 'held') continue;
    const input = { release, verb: 'resume', comment: '' } as const;
    night.ask('ana', 'resume', (api, caller) => api.commandRelease(input, caller));
  }
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

/** The service's last release left each cluster with one version alone. */
async function mustBeRouted(night: Night, service: ServiceName): Promise<void> {
  const { site } = night;
  const id = await site.store.run(async (tx) => (await tx.services.get(service))?.latestRelease);
  const last = id && site.promises.histories.get(id);
  if (last?.endedAt === undefined) return;
  for (const cluster of night.clusters) {
    if ((night.edited.get(cluster) ?? 0) < last.endedAt) mustHaveWinner(night, cluster, last);
  }
}

function mustHaveWinner(night: Night, cluster: string, last: Release): void {
  const { id, phase, candidate, stable, service } = last;
  const { promises, book } = night.site;
  const { virtualService, destinationRule } = promises.watch(night.named(cluster)).objects(service);
  // A release that was taken back before it wrote a route leaves what others made of the earlier one.
  const isOthers = !promises.wasPrepared(id) && night.edited.has(cluster);
  if (isOthers && phase !== 'succeeded') return;
  const winner = phase === 'succeeded' ? candidate : stable;
  const subsets = subsetsOf({ foreign: [], ...(destinationRule && { destinationRule }) }).join();
  const found = `${splitText(virtualService)}, subsets ${subsets}`;
  const wanted = `${JSON.stringify([[winner, 10_000]])}, subsets ${winner}`;
  if (found === wanted) return;
  const detail = `${cluster}: ${service}: ${found}, instead of ${winner} alone`;
  book.break('every cluster has what the last release left', detail);
}

const splitText = (object: LiveObject | undefined): string =>
  JSON.stringify([...((object && parseSplit(object))?.shares ?? [])]);
