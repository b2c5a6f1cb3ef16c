import { describe, expect, it } from '@jest/globals';
import type { AccessLog } from '@spillway/domain-istio';
import { aService, eu, us } from '../testing/contract/index.js';
import { aCaller } from '../testing/fake/a-caller.js';
import { aWorkshop, type Workshop } from '../testing/fake/workshop.js';

const accessLog: AccessLog = {
  during: 'release',
  selector: { app: 'web' },
  side: 'both',
  provider: 'envoy',
  ownRoutes: false,
};

const put = (workshop: Workshop, change: Parameters<typeof aService>[0]) =>
  workshop.useCases.putService(aService(change), aCaller('anna'));

/** `on` or `off` for each call, in their order. */
const asked = (workshop: Workshop, cluster = eu): readonly string[] =>
  workshop
    .cluster(cluster)
    .accessLogs.map(
      ({ place, telemetry }) => `${telemetry === undefined ? 'off' : 'on'} in ${place.namespace}`,
    );

async function logging(change: Partial<AccessLog> = {}): Promise<Workshop> {
  const workshop = await aWorkshop();
  await put(workshop, { accessLog: { ...accessLog, ...change } });
  await workshop.work();
  return workshop;
}

describe('the access log of a service', () => {
  it('is on from the preparation of a release to its end, by one call each', async () => {
    const workshop = await logging();
    expect(asked(workshop)).toEqual(['off in shop']);
    const { id } = await workshop.started();
    await workshop.work();
    expect(asked(workshop)).toEqual(['off in shop', 'on in shop']);
    await workshop.useCases.commandRelease({ release: id, verb: 'abort', comment: '' }, aCaller());
    await workshop.pass(60_000);
    for (const cluster of [eu, us]) {
      expect(asked(workshop, cluster)).toEqual(['off in shop', 'on in shop', 'off in shop']);
    }
  });

  it('stays on at all times where that is asked for', async () => {
    const workshop = await logging({ during: 'always' });
    expect(asked(workshop)).toEqual(['on in shop']);
  });

  it('is left alone for a service that says nothing of it', async () => {
    const workshop = await aWorkshop();
    await workshop.started();
    await workshop.work();
    expect(asked(workshop)).toEqual([]);
  });

  it('is turned off where it was, when the setting moves or goes', async () => {
    const workshop = await logging({ during: 'always', namespace: 'web' });
    await put(workshop, { accessLog: { ...accessLog, during: 'always' } });
    await workshop.work();
    expect(asked(workshop)).toEqual(['on in web', 'off in web', 'on in shop']);
    await put(workshop, {});
    await workshop.work();
    expect(asked(workshop).at(-1)).toBe('off in shop');
  });

  it('is turned off in a cluster that the service is taken out of', async () => {
    const workshop = await logging({ during: 'always' });
    await put(workshop, { accessLog: { ...accessLog, during: 'always' }, clusters: [eu] });
    await workshop.work();
    expect(asked(workshop, us).at(-1)).toBe('off in shop');
    expect(asked(workshop, eu).at(-1)).toBe('on in shop');
  });

  it('is tried again where a cluster does not answer, and holds no release', async () => {
    const workshop = await logging();
    workshop.cluster(eu).accessLogOutcome = { kind: 'unreachable', reason: 'connection refused' };
    const { id } = await workshop.started();
    await workshop.work();
    expect((await workshop.release(id)).phase).not.toBe('held');
    expect(workshop.log).toContainEqual({
      level: 'warn',
      message: 'access log not on: connection refused',
    });
    const before = asked(workshop).length;
    await workshop.pass(5_000);
    expect(asked(workshop).length).toBe(before + 1);
  });
});
