import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { BearerGuard } from './auth/bearer-guard.js';
import { controllers } from './controllers.js';
import { EventStreams } from './http/event-stream.js';
import { ProblemFilter } from './http/problem-filter.js';
import { REST_OPTIONS, USE_CASES, type RestOptions } from './options.js';

@Module({})
export class RestModule {}

/**
 * The REST interface as a Nest module. Its guard and its filter stand before
 * and behind every HTTP handler of the application, not only its own.
 * Call `configureHttp` on the application that imports it.
 */
export const createRestModule = (options: RestOptions): DynamicModule => ({
  module: RestModule,
  controllers: [...controllers],
  providers: [
    { provide: REST_OPTIONS, useValue: options },
    { provide: USE_CASES, useValue: options.useCases },
    { provide: APP_GUARD, useClass: BearerGuard },
    { provide: APP_FILTER, useClass: ProblemFilter },
    EventStreams,
  ],
});
