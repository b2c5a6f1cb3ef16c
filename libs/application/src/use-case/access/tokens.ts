import { after, ok, refusal, refuse, type TokenName } from '@spillway/kernel';
import { isReservedActor } from '../../access/identity.js';
import { hashOf, newTokenText, prefixOf } from '../../access/token-text.js';
import type { StoredToken, TokenRecord } from '../../port/token-store.js';
import { change } from '../change.js';
import type { UseCaseDeps } from '../deps.js';
import { notFound } from '../not-found.js';
import type { UseCases } from '../use-cases.js';

const shown = ({ hashes: _hashes, ...record }: StoredToken): TokenRecord => record;

/** A name is given once: who reads the audit log must not wonder which of two it was. */
export const createToken =
  (deps: UseCaseDeps): UseCases['createToken'] =>
  (wanted, caller) =>
    change(deps, { operation: 'createToken', input: wanted, caller }, async (tx) => {
      const { name } = wanted;
      const isTaken = isReservedActor(name) || (await tx.tokens.lock(name)) !== undefined;
      if (isTaken) return refuse(taken(name));
      const past = wanted.expiresAt !== undefined && wanted.expiresAt <= tx.now;
      if (past) return refuse(overBefore());
      const text = newTokenText();
      const stored: StoredToken = {
        ...wanted,
        prefix: prefixOf(text),
        createdBy: caller.actor,
        createdAt: tx.now,
        hashes: { current: hashOf(text) },
      };
      await tx.tokens.put(stored);
      const token = shown(stored);
      return ok({ value: { token, text }, subject: `token ${name}`, after: token });
    });

/** The text before stays good for a while, so that nobody has to be faster than the scripts. */
export const rotateToken =
  (deps: UseCaseDeps): UseCases['rotateToken'] =>
  (wanted, caller) =>
    change(deps, { operation: 'rotateToken', input: wanted, caller }, async (tx) => {
      const { name, overlap } = wanted;
      const before = await tx.tokens.lock(name);
      if (before === undefined) return refuse(notFound('UNKNOWN_TOKEN', name));
      const text = newTokenText();
      const stored: StoredToken = {
        ...before,
        prefix: prefixOf(text),
        rotatesUntil: after(tx.now, overlap),
        hashes: { current: hashOf(text), previous: before.hashes.current },
      };
      await tx.tokens.put(stored);
      const token = shown(stored);
      const subject = `token ${name}`;
      return ok({ value: { token, text }, subject, before: shown(before), after: token });
    });

/** From then on nobody is let in with it, in any process. */
export const revokeToken =
  (deps: UseCaseDeps): UseCases['revokeToken'] =>
  (name, caller) =>
    change(deps, { operation: 'revokeToken', input: name, caller }, async (tx) => {
      const before = await tx.tokens.lock(name);
      if (before === undefined) return refuse(notFound('UNKNOWN_TOKEN', name));
      await tx.tokens.remove(name);
      return ok({ value: undefined, subject: `token ${name}`, before: shown(before) });
    });

export const getToken =
  ({ unitOfWork }: UseCaseDeps): UseCases['getToken'] =>
  async (name) => {
    const token = await unitOfWork.read((tx) => tx.tokens.get(name));
    return token === undefined ? refuse(notFound('UNKNOWN_TOKEN', name)) : ok(token);
  };

export const listTokens =
  ({ unitOfWork }: UseCaseDeps): UseCases['listTokens'] =>
  async (page) =>
    ok(await unitOfWork.read((tx) => tx.tokens.list(page)));

const taken = (name: TokenName) =>
  refusal(
    'NAME_TAKEN',
    `There is a token "${name}" already.`,
    'Take another name, rotate that token, or revoke it first.',
    'name',
  );

const overBefore = () =>
  refusal('INVALID_INPUT', 'expiresAt is over already.', 'Name a later moment.', 'expiresAt');
