import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { IssuedToken, UseCases } from '@spillway/application';
import type { Refusal, Result } from '@spillway/kernel';
import {
  toIssuedTokenView,
  toNewToken,
  toRotateToken,
  toTokenName,
  toTokenView,
  withIdempotencyKey,
} from '@spillway/interface-contract';
import { orRefuse } from '@spillway/interface-problem';
import { toConnection, toPage, type ListArguments } from '../connection.js';
import { GRAPHQL_USE_CASES, type GraphqlContext } from '../options.js';
import { mapOk, orNull, outcome, thenOk, withoutNulls } from '../outcome.js';

const payload = (issued: Result<IssuedToken, Refusal>) =>
  outcome('IssuedTokenPayload', mapOk(issued, toIssuedTokenView));

@Resolver('Token')
export class TokenResolver {
  constructor(@Inject(GRAPHQL_USE_CASES) private readonly useCases: UseCases) {}

  @Query('token')
  async one(@Args('name') name: string, @Context() { caller }: GraphqlContext) {
    const found = await thenOk(toTokenName(name), (known) => this.useCases.getToken(known, caller));
    return orNull(mapOk(found, toTokenView));
  }

  @Query('tokens')
  async list(@Args() args: ListArguments, @Context() { caller }: GraphqlContext) {
    const page = await this.useCases.listTokens(orRefuse(toPage(args)), caller);
    return toConnection(orRefuse(page), toTokenView, args);
  }

  @Mutation('createToken')
  async create(
    @Args('token') input: unknown,
    @Args('idempotencyKey') key: string | null | undefined,
    @Context() { caller }: GraphqlContext,
  ) {
    return payload(
      await thenOk(withIdempotencyKey(caller, key), (keyed) =>
        thenOk(toNewToken(withoutNulls(input)), (wanted) =>
          this.useCases.createToken(wanted, keyed),
        ),
      ),
    );
  }

  @Mutation('rotateToken')
  async rotate(
    @Args('name') name: string,
    @Args('overlap') overlap: string | null | undefined,
    @Args('idempotencyKey') key: string | null | undefined,
    @Context() { caller }: GraphqlContext,
  ) {
    const command = await thenOk(toTokenName(name), (known) =>
      Promise.resolve(toRotateToken(known, withoutNulls({ overlap }))),
    );
    return payload(
      await thenOk(withIdempotencyKey(caller, key), (keyed) =>
        thenOk(command, (wanted) => this.useCases.rotateToken(wanted, keyed)),
      ),
    );
  }

  @Mutation('revokeToken')
  async revoke(@Args('name') name: string, @Context() { caller }: GraphqlContext) {
    const revoked = await thenOk(toTokenName(name), (known) =>
      this.useCases.revokeToken(known, caller),
    );
    return outcome(
      'RemovedPayload',
      mapOk(revoked, () => ({ name })),
    );
  }
}
