import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { UseCases } from '@spillway/application';
import { toMemberName, toMemberView, toNewMember } from '@spillway/interface-contract';
import { orRefuse } from '@spillway/interface-problem';
import { toConnection, toPage, type ListArguments } from '../connection.js';
import { GRAPHQL_USE_CASES, type GraphqlContext } from '../options.js';
import { mapOk, orNull, outcome, thenOk, withoutNulls } from '../outcome.js';

@Resolver('Member')
export class MemberResolver {
  constructor(@Inject(GRAPHQL_USE_CASES) private readonly useCases: UseCases) {}

  @Query('member')
  async one(@Args('name') name: string, @Context() { caller }: GraphqlContext) {
    const found = await thenOk(toMemberName(name), (known) =>
      this.useCases.getMember(known, caller),
    );
    return orNull(mapOk(found, toMemberView));
  }

  @Query('members')
  async list(@Args() args: ListArguments, @Context() { caller }: GraphqlContext) {
    const page = await this.useCases.listMembers(orRefuse(toPage(args)), caller);
    return toConnection(orRefuse(page), toMemberView, args);
  }

  @Mutation('putMember')
  async put(@Args('member') input: unknown, @Context() { caller }: GraphqlContext) {
    const stored = await thenOk(toNewMember(withoutNulls(input)), (member) =>
      this.useCases.putMember(member, caller),
    );
    return outcome(
      'MemberPayload',
      mapOk(stored, (record) => ({ member: toMemberView(record) })),
    );
  }

  @Mutation('removeMember')
  async remove(@Args('name') name: string, @Context() { caller }: GraphqlContext) {
    const removed = await thenOk(toMemberName(name), (known) =>
      this.useCases.removeMember(known, caller),
    );
    return outcome(
      'RemovedPayload',
      mapOk(removed, () => ({ name })),
    );
  }
}
