import { ok, refuse } from '@spillway/kernel';
import { change } from '../change.js';
import type { UseCaseDeps } from '../deps.js';
import { notFound } from '../not-found.js';
import type { UseCases } from '../use-cases.js';

export const putMember =
  (deps: UseCaseDeps): UseCases['putMember'] =>
  (member, caller) =>
    change(deps, { operation: 'putMember', input: member, caller }, async (tx) => {
      const before = await tx.members.lock(member.name);
      const value = await tx.members.put(member);
      return ok({ value, subject: `member ${member.name}`, before, after: value });
    });

export const removeMember =
  (deps: UseCaseDeps): UseCases['removeMember'] =>
  (name, caller) =>
    change(deps, { operation: 'removeMember', input: name, caller }, async (tx) => {
      const before = await tx.members.lock(name);
      if (before === undefined) return refuse(notFound('UNKNOWN_MEMBER', name));
      await tx.members.remove(name);
      return ok({ value: undefined, subject: `member ${name}`, before });
    });

export const getMember =
  ({ unitOfWork }: UseCaseDeps): UseCases['getMember'] =>
  async (name) => {
    const member = await unitOfWork.read((tx) => tx.members.get(name));
    return member === undefined ? refuse(notFound('UNKNOWN_MEMBER', name)) : ok(member);
  };

export const listMembers =
  ({ unitOfWork }: UseCaseDeps): UseCases['listMembers'] =>
  async (page) =>
    ok(await unitOfWork.read((tx) => tx.members.list(page)));
