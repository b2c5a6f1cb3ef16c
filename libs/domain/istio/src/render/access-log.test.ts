import { describe, expect, it } from '@jest/globals';
import { releaseId, type ReleaseId } from '@spillway/kernel';
import { renderTelemetry, type AccessLog } from './access-log.js';
import { aMeshService } from '../testing/index.js';

const service = aMeshService();
const release = releaseId('0f3a9c1e-5b7d-4c1a-9d53-2b8f6f0c7a11');
const log: AccessLog = {
  during: 'release',
  selector: { app: 'web' },
  side: 'both',
  provider: 'envoy',
  ownRoutes: false,
};

const filterOf = (change: Partial<AccessLog>, of: ReleaseId | undefined) =>
  renderTelemetry(service, { ...log, ...change }, of).spec.accessLogging[0]?.filter?.expression;

describe('the object that turns an access log on', () => {
  it('is one of ours beside the service, for the pods that are meant', () => {
    expect(renderTelemetry(service, log, release)).toEqual({
      apiVersion: 'telemetry.istio.io/v1',
      kind: 'Telemetry',
      metadata: {
        namespace: 'shop',
        name: 'catalog-spillway',
        labels: { 'app.kubernetes.io/managed-by': 'spillway' },
      },
      spec: {
        selector: { matchLabels: { app: 'web' } },
        accessLogging: [{ providers: [{ name: 'envoy' }], match: { mode: 'CLIENT_AND_SERVER' } }],
      },
    });
  });

  it('is where the callers are, when they are to log', () => {
    const { metadata, spec } = renderTelemetry(
      service,
      { ...log, namespace: 'web', side: 'client' },
      release,
    );
    // Another `catalog` may be called from there, too.
    expect(metadata).toMatchObject({ namespace: 'web', name: 'catalog.shop-spillway' });
    expect(spec.accessLogging[0]?.match.mode).toBe('CLIENT');
  });

  it.each([
    ['every request', {}, undefined],
    ['failures', { fromCode: 500 }, 'response.code >= 500'],
    ['the release', { ownRoutes: true }, "xds.route_name.contains('catalog.0f3a9c1e.')"],
    [
      'failures of the release',
      { fromCode: 400, ownRoutes: true },
      "response.code >= 400 && xds.route_name.contains('catalog.0f3a9c1e.')",
    ],
  ] as const)('filters for %s', (_, change, expression) => {
    expect(filterOf(change, release)).toBe(expression);
  });

  it('means every route of ours while nothing is released', () => {
    expect(filterOf({ ownRoutes: true }, undefined)).toBe("xds.route_name.contains('catalog.')");
  });
});
