type Call = (method: string, path: string, body?: unknown) => Promise<unknown>;

export const services = 200;
export const clusters = ['eu-west', 'us-east', 'ap-south'];

/** Three clusters, and a release of each of 200 services. Gives the id of one. */
export async function seed(call: Call): Promise<string> {
  for (const [index, name] of clusters.entries()) {
    const connection = { simulated: { seed: index + 1 } };
    const labels = { region: name };
    await call('PUT', `/clusters/${name}`, {
      name,
      labels,
      connection,
      metrics: { simulated: true },
    });
  }
  const steps = [5, 10, 25, 50].flatMap((setWeight) => [{ setWeight }, { bake: '5m' }]);
  for (const name of ['canary', 'other']) await call('POST', '/strategies', { name, steps });
  let first = '';
  for (let index = services - 1; index >= 0; index -= 1) {
    const name = `shop/service-${index}`;
    await call('POST', '/services', { name, port: 8080, stable: 'v1', clusters });
    const release = { service: name, candidate: 'v2', strategy: 'canary', description: 'Faster' };
    ({ id: first } = (await call('POST', '/releases', release)) as { id: string });
  }
  return first;
}
