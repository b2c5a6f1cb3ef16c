import { Inject } from '@nestjs/common';
import { Args, Context, Query, Resolver } from '@nestjs/graphql';
import type { UseCases } from '@spillway/application';
import { refusal, refuse } from '@spillway/kernel';
import { orRefuse } from '@spillway/interface-problem';
import { GRAPHQL_USE_CASES, type GraphqlContext } from '../options.js';
import { loadNode } from './load-node.js';

/** As many as a page has. */
const mostNodes = 200;

@Resolver('Node')
export class NodeResolver {
  constructor(@Inject(GRAPHQL_USE_CASES) private readonly useCases: UseCases) {}

  @Query('node')
  one(@Args('id') id: string, @Context() context: GraphqlContext) {
    return loadNode(id, { ...context, useCases: this.useCases });
  }

  @Query('nodes')
  many(@Args('ids') ids: readonly string[], @Context() context: GraphqlContext) {
    if (ids.length > mostNodes) {
      orRefuse(
        refuse(
          refusal(
            'INVALID_INPUT',
            `${ids.length} objects are asked for; ${mostNodes} are allowed.`,
            'Ask for them in several operations.',
            'ids',
          ),
        ),
      );
    }
    return ids.map((id) => loadNode(id, { ...context, useCases: this.useCases }));
  }
}
