import type { IncomingMessage, ServerResponse } from 'node:http';
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { Injectable } from '@nestjs/common';
import type { GraphQLSchema } from 'graphql';
import { STREAM_PATH } from '../options.js';

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export interface GraphqlDriverConfig extends ApolloDriverConfig {
  readonly stream: (schema: GraphQLSchema) => Handler;
}

/** Apollo answers everything below its address, so streams come first. */
@Injectable()
export class GraphqlDriver extends ApolloDriver {
  override async start(config: ApolloDriverConfig): Promise<void> {
    const { schema, stream } = config as GraphqlDriverConfig;
    if (schema !== undefined) this.httpAdapterHost.httpAdapter.use(STREAM_PATH, stream(schema));
    await super.start(config);
  }
}
