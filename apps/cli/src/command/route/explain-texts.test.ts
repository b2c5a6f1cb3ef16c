import { describe, expect, it } from '@jest/globals';
import { expectGolden } from '../../testing/golden.js';
import { classics, offline } from '../../testing/offline-shell.js';

const client = { namespace: 'shop' };
const get = (path: string, more: object = {}) => ({ host: 'catalog', path, from: client, ...more });
const edge = { from: { gateway: 'shop/public' }, host: 'shop.example.com' };

const asked: Readonly<Record<string, readonly object[]>> = {
  'header-before-catch-all.yaml': [
    get('/', { headers: { 'X-Tester': 'yes' } }),
    get('/', { headers: { 'x-tester': 'no' } }),
    get('/', { from: { namespace: 'other', labels: { app: 'web' } } }),
  ],
  'ninety-ten.yaml': [get('/items?page=2', { method: 'POST' })],
  'mirror-everything.yaml': [get('/')],
  'gateway-and-mesh.yaml': [
    get('/products/7'),
    get('/products/7', edge),
    get('/', edge),
    get('/', { ...edge, host: 'other.example.com' }),
  ],
  'delegate-by-prefix.yaml': [get('/search/next/1'), get('/search'), get('/')],
  'tcp-eighty-twenty.yaml': [{ kind: 'tcp', host: 'ledger', port: 5432, from: client }],
  'egress.yaml': [
    { host: 'api.payments.example', path: '/', port: 443, scheme: 'https', from: client },
    { host: 'elsewhere.example', path: '/', from: client },
    { kind: 'tcp', port: 443, sni: 'elsewhere.example', from: client },
  ],
  'many-mistakes.yaml': [get('/')],
};

describe('route explain in words', () => {
  it.each(Object.entries(asked))('tells of %s what was reviewed', async (name, requests) => {
    const files = { ...classics, 'requests.json': JSON.stringify(requests) };
    const line = `route explain -f ${name} --request @requests.json`;
    const { code, stdout, stderr } = await offline(line, { files });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expectGolden(stdout, new URL(`./golden/${name}.golden.txt`, import.meta.url));
  });
});
