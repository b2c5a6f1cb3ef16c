import type { ApolloDriverConfig } from '@nestjs/apollo';
import { Module, type DynamicModule } from '@nestjs/common';
import { GraphQLModule } from '@nestjs/graphql';
import type { FastifyRequest } from 'fastify';
import { AuditResolver } from './access/audit-resolver.js';
import { MemberResolver } from './access/member-resolver.js';
import { TokenResolver } from './access/token-resolver.js';
import { ClusterResolver } from './cluster/cluster-resolver.js';
import { newContext } from './context.js';
import { EgressResolver } from './egress/egress-resolver.js';
import { FreezeWindowResolver } from './freeze/freeze-window-resolver.js';
import { GateResolver } from './gate/gate-resolver.js';
import { limits, mostTokens, refuseNesting } from './limits/index.js';
import { MeasurementResolver } from './measurement/measurement-resolver.js';
import { nodeIds } from './node/node-ids.js';
import { NodeResolver } from './node/node-resolver.js';
import { NotificationResolver } from './notification/notification-resolver.js';
import { OutgoingDeliveryResolver } from './notification/outgoing-delivery-resolver.js';
import {
  GRAPHQL_OPTIONS,
  GRAPHQL_PATH,
  GRAPHQL_USE_CASES,
  type GraphqlOptions,
} from './options.js';
import { HookCallResolver } from './release/hook-call-resolver.js';
import { NotPossibleInPhaseResolver, ServiceBusyResolver } from './release/refusal-resolver.js';
import { ReleaseCommandResolver } from './release/release-command-resolver.js';
import {
  LiveTrafficLinksResolver,
  ReleaseLinksResolver,
  RolloutLinksResolver,
  StrategyReferenceResolver,
} from './release/release-links-resolver.js';
import { ReleasePlanResolver } from './release/release-plan-resolver.js';
import { ReleaseResolver } from './release/release-resolver.js';
import { ReleaseSubscriptionResolver } from './release/release-subscription-resolver.js';
import { typeDefs } from './sdl/index.js';
import { SecretResolver } from './secret/secret-resolver.js';
import { ServiceResolver } from './service/service-resolver.js';
import { ServiceLinksResolver } from './service/service-links-resolver.js';
import { SourceResolver } from './source/source-resolver.js';
import { StrategyResolver } from './strategy/strategy-resolver.js';
import { apolloPlugin } from './transport/apollo-plugin.js';
import { callerOf } from './transport/caller-of.js';
import { errorFormatter, noToken } from './transport/errors.js';
import { GraphqlDriver, type GraphqlDriverConfig } from './transport/graphql-driver.js';
import { streamHandler } from './transport/stream-server.js';
import { SubscriptionServer } from './transport/subscription-server.js';
import { ViewerResolver } from './viewer/viewer-resolver.js';
import { ReceivedDeliveryResolver } from './webhook/received-delivery-resolver.js';
import { RuleResolver } from './webhook/rule-resolver.js';
import { WebhookResolver } from './webhook/webhook-resolver.js';

@Module({})
export class SpillwayGraphqlModule {}

/**
 * The GraphQL interface at `/graphql` as a Nest module: queries and mutations
 * over HTTP, subscriptions over graphql-ws, all with the tokens of REST.
 */
export const createGraphqlModule = (options: GraphqlOptions): DynamicModule => ({
  module: SpillwayGraphqlModule,
  imports: [GraphQLModule.forRoot<GraphqlDriverConfig>(apollo(options))],
  providers: [
    { provide: GRAPHQL_OPTIONS, useValue: options },
    { provide: GRAPHQL_USE_CASES, useValue: options.useCases },
    ClusterResolver,
    ServiceResolver,
    StrategyResolver,
    ReleaseResolver,
    ReleaseLinksResolver,
    ReleaseSubscriptionResolver,
    StrategyReferenceResolver,
    RolloutLinksResolver,
    LiveTrafficLinksResolver,
    NodeResolver,
    ViewerResolver,
    ServiceLinksResolver,
    ReleaseCommandResolver,
    ServiceBusyResolver,
    NotPossibleInPhaseResolver,
    HookCallResolver,
    GateResolver,
    FreezeWindowResolver,
    ReleasePlanResolver,
    EgressResolver,
    SecretResolver,
    SourceResolver,
    MeasurementResolver,
    NotificationResolver,
    OutgoingDeliveryResolver,
    WebhookResolver,
    RuleResolver,
    ReceivedDeliveryResolver,
    TokenResolver,
    MemberResolver,
    AuditResolver,
    SubscriptionServer,
  ],
});

/** A request as Fastify gives it, with what may be sent to Apollo. */
type Asked = FastifyRequest<{
  Body?: { readonly query?: unknown } | null;
  Querystring: { readonly query?: unknown };
}>;

const apollo = (options: GraphqlOptions): GraphqlDriverConfig => ({
  driver: GraphqlDriver,
  path: GRAPHQL_PATH,
  stream: (schema) => streamHandler(options, schema),
  typeDefs,
  resolvers: nodeIds,
  // Who may ask for the schema depends on who asks: see refuseOperation.
  introspection: true,
  graphiql: false,
  includeStacktraceInErrorResponses: false,
  // Both are Apollo’s way to say: at most 30 MB in memory, the least used go first.
  cache: 'bounded',
  persistedQueries: persistedQueries(options),
  allowBatchedHttpRequests: false,
  csrfPrevention: true,
  autoTransformHttpErrors: false,
  hideSchemaDetailsFromClientErrors: options.introspection === 'nobody',
  validationRules: [...limits],
  parseOptions: { maxTokens: mostTokens },
  formatError: errorFormatter(options.logger),
  plugins: [apolloPlugin(options)],
  // Before anything is parsed: who has no token learns nothing, not even the schema.
  context: async (request: Asked) => {
    const caller = await callerOf(options, request);
    if (caller === undefined) throw noToken();
    const tooDeep = refuseNesting(request.body?.query ?? request.query.query);
    if (tooDeep !== undefined) throw tooDeep;
    return newContext(options, caller);
  },
});

/** With a list of operations the hashes are those of the list, and nobody adds to them. */
const persistedQueries = ({
  safelist,
}: GraphqlOptions): NonNullable<ApolloDriverConfig['persistedQueries']> =>
  safelist === undefined
    ? {}
    : {
        cache: {
          get: (key) => Promise.resolve(safelist.find(key.replace(/^apq:/, ''))),
          set: () => Promise.resolve(),
          delete: () => Promise.resolve(false),
        },
      };
