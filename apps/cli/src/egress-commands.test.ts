import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startRestApp, type RestApp } from './testing/spillway-server.js';
import { shellOf } from './testing/shell.js';

let app: RestApp;
const spillway = shellOf(() => app.url);
const files = {
  'egress.yaml': `kind: EgressPolicy
name: shop
clusters: [eu-west]
allow:
  - hosts: [api.stripe.com]
    ports: [{ number: 443, protocol: TLS }]
    owner: payments
    reason: Card payments
`,
};

beforeEach(async () => {
  app = await startRestApp();
  await spillway('egress apply -f egress.yaml', { files });
});
afterEach(() => app.close());

describe('egress', () => {
  it('applies policies, alone and among other documents', async () => {
    const alone = await spillway('egress apply -f egress.yaml', { files });
    const line = 'document 1: EgressPolicy shop applied as generation 2, observe\n';
    expect(alone).toEqual({ code: 0, stdout: line, stderr: '' });
    expect((await spillway('apply -f egress.yaml', { files })).code).toBe(0);
  });

  it('shows each cluster with desired and applied generation, what may be reached, and drift', async () => {
    const { code, stdout } = await spillway('egress get shop');
    expect(code).toBe(0);
    expect(stdout).toBe(
      [
        'Namespace: shop',
        'Mode:      observe',
        'Because:   ci applied it',
        'Age:       1m',
        '',
        'CLUSTER  MODE     DESIRED  APPLIED  REASON',
        'eu-west  observe  1        -',
        '',
        'ALLOWED         PORTS    OWNER     REASON',
        'api.stripe.com  443/TLS  payments  Card payments',
        '',
        'drift eu-west: Sidecar shop/spillway-egress is missing',
        '',
      ].join('\n'),
    );
  });

  it('lists policies', async () => {
    const { stdout } = await spillway('egress list');
    expect(stdout).toBe(
      [
        'NAMESPACE  MODE     CLUSTERS  ALLOWED  GENERATION  APPLIED  AGE',
        'shop       observe  eu-west   1        1           0/1      1m',
        '',
      ].join('\n'),
    );
  });

  it('reports what would be blocked, and exits 1 when there is something', async () => {
    const { code, stdout } = await spillway('egress report shop --window 6h');
    expect(code).toBe(1);
    expect(stdout).toBe(
      [
        '✘ Enforcing shop would block 1 thing that passed in 6h.',
        '',
        'eu-west: 1000 calls of the namespace measured, 1 not covered',
        'WORKLOAD  DESTINATION         PROTOCOL  CALLS  FIRST SEEN  LAST SEEN             FATE',
        'catalog   api.example.com:80  http      12     -           2026-01-05T10:00:00Z  would block',
        '',
        'us-east: noData: no proxy counted anything',
        '',
      ].join('\n'),
    );
  });

  it('enforces with a reason and rolls back with a comment', async () => {
    const enforced = await spillway('egress enforce shop --accept-blocked "CHG-1" -o json');
    expect(JSON.parse(enforced.stdout)).toMatchObject({ mode: 'enforce' });
    expect(app.useCases.commands.at(-1)).toMatchObject({ acceptBlocked: 'CHG-1' });
    const opened = await spillway('egress rollback shop --comment "pays fail" -o json');
    expect(JSON.parse(opened.stdout)).toMatchObject({ mode: 'observe' });
    expect(app.useCases.commands.at(-1)).toMatchObject({ comment: 'pays fail' });
  });

  it('says what to do where there is no policy', async () => {
    const { code, stderr } = await spillway('egress enforce other');
    expect(code).toBe(1);
    expect(stderr).toContain('There is no "other".');
  });
});
