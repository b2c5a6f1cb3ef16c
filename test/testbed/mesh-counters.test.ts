import { expect, test } from '@jest/globals';
import { MeshCounters } from './src/mesh-counters.js';
import { exposition } from './src/mesh-exposition.js';

const catalog = { namespace: 'shop', name: 'catalog' };

function canary(rps: number): MeshCounters {
  const counters = new MeshCounters(catalog, rps, 0);
  counters.setSplit([
    { version: 'v1', part: 0.9 },
    { version: 'v2', part: 0.1 },
  ]);
  return counters;
}

test('counts are exact, however often they are looked at', () => {
  const counters = canary(97);
  counters.setBehaviour('v2', { errorRate: 0.05 });
  for (let now = 0; now <= 200_000; now += 137) counters.advance(now);
  counters.advance(200_000);
  expect(counters.requests('v1')).toEqual({ total: 17_460, errors: 0 });
  expect(counters.requests('v2')).toEqual({ total: 1_940, errors: 97 });
});

test('a change of rate, split or behaviour leaves what was counted', () => {
  const counters = canary(100);
  counters.advance(10_000);
  counters.setRps(200);
  counters.setSplit([{ version: 'v1', part: 1 }]);
  counters.setBehaviour('v1', { errorRate: 1 });
  counters.advance(20_000);
  expect(counters.requests('v1')).toEqual({ total: 2_900, errors: 2_000 });
  expect(counters.requests('v2')).toEqual({ total: 100, errors: 0 });
});

test('what proxies answer by themselves belongs to no version and no server saw it', () => {
  const counters = new MeshCounters(catalog, 10, 0);
  counters.setSplit([{ failure: 'NC', part: 1 }]);
  counters.advance(1_000);
  const text = exposition([counters]);
  expect(counters.requests('unknown')).toEqual({ total: 10, errors: 10 });
  expect(text).toContain('response_code="503"');
  expect(text).toContain('response_flags="NC"');
  expect(text).not.toContain('reporter="destination"');
});

test('speaks as Istio’s proxies do', () => {
  const counters = new MeshCounters(catalog, 10, 0);
  counters.setSplit([{ version: 'v1', part: 1 }]);
  counters.setBehaviour('v1', { latencyMs: 30 });
  expect(exposition([counters])).not.toContain('{');
  counters.advance(1_000);
  const labels =
    'reporter="source",destination_service="catalog.shop.svc.cluster.local",destination_service_name="catalog",' +
    'destination_service_namespace="shop",destination_workload="catalog-v1",destination_workload_namespace="shop",' +
    'destination_version="v1",destination_canonical_revision="v1",request_protocol="http",response_code="200",' +
    'grpc_response_status="",response_flags="-"';
  const lines = exposition([counters]).split('\n');
  expect(lines).toEqual(
    expect.arrayContaining([
      `istio_requests_total{${labels}} 10`,
      `istio_request_duration_milliseconds_bucket{${labels},le="25"} 0`,
      `istio_request_duration_milliseconds_bucket{${labels},le="50"} 10`,
      `istio_request_duration_milliseconds_bucket{${labels},le="+Inf"} 10`,
      `istio_request_duration_milliseconds_sum{${labels}} 300`,
      `istio_request_duration_milliseconds_count{${labels}} 10`,
    ]),
  );
});
