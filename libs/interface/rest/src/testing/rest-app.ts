import type { AddressInfo } from 'node:net';
import { Module, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { HealthView } from '@spillway/interface-contract';
import { fixedTokens, type FixedToken } from '@spillway/interface-contract/bearer';
import { Workshop } from '@spillway/application/testing';
import { InMemoryUseCases, overWorkshop } from '@spillway/interface-contract/testing';
import { httpAdapter } from '../http/adapter.js';
import { configureHttp } from '../http/configure-http.js';
import { standardHttpSettings, type HttpSettings } from '../http/http-settings.js';
import type { RestOptions } from '../options.js';
import { createRestModule } from '../rest-module.js';

const grants = [{ role: 'admin' }] as const;

export const tokens: readonly FixedToken[] = [
  { actor: 'ci', token: 'token-of-ci', grants },
  { actor: 'portal', token: 'token-of-portal', grants },
];

/** A running server with nothing behind it but memory. */
export interface RestApp {
  readonly url: string;
  /** What tests move by hand. */
  readonly useCases: InMemoryUseCases;
  /** Where all the rest is kept. */
  readonly workshop: Workshop;
  /** What was logged as an error. */
  readonly logged: {
    readonly fields: Readonly<Record<string, unknown>>;
    readonly message: string;
  }[];
  health: HealthView;
  close(): Promise<void>;
}

@Module({})
class AppModule {}

export interface RestAppOptions {
  readonly heartbeatMs?: number;
  readonly mostStreams?: number;
  readonly http?: Partial<HttpSettings>;
  /** Instead of what a test app has of its own. */
  readonly replace?: Partial<Pick<RestOptions, 'useCases' | 'authenticate' | 'loginProviders'>>;
  /** Further interfaces of the same process. */
  readonly imports?: (options: RestOptions) => readonly DynamicModule[];
}

/** Listens on a free port of the loopback interface. */
export async function startRestApp({
  heartbeatMs = 15_000,
  imports = () => [],
  http = {},
  mostStreams = 100,
  replace = {},
}: RestAppOptions = {}): Promise<RestApp> {
  const useCases = new InMemoryUseCases();
  const workshop = new Workshop();
  const logged: RestApp['logged'] = [];
  const options: RestOptions = {
    useCases: overWorkshop(useCases, workshop),
    authenticate: fixedTokens(tokens),
    heartbeatMs,
    mostStreams,
    logger: { error: (fields, message) => void logged.push({ fields, message }) },
    readiness: () => Promise.resolve(state.health),
    ...replace,
  };
  const settings = { ...standardHttpSettings, ...http };
  const module = { module: AppModule, imports: [createRestModule(options), ...imports(options)] };
  const app = await NestFactory.create<NestFastifyApplication>(module, httpAdapter(settings), {
    logger: false,
    abortOnError: false,
    bodyParser: false,
  });
  await configureHttp(app, settings);
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  const state: RestApp = {
    url: `http://127.0.0.1:${port}`,
    useCases,
    workshop,
    logged,
    health: { ok: true, checks: [] },
    close: () => app.close(),
  };
  return state;
}
