import { describe, expect, it } from '@jest/globals';
import type { RequestMatch } from '@spillway/domain-traffic';
import { toStrategy } from '../strategy/to-strategy.js';
import { toRouteDocument } from './route-view.js';

const read = (route: object) =>
  toStrategy({ name: 'dark', steps: [{ route: { name: 'testers', match: [], ...route } }] });

const wrong = (route: object): readonly [string | undefined, string] => {
  const made = read(route);
  if (made.ok) throw new Error('it was taken');
  return [made.error.field?.replace('steps[0].route.', ''), made.error.message];
};

const everything: RequestMatch = {
  uri: { prefix: '/search' },
  ignoreUriCase: true,
  method: { regex: 'GET|HEAD' },
  authority: { exact: 'shop.example.com' },
  scheme: { exact: 'https' },
  headers: { 'x-tester': { exact: 'yes' }, 'x-any': { present: true } },
  withoutHeaders: { 'x-bot': { present: true } },
  queryParams: { v: { regex: '2.*' } },
  cookies: { staff: { prefix: 'a' } },
  port: 8080,
  sourceLabels: { 'app.kubernetes.io/name': 'web' },
  sourceNamespace: 'shop',
};

describe('a route', () => {
  it('may ask for everything at once, in the mesh', () => {
    const route = { name: 'testers', match: [everything], where: 'mesh' } as const;
    const made = read(route);
    expect(made).toMatchObject({ ok: true, value: { steps: [{ kind: 'route', route }] } });
  });

  it('has its fields in the order of the documentation, whatever the store did to it', () => {
    const mixed = Object.fromEntries(Object.entries(everything).toReversed());
    const shown = toRouteDocument({ name: 'a', match: [mixed], where: 'edge' });
    expect(Object.keys(shown.match[0] ?? {})).toEqual(Object.keys(everything));
    expect(shown).toEqual({ name: 'a', match: [everything], where: 'edge' });
  });

  it.each<[object, string, string]>([
    [
      { uri: { exact: '/a', prefix: '/' } },
      'uri',
      'give exactly one of exact, prefix, regex, present',
    ],
    [{ uri: { exakt: '/a' } }, 'uri', 'did you mean "exact"?'],
    [{ uri: {} }, 'uri', 'give exactly one of exact, prefix, regex, present'],
    [{ headers: { a: { present: false } } }, 'headers.a.present', 'expected true'],
    [{ headers: { a: { exact: '' } } }, 'headers.a.exact', 'write { present: true }'],
    [{ headers: { a: { regex: 'x'.repeat(1_025) } } }, 'headers.a.regex', 'at most 1024'],
    [{ headers: { a: { prefix: '' } } }, 'headers.a.prefix', 'must not be empty'],
    [{ queryParams: { q: { prefix: '' } } }, 'queryParams.q.prefix', 'must not be empty'],
    [{ authority: { prefix: '' } }, 'authority.prefix', 'must not be empty'],
    [{ method: { present: true } }, 'method', 'is there in every request; say which'],
    [{ method: { exact: 'get' } }, 'method.exact', '"get" is no method; write "GET"'],
    [{ headers: { 'X-Tester': { present: true } } }, 'headers.X-Tester', 'write "x-tester"'],
    [
      { headers: { ':authority': { exact: 'a' } } },
      'headers.:authority',
      '":authority" is a pseudo header; write authority instead',
    ],
    [{ headers: { ':status': { exact: '1' } } }, 'headers.:status', 'which cannot be matched'],
    [
      { withoutHeaders: { 'a b': { present: true } } },
      'withoutHeaders.a b',
      '"a b" is not the name',
    ],
    [{ headers: {} }, 'headers', 'must name at least one'],
    [{ cookies: { a: { exact: '1' }, b: { exact: '2' } } }, 'cookies', 'one cookie only'],
    [
      { cookies: { a: { exact: '1' } }, headers: { cookie: { present: true } } },
      'headers.cookie',
      'give one of the two',
    ],
    [{ cookies: { 'a;b': { exact: '1' } } }, 'cookies.a;b', '"a;b" is not the name of a cookie'],
    [{ cookies: { a: { exact: 'x'.repeat(401) } } }, 'cookies.a', 'at most 400 characters'],
    [{ uri: { regex: '/a' }, ignoreUriCase: true }, 'ignoreUriCase', 'in a regex write (?i)'],
    [{ port: 70_000 }, 'port', '65535'],
    [{ sourceLabels: { 'a b': 'c' } }, 'sourceLabels.a b', 'the key of a Kubernetes label'],
    [{ sourceLabels: { a: 'b c' } }, 'sourceLabels.a', 'the value of a Kubernetes label'],
    [{ sourceNamespace: 'Shop' }, 'sourceNamespace', 'small letters'],
  ])('refuses %j and says what to write', (match, field, message) => {
    const [at, said] = wrong({ match: [{ port: 80 }, match] });
    expect(at).toBe(`match[1].${field}`);
    expect(said).toContain(message);
  });

  it.each<[object, string, string]>([
    [{ match: [] }, 'match', 'must say which requests are meant'],
    [{ match: [{}] }, 'match[0]', 'matches every request'],
    [{ match: [{ ignoreUriCase: false }] }, 'match[0]', 'matches every request'],
    [{ match: [{ port: 80 }], name: 'Testers' }, 'name', 'small letters'],
    [{ match: [{ port: 80 }], name: 'mirrored' }, 'name', 'that Spillway makes itself'],
    [{ match: [{ port: 80 }], where: 'gateway' }, 'where', '"mesh"'],
    [
      { match: [{ port: 80 }, { sourceNamespace: 'shop' }], where: 'edge' },
      'match[1].sourceNamespace',
      'is not known at a gateway',
    ],
    [
      { match: [{ sourceLabels: { app: 'web' } }], where: 'edge' },
      'match[0].sourceLabels',
      'write where: mesh',
    ],
  ])('refuses %j as a whole', (route, field, message) => {
    const [at, said] = wrong(route);
    expect(at).toBe(field);
    expect(said).toContain(message);
  });

  it('may have an empty prefix in its path, as Istio allows', () => {
    expect(read({ match: [{ uri: { prefix: '' }, port: 80 }] })).toMatchObject({ ok: true });
  });
});
