import type { AddressInfo } from 'node:net';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { fixedTokens } from '@spillway/interface-contract/bearer';
import { Workshop } from '@spillway/application/testing';
import { InMemoryUseCases, overWorkshop } from '@spillway/interface-contract/testing';
import { createGraphqlModule } from '../graphql-module.js';
import type { GraphqlOptions } from '../options.js';

export interface GraphqlApp {
  readonly url: string;
  /** What tests move by hand. */
  readonly useCases: InMemoryUseCases;
  /** Where all the rest is kept. */
  readonly workshop: Workshop;
  readonly logged: Readonly<Record<string, unknown>>[];
  ask(query: string, variables?: object, token?: string): Promise<GraphqlAnswer>;
  close(): Promise<void>;
}

export interface GraphqlAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly data: unknown;
  readonly errors: readonly { message: string; extensions: Record<string, unknown> }[];
}

@Module({})
class AppModule {}

/** Listens on a free port of the loopback interface; nothing behind it but memory. */
export async function startGraphqlApp(given: Partial<GraphqlOptions> = {}): Promise<GraphqlApp> {
  const useCases = new InMemoryUseCases();
  const workshop = new Workshop();
  const logged: Readonly<Record<string, unknown>>[] = [];
  const graphql = createGraphqlModule({
    useCases: overWorkshop(useCases, workshop),
    authenticate: fixedTokens([
      { actor: 'portal', token: 'token-of-portal', grants: [{ role: 'admin' }] },
    ]),
    logger: { error: (fields) => void logged.push(fields) },
    ...given,
  });
  const module = { module: AppModule, imports: [graphql] };
  const adapter = new FastifyAdapter({ skipMiddie: true });
  const app = await NestFactory.create(module, adapter, { logger: false, abortOnError: false });
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/graphql`;
  return {
    url,
    useCases,
    workshop,
    logged,
    ask: (query, variables = {}, token = 'token-of-portal') =>
      ask(url, { query, variables }, token),
    close: () => app.close(),
  };
}

async function ask(url: string, body: object, token: string): Promise<GraphqlAnswer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const { data, errors = [] } = (await response.json()) as Partial<GraphqlAnswer>;
  return { status: response.status, headers: response.headers, data, errors };
}
