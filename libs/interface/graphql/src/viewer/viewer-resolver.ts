import { Inject } from '@nestjs/common';
import { Context, Query, Resolver } from '@nestjs/graphql';
import type { UseCases } from '@spillway/application';
import { toIdentityView } from '@spillway/interface-contract';
import { orRefuse } from '@spillway/interface-problem';
import { GRAPHQL_USE_CASES, type GraphqlContext } from '../options.js';

@Resolver('Viewer')
export class ViewerResolver {
  constructor(@Inject(GRAPHQL_USE_CASES) private readonly useCases: UseCases) {}

  @Query('viewer')
  async viewer(@Context() { caller }: GraphqlContext) {
    return toIdentityView(orRefuse(await this.useCases.whoAmI(caller)));
  }
}
