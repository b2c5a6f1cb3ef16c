import { afterEach, expect, it } from '@jest/globals';
import { instant } from '@spillway/kernel';
import { buildConnector } from 'undici';
import { startLoopbackVendor, type VendorBehaviour } from '../testing/loopback-vendor.js';
import { BackendClient } from './backend-client.js';
import { failure } from './source-answer.js';

const clock = { now: () => instant(0) };
const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

const connect = async (behaviour: VendorBehaviour) => {
  const server = await startLoopbackVendor(() => behaviour);
  const client = new BackendClient({
    url: `${server.url}/prefix/`,
    timeoutMs: 5_000,
    dialect: { name: 'Backend' },
    clock,
  });
  open.push(client, server);
  return { server, client };
};

it('shows of a long answer as much as somebody reads, in one line', async () => {
  const { client, server } = await connect({
    status: 500,
    body: `first\n\tsecond ${'x'.repeat(9_999)}`,
  });
  const answer = await client.ask({ method: 'GET', path: '/', secrets: [] });
  if (answer.kind !== 'error') throw new Error('an error was expected');
  expect(answer.message).toMatch(
    new RegExp(`^Backend at ${server.url}/prefix: HTTP 500, .*: first second x+…$`),
  );
  expect(answer.message.length).toBeLessThan(500);
});

it('gives up after its time-out also while it is not connected yet', async () => {
  const client = new BackendClient({
    url: 'http://nowhere.example',
    timeoutMs: 40,
    dialect: { name: 'Backend' },
    clock,
    connect: (options) => buildConnector({ ...options, lookup: () => undefined }),
  });
  open.push(client);
  const answer = await client.ask({ method: 'GET', path: '/', secrets: [] });
  expect(answer).toMatchObject({ message: expect.stringContaining('no answer within 40 ms') });
});

it('cuts a message only after what is secret is out of it', async () => {
  const { client } = await connect('silent');
  const secret = { name: 's', text: 'y'.repeat(100) };
  const { message } = client.tell(failure(`${'x'.repeat(350)}${secret.text}`), [secret]);
  expect(message).not.toContain('y');
});

it('hands on the text of an answer that has to be no JSON', async () => {
  const { client, server } = await connect({ body: 'a,b\r\n1,2\r\n' });
  expect(
    await client.ask({
      method: 'POST',
      path: '/csv',
      query: { org: 'a b', q: '1+1' },
      headers: { accept: 'text/csv' },
      body: 'from()',
      secrets: [],
    }),
  ).toMatchObject({ kind: 'reply', status: 200, text: 'a,b\r\n1,2\r\n', json: undefined });
  expect(server.seen).toMatchObject([
    {
      method: 'POST',
      path: '/prefix/csv',
      query: { org: 'a b', q: '1+1' },
      headers: { accept: 'text/csv' },
      body: 'from()',
    },
  ]);
});

it.each([
  ['metrics.example', '"metrics.example" is not the address of Backend.'],
  ['ftp://metrics.example', '"ftp://metrics.example" is not the address of Backend.'],
  [
    'https://jane:sesame@metrics.example/x',
    'The address of Backend at metrics.example holds a user name or a password.',
  ],
])('has no address %s', (url, message) => {
  const options = { url, timeoutMs: 1, dialect: { name: 'Backend' }, clock };
  expect(() => new BackendClient(options)).toThrow(
    expect.objectContaining({ code: 'INVALID_INPUT', message }),
  );
});
