import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { startGraphqlApp, type GraphqlApp } from '../testing/graphql-app.js';

let app: GraphqlApp;
beforeEach(async () => {
  app = await startGraphqlApp();
});
afterEach(() => app.close());

const create = `mutation ($token: TokenInput!, $key: String) {
  createToken(token: $token, idempotencyKey: $key) {
    ... on IssuedTokenPayload { text token { id name prefix createdBy grants { role namespaces clusters } expiresAt } }
    ... on Refused { code field }
  }
}`;
const token = {
  name: 'shop-ci',
  grants: [{ role: 'releaser', namespaces: ['shop'], clusters: { env: 'live' } }],
};

it('makes, rotates, lists and revokes tokens', async () => {
  const made = await app.ask(create, { token, key: 'k' });
  expect(made.errors).toEqual([]);
  expect(made.data).toMatchObject({
    createToken: {
      text: expect.stringMatching(/^spw_/),
      token: { id: 'token:shop-ci', ...token, createdBy: 'portal', expiresAt: null },
    },
  });
  expect((await app.ask(create, { token, key: 'k' })).data).toEqual(made.data);
  expect((await app.ask(create, { token })).data).toMatchObject({
    createToken: { code: 'NAME_TAKEN', field: 'name' },
  });
  const rotate = `mutation { rotateToken(name: "shop-ci", overlap: "2h") {
    ... on IssuedTokenPayload { token { rotatesUntil } } } }`;
  expect((await app.ask(rotate)).data).toMatchObject({
    rotateToken: { token: { rotatesUntil: expect.any(String) } },
  });
  const read = `{ token(name: "shop-ci") { name } node(id: "token:shop-ci") { id ... on Token { name } }
    tokens { edges { node { name } } } }`;
  expect((await app.ask(read)).data).toMatchObject({
    token: { name: 'shop-ci' },
    node: { id: 'token:shop-ci', name: 'shop-ci' },
    tokens: { edges: [{ node: { name: 'shop-ci' } }] },
  });
  const revoke = `mutation { revokeToken(name: "shop-ci") { ... on RemovedPayload { name } ... on Refused { code } } }`;
  expect((await app.ask(revoke)).data).toMatchObject({ revokeToken: { name: 'shop-ci' } });
  expect((await app.ask(revoke)).data).toMatchObject({ revokeToken: { code: 'UNKNOWN_TOKEN' } });
});

it('keeps members, and tells who changed what', async () => {
  const member = {
    name: 'sre',
    provider: 'company',
    claims: { groups: 'sre' },
    grants: [{ role: 'operator' }],
  };
  const put = `mutation ($member: MemberInput!) { putMember(member: $member) {
    ... on MemberPayload { member { id name claims } } ... on Refused { code field } } }`;
  expect((await app.ask(put, { member })).data).toMatchObject({
    putMember: { member: { id: 'member:sre', name: 'sre', claims: { groups: 'sre' } } },
  });
  expect((await app.ask(put, { member: { ...member, claims: {} } })).data).toMatchObject({
    putMember: { code: 'INVALID_INPUT', field: 'claims' },
  });
  const remove = `mutation { removeMember(name: "sre") { ... on RemovedPayload { name } } }`;
  expect((await app.ask(remove)).data).toMatchObject({ removeMember: { name: 'sre' } });
  const read = `{ members { edges { node { name } } } auditProof { ok records }
    auditRecords(actor: "portal", first: 1) { edges { node { operation via subject before } } pageInfo { hasNextPage } } }`;
  expect((await app.ask(read)).data).toMatchObject({
    members: { edges: [] },
    auditProof: { ok: true, records: 2 },
    auditRecords: {
      edges: [
        {
          node: {
            operation: 'removeMember',
            via: 'graphql',
            subject: 'member sre',
            before: expect.any(String),
          },
        },
      ],
      pageInfo: { hasNextPage: true },
    },
  });
});

it('tells what each role may do', async () => {
  const { data } = await app.ask('{ roles { role operations } }');
  const { roles } = data as { roles: { role: string; operations: string[] }[] };
  expect(roles.find(({ role }) => role === 'viewer')?.operations).toContain('getRelease');
});
