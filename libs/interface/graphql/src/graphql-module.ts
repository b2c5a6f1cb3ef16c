import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { Module, type DynamicModule } from '@nestjs/common';
import { GraphQLModule } from '@nestjs/graphql';
import { identify } from '@spillway/interface-contract';
import type { IncomingMessage } from 'node:http';
import { ClusterResolver } from './cluster/cluster-resolver.js';
import { EgressResolver } from './egress/egress-resolver.js';
import { limits, mostTokens } from './limits/index.js';
import { MeasurementResolver } from './measurement/measurement-resolver.js';
import {
  GRAPHQL_OPTIONS,
  GRAPHQL_PATH,
  GRAPHQL_USE_CASES,
  type GraphqlContext,
  type GraphqlOptions,
} from './options.js';
import { ReleaseCommandResolver } from './release/release-command-resolver.js';
import { ReleasePlanResolver } from './release/release-plan-resolver.js';
import { ReleaseResolver } from './release/release-resolver.js';
import { typeDefs } from './sdl/index.js';
import { SecretResolver } from './secret/secret-resolver.js';
import { ServiceResolver } from './service/service-resolver.js';
import { SourceResolver } from './source/source-resolver.js';
import { StrategyResolver } from './strategy/strategy-resolver.js';
import { errorFormatter, noToken } from './transport/errors.js';
import { SubscriptionServer } from './transport/subscription-server.js';

@Module({})
export class SpillwayGraphqlModule {}

/**
 * The GraphQL interface at `/graphql` as a Nest module: queries and mutations
 * over HTTP, subscriptions over graphql-ws, all with the tokens of REST.
 */
export const createGraphqlModule = (options: GraphqlOptions): DynamicModule => ({
  module: SpillwayGraphqlModule,
  imports: [GraphQLModule.forRoot<ApolloDriverConfig>(apollo(options))],
  providers: [
    { provide: GRAPHQL_OPTIONS, useValue: options },
    { provide: GRAPHQL_USE_CASES, useValue: options.useCases },
    ClusterResolver,
    ServiceResolver,
    StrategyResolver,
    ReleaseResolver,
    ReleaseCommandResolver,
    ReleasePlanResolver,
    EgressResolver,
    SecretResolver,
    SourceResolver,
    MeasurementResolver,
    SubscriptionServer,
  ],
});

const apollo = ({ tokens, logger }: GraphqlOptions): ApolloDriverConfig => ({
  driver: ApolloDriver,
  path: GRAPHQL_PATH,
  typeDefs,
  introspection: true,
  graphiql: false,
  includeStacktraceInErrorResponses: false,
  persistedQueries: false,
  autoTransformHttpErrors: false,
  validationRules: [...limits],
  parseOptions: { maxTokens: mostTokens },
  formatError: errorFormatter(logger),
  // Before anything is parsed: who has no token learns nothing, not even the schema.
  context: ({ req }: { req: IncomingMessage }): GraphqlContext => {
    const actor = identify(tokens, req.headers.authorization);
    if (actor === undefined) throw noToken();
    return { caller: { actor } };
  },
});
