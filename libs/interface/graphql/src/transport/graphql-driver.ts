import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import { STREAM_PATH } from '../options.js';

type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<void>;

export interface GraphqlDriverConfig extends ApolloDriverConfig {
  readonly stream: (schema: GraphQLSchema) => Handler;
}

/** Streams have an address beside Apollo’s own. */
@Injectable()
export class GraphqlDriver extends ApolloDriver {
  override async start(config: ApolloDriverConfig): Promise<void> {
    const { schema, stream } = config as GraphqlDriverConfig;
    const server = this.httpAdapterHost.httpAdapter.getInstance<FastifyInstance>();
    if (schema !== undefined) server.all(STREAM_PATH, stream(schema));
    await super.start(config);
  }
}
