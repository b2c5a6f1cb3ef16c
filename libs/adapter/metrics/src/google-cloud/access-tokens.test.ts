import { afterEach, describe, expect, it } from '@jest/globals';
import { instant, type Instant } from '@spillway/kernel';
import { googleKeyFile, grantGoogleToken } from '../testing/loopback-google.js';
import {
  startLoopbackVendor,
  type LoopbackVendor,
  type SeenRequest,
  type VendorBehaviour,
} from '../testing/loopback-vendor.js';
import { AccessTokens } from './access-tokens.js';

const start = 1_700_000_105_000;
const open: LoopbackVendor[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

class Clock {
  at = start;
  now(): Instant {
    return instant(this.at);
  }
}

async function bench(behave?: (request: SeenRequest) => VendorBehaviour) {
  const clock = new Clock();
  const server: LoopbackVendor = await startLoopbackVendor(
    behave ?? ((request) => grantGoogleToken(request, clock.at, `token-${server.seen.length}`)),
  );
  open.push(server);
  const tokens = new AccessTokens(clock, 2_000);
  const key = { name: 'google-key', text: googleKeyFile(server.url) };
  const ask = async (text = key.text): Promise<string> => {
    const answer = await tokens.with({ ...key, text });
    return answer.kind === 'token' ? answer.token.text : answer.message;
  };
  return { clock, server, tokens, key, ask };
}

describe('the token of a service account', () => {
  it('is fetched once for all who ask at the same time', async () => {
    const { ask, server } = await bench();
    expect(await Promise.all([ask(), ask(), ask()])).toEqual(['token-1', 'token-1', 'token-1']);
    expect(server.seen).toHaveLength(1);
  });

  it('is held until a minute before its end', async () => {
    const { ask, clock } = await bench();
    expect(await ask()).toBe('token-1');
    clock.at = start + 3_599_000 - 60_001;
    expect(await ask()).toBe('token-1');
    clock.at += 1;
    expect(await ask()).toBe('token-2');
  });

  it('is another one for another key, and after it was forgotten', async () => {
    const { ask, key, tokens } = await bench();
    expect(await ask()).toBe('token-1');
    expect(await ask(`${key.text}\n`)).toBe('token-2');
    tokens.forget();
    expect(await ask(`${key.text}\n`)).toBe('token-3');
  });

  it('is used once when it is granted for no longer than a moment', async () => {
    const { ask, server } = await bench(() => ({ body: { access_token: 'brief', expires_in: 5 } }));
    expect(await ask()).toBe('brief');
    expect(await ask()).toBe('brief');
    expect(server.seen).toHaveLength(2);
  });

  it('is asked for again after a failure, which says who failed and which secret to look at', async () => {
    const replies: VendorBehaviour[] = [
      {
        status: 400,
        body: { error: 'invalid_grant', error_description: 'Invalid JWT Signature.' },
      },
      { body: { access_token: 'good', expires_in: 3_599 } },
    ];
    const { ask, server } = await bench(() => replies.shift() ?? 'silent');
    expect(await ask()).toBe(
      `Google's token service at ${server.url}/token: HTTP 400, it does not accept the credentials ` +
        'or what they may read; look at the secret "google-key": invalid_grant: Invalid JWT Signature.',
    );
    expect(await ask()).toBe('good');
  });

  it.each<[string, VendorBehaviour, string]>([
    [
      'is no token',
      { body: { id_token: 'x' } },
      'not in the form that is documented: access_token',
    ],
    ['is a page', { body: '<html>' }, 'not JSON'],
    ['refuses something else', { status: 400, body: { error: 'invalid_scope' } }, 'invalid_scope'],
    ['is that of a server in trouble', { status: 503, body: '' }, 'trouble of its own'],
  ])('is none when the answer %s', async (_, behaviour, message) => {
    const { ask } = await bench(() => behaviour);
    expect(await ask()).toContain(message);
  });

  it('is not asked for by what could be overheard: the statement is in no message', async () => {
    const { ask, server } = await bench(({ body }) => ({
      status: 400,
      body: `You sent ${new URLSearchParams(body).get('assertion') ?? ''}!`,
    }));
    const message = await ask();
    const sent = new URLSearchParams(server.seen[0]?.body).get('assertion') ?? '';
    expect(sent).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
    expect(message).toContain('You sent <google-key>!');
    expect(message).not.toContain(sent);
  });
});
