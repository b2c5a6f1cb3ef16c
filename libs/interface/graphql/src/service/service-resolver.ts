import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { UseCases } from '@spillway/application';
import {
  toNewService,
  toServiceListing,
  toServiceName,
  toServiceView,
} from '@spillway/interface-contract';
import { orRefuse } from '@spillway/interface-problem';
import { inRestWords, toConnection, type ListArguments } from '../connection.js';
import { GRAPHQL_USE_CASES, type GraphqlContext } from '../options.js';
import { mapOk, orNull, outcome, thenOk, withoutNulls } from '../outcome.js';

@Resolver('Service')
export class ServiceResolver {
  constructor(@Inject(GRAPHQL_USE_CASES) private readonly useCases: UseCases) {}

  @Query('service')
  async one(@Args('name') name: string, @Context() { caller }: GraphqlContext) {
    const found = await thenOk(toServiceName(name), (known) =>
      this.useCases.getService(known, caller),
    );
    return orNull(mapOk(found, toServiceView));
  }

  @Query('services')
  async list(@Args() args: ListArguments, @Context() { caller }: GraphqlContext) {
    const listing = orRefuse(toServiceListing(inRestWords(args)));
    const page = orRefuse(await this.useCases.listServices(listing, caller));
    return toConnection(page, toServiceView, args);
  }

  @Mutation('putService')
  async put(@Args('service') input: unknown, @Context() { caller }: GraphqlContext) {
    const service = toNewService(withoutNulls(input));
    const stored = await thenOk(service, (given) => this.useCases.putService(given, caller));
    return outcome(
      'ServicePayload',
      mapOk(stored, (record) => ({ service: toServiceView(record) })),
    );
  }
}
