import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startRestApp, type RestApp } from './testing/spillway-server.js';
import { shellOf } from './testing/shell.js';

let app: RestApp;
const spillway = shellOf(() => app.url);
beforeEach(async () => {
  app = await startRestApp();
});
afterEach(() => app.close());

const env = { SPILLWAY_TOKEN: 'token-of-ci' };
const create =
  'token create shop-ci --role releaser --namespace shop --namespace cart --cluster-label region=eu --expires-in 90d';

describe('token', () => {
  it('is made for a part of the world, and its text is shown this once', async () => {
    const made = await spillway(create, { env });
    expect(made.code).toBe(0);
    expect(made.stdout).toMatch(
      /^token shop-ci \(releaser in shop, cart, region=eu\)\n\n {2}spw_[\w-]{43}\n\nNothing shows it again/,
    );
    const listed = await spillway('token list', { env });
    expect(listed.stdout).toMatch(/shop-ci +spw_\S{6} +releaser in shop, cart, region=eu +never/);
    expect(listed.stdout).not.toMatch(/spw_[\w-]{43}/);
    expect((await spillway('token get shop-ci', { env })).stdout).toMatch(/Made by: ci\n/);
  });

  it('is rotated and revoked', async () => {
    await spillway(create, { env });
    expect((await spillway('token rotate shop-ci --overlap 0s', { env })).stdout).toMatch(/spw_/);
    expect(await spillway('token revoke shop-ci', { env })).toMatchObject({
      code: 0,
      stdout: 'token shop-ci revoked\n',
    });
    expect(await spillway('token revoke shop-ci', { env })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('There is no token "shop-ci".'),
    });
  });

  it('is refused with a role that there is not', async () => {
    const refused = await spillway('token create x --role root', { env });
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('grants[0].role') });
  });
});

it('applies, lists and removes members', async () => {
  const files = {
    'sre.yaml':
      'kind: Member\nname: sre\nprovider: company\nclaims: { groups: sre }\ngrants: [{ role: operator, environments: [live] }]\n',
  };
  expect((await spillway('member apply -f sre.yaml', { env, files })).stdout).toContain(
    'sre applied',
  );
  expect((await spillway('member list', { env })).stdout).toMatch(
    /sre +company +groups=sre +operator in env=live\n/,
  );
  expect((await spillway('member get sre', { env })).stdout).toMatch(/Claims: +groups=sre\n/);
  expect((await spillway('member remove sre', { env })).code).toBe(0);
});

it('lists and verifies the audit log, and fails when somebody altered it', async () => {
  await spillway(create, { env });
  const listed = await spillway('audit list --operation createToken', { env });
  expect(listed.stdout).toMatch(/1 +\S+ +ci +createToken +token shop-ci +rest /);
  expect(await spillway('audit verify', { env })).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^1 records?, each follows from those before it\n/),
  });
});

it('tells who one is, and what the roles may do', async () => {
  expect((await spillway('whoami', { env })).stdout).toBe('ci: admin\n');
  expect((await spillway('role list', { env })).stdout).toMatch(
    /createToken +- +- +- +- +yes\n[^]*getRelease +yes +yes +yes +yes +yes\n/,
  );
});
