import { parseSplit } from '@spillway/domain-istio';
import { clusterName, instant, version } from '@spillway/kernel';
import { describe, expect, it } from '@jest/globals';
import { deployPlayground, playgroundDeployment } from './playground.js';
import { SimulatedWorld } from './simulated-world.js';
import { VirtualClock } from '@spillway/application/testing';

const { service } = playgroundDeployment;

describe('the playground', () => {
  it('sends all requests to the stable version and none to the bad ones that are deployed', async () => {
    const start = instant(1_700_000_000_000);
    const time = new VirtualClock(start);
    const world = new SimulatedWorld({ clock: time, timers: time });
    deployPlayground(world.mesh(clusterName('eu'), 1));
    await time.advance(60_000);
    const mesh = world.mesh(clusterName('eu'), 1);
    const { versions, lost } = mesh.requests(service, start, time.now());
    expect([...versions.keys()]).toEqual([version('v1')]);
    expect(versions.get(version('v1'))?.requests).toBeGreaterThan(5_500);
    expect(lost).toEqual({ NC: 0, UH: 0, NR: 0 });
    expect(mesh.readyEndpoints(service.host).get(version('v3'))).toBe(3);
  });

  it('keeps routing that somebody has written before', () => {
    const time = new VirtualClock(instant(0));
    const mesh = new SimulatedWorld({ clock: time, timers: time }).mesh(clusterName('eu'), 1);
    deployPlayground(mesh);
    const before = mesh.objects();
    deployPlayground(mesh, { ...playgroundDeployment, stable: version('v2') });
    expect(mesh.objects()).toEqual(before);
    const virtualService = before.find(({ kind }) => kind === 'VirtualService');
    if (virtualService === undefined) throw new Error('no VirtualService');
    expect(parseSplit(virtualService)?.generation).toBe(0);
  });
});
