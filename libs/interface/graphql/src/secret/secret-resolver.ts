import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { UseCases } from '@spillway/application';
import { toPutSecret, toSecretName, toSecretView } from '@spillway/interface-contract';
import { orRefuse } from '@spillway/interface-problem';
import { toConnection, toPage, type ListArguments } from '../connection.js';
import { GRAPHQL_USE_CASES, type GraphqlContext } from '../options.js';
import { mapOk, outcome, thenOk } from '../outcome.js';

@Resolver('Secret')
export class SecretResolver {
  constructor(@Inject(GRAPHQL_USE_CASES) private readonly useCases: UseCases) {}

  @Query('secrets')
  async list(@Args() args: ListArguments, @Context() { caller }: GraphqlContext) {
    return toConnection(
      orRefuse(await this.useCases.listSecrets(orRefuse(toPage(args)), caller)),
      toSecretView,
      args,
    );
  }

  @Mutation('putSecret')
  async put(
    @Args('name') name: string,
    @Args('value') value: string,
    @Context() { caller }: GraphqlContext,
  ) {
    const stored = await thenOk(toPutSecret(name, { value }), (secret) =>
      this.useCases.putSecret(secret.name, secret.text, caller),
    );
    return outcome(
      'SecretPayload',
      mapOk(stored, (record) => ({ secret: toSecretView(record) })),
    );
  }

  @Mutation('removeSecret')
  async remove(@Args('name') name: string, @Context() { caller }: GraphqlContext) {
    const removed = await thenOk(toSecretName(name), (known) =>
      this.useCases.removeSecret(known, caller),
    );
    return outcome(
      'RemovedPayload',
      mapOk(removed, () => ({ name })),
    );
  }
}
