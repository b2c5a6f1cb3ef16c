import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { refusal } from '@spillway/kernel';
import { startRestApp, type RestApp } from './testing/spillway-server.js';
import { shellOf } from './testing/shell.js';

let app: RestApp;
const spillway = shellOf(() => app.url);

beforeEach(async () => {
  app = await startRestApp();
});
afterEach(() => app.close());

const command = 'release plan shop/catalog --candidate v2 --strategy canary-10';

describe('release plan', () => {
  it('shows each write with its diff, and what stands in the way', async () => {
    const { code, stdout, stderr } = await spillway(command);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toMatchInlineSnapshot(`
     "Plan 2f9d1d4e-7a53-4a3e-9f0a-6a1f6f0f4b11
     shop/catalog v1 → v2 with canary-10, version 3
     Warning: The mirror copies every method.

     eu-west  1 write
       warning SUBSET_WITHOUT_LABELS DestinationRule shop/catalog-spillway spec.subsets[0]: Subset v1 has no labels. Give it labels.
       Metric success-rate: stable shows 99.5, 100 requests/s, 0.5 % fail
         step 2, 1m: twice the errors are found within 1m in 8 % of all cases, not in 90 %
       Metric queue: stable has no data in the last 10m
       preparation: apply DestinationRule shop/catalog-spillway
         @@ -0,0 +1,18 @@
         +apiVersion: networking.istio.io/v1
         +kind: DestinationRule
         +metadata:
         +  namespace: shop
         +  name: catalog-spillway
         +  labels:
         +    app.kubernetes.io/managed-by: spillway
         +  annotations:
         +    spillway.dev/release: 0f3a9c1e-5b7d-4c1a-9d53-2b8f6f0c7a11
         +spec:
         +  host: catalog.shop.svc.cluster.local
         +  subsets:
         +    - name: v1
         +      labels:
         +        version: v1
         +    - name: v2
         +      labels:
         +        version: v2

     us-east  not seen
       Cannot be seen: connection refused

     Nothing was written. See to what stands in the way, and plan again.
     "
    `);
  });

  it('starts nothing', async () => {
    await spillway(command);
    expect(app.useCases.commands).toMatchObject([{ plan: true, candidate: 'v2' }]);
  });

  it('gives programs everything, with the manifest to the byte', async () => {
    const { stdout } = await spillway(`${command} -o json`);
    const plan = JSON.parse(stdout) as { clusters: { writes: { manifest: string }[] }[] };
    expect(plan.clusters[0]?.writes[0]?.manifest).toContain('host: catalog.shop.svc.cluster.local');
  });

  it('tells a refusal', async () => {
    app.useCases.failWith(() => refusal('SAME_VERSION', 'It serves v2 already.', 'Name another.'));
    const { code, stderr } = await spillway(command);
    expect(code).toBe(1);
    expect(stderr).toContain('It serves v2 already.');
  });

  it('lets a release begin with the id of a plan', async () => {
    const id = '2f9d1d4e-7a53-4a3e-9f0a-6a1f6f0f4b11';
    await spillway(`release create shop/catalog --candidate v2 --strategy canary-10 --id ${id}`);
    expect(app.useCases.commands).toMatchObject([{ id, candidate: 'v2' }]);
  });

  it('refuses an id that is none', async () => {
    const { code, stderr } = await spillway(
      'release create shop/catalog --candidate v2 --strategy canary-10 --id 7',
    );
    expect(code).toBe(1);
    expect(stderr).toContain('id');
  });
});
