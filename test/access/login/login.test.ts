import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { createJwtProviders } from '@spillway/adapter-identity';
import { createAuthenticator } from '@spillway/application';
import { aCaller, Workshop } from '@spillway/application/testing';
import { main } from '@spillway/cli';
import { FakeIo } from '@spillway/cli/testing';
import { startRestApp, type RestApp } from '@spillway/interface-rest/testing';
import { instant, memberName } from '@spillway/kernel';
import { LoginIssuer } from './login-issuer.js';

let issuer: LoginIssuer;
let workshop: Workshop;
let app: RestApp;

beforeEach(async () => {
  issuer = await LoginIssuer.start();
  workshop = new Workshop();
  const clock = { now: () => instant(Date.now()) };
  const { url } = issuer;
  const provider = { name: 'company', issuer: url, audience: 'spillway-cli', actorClaim: 'email' };
  app = await startRestApp({
    replace: {
      useCases: workshop.useCases,
      authenticate: createAuthenticator({
        unitOfWork: workshop.uow,
        feed: workshop.uow.accessFeed,
        clock,
        providers: createJwtProviders({
          providers: [provider],
          clock,
          logger: { warn: () => undefined },
        }),
      }),
      loginProviders: [{ name: 'company', issuer: url, clientId: 'spillway-cli' }],
    },
  });
  const sre = {
    name: memberName('sre'),
    provider: 'company',
    claims: { groups: 'sre' },
    grants: [{ role: 'operator' }],
  } as const;
  await workshop.useCases.putMember(sre, aCaller());
});
afterEach(async () => {
  await app.close();
  await issuer.close();
});

/** The browser of somebody who is logged in at the company goes wherever it is sent. */
class Browser extends FakeIo {
  opened = '';

  constructor(env: Record<string, string>) {
    super({ env });
    const { write } = this.stderr;
    this.stderr.write = (text: string) => {
      write(text);
      const [address] = /http:\S+\/authorize\S*/.exec(text) ?? [];
      if (address === undefined) return;
      this.opened = address;
      void fetch(address);
    };
  }
}

const env = { HOME: '/home/ada', SPILLWAY_TOKEN: '' };
const login = async (browser: Browser) =>
  main(['login', app.url, '--sso', '--name', 'prod'], browser);

it('logs in with a browser and no secret, and is who the company says, with what members allow', async () => {
  const browser = new Browser(env);
  expect(await login(browser)).toBe(0);
  expect(browser.opened).toContain('code_challenge_method=S256');
  expect(browser.written.stdout).toMatch(
    /^Logged in to http:\S+ as ada@example\.com until \d{4}-.*context "prod"/,
  );
  const after = browser.written.stdout.length;
  expect(await main(['whoami'], browser)).toBe(0);
  expect(browser.written.stdout.slice(after)).toBe('ada@example.com: operator\n');
});

it('does not believe an answer that it did not ask for', async () => {
  issuer.stateSaid = 'of-somebody-else';
  const browser = new Browser(env);
  expect(await login(browser)).toBe(2);
  expect(browser.written.stderr).toMatch(/company did not log you in: /);
});

it('lets somebody in whom no member means, who may do nothing', async () => {
  issuer.groups = ['sales'];
  const browser = new Browser(env);
  await login(browser);
  const after = browser.written.stdout.length;
  await main(['whoami'], browser);
  expect(browser.written.stdout.slice(after)).toBe('ada@example.com: no role\n');
  expect(await main(['service', 'list'], browser)).toBe(1);
});

it('says when there is no provider of that name', async () => {
  const browser = new Browser(env);
  expect(await main(['login', app.url, '--sso', 'github'], browser)).toBe(2);
  expect(browser.written.stderr).toContain(
    'knows no identity provider "github"; it knows company.',
  );
});
