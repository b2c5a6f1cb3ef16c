type Call = (method: string, path: string, body?: unknown) => Promise<unknown>;

const cluster = (name: string, number: number) => ({
  name,
  labels: { env: 'test' },
  connection: { simulated: { seed: number } },
  metrics: { simulated: true },
});

/** Something to find: what is fuzzed with the names of nothing is answered 404 and no more. */
export async function seed(call: Call): Promise<void> {
  await call('PUT', '/clusters/eu-west', cluster('eu-west', 1));
  await call('PUT', '/clusters/us-east', cluster('us-east', 2));
  await call('POST', '/services', {
    name: 'shop/catalog',
    port: 8080,
    stable: 'v1',
    clusters: ['eu-west', 'us-east'],
  });
  await call('POST', '/strategies', {
    name: 'canary-10',
    steps: [{ setWeight: 10 }, { pause: {} }, { setWeight: 50 }],
  });
  await call('POST', '/releases', {
    service: 'shop/catalog',
    candidate: 'v2',
    strategy: 'canary-10',
  });
}
