import { FastifyAdapter } from '@nestjs/platform-fastify';
import { keepAddresses, routerOptions } from './allowed-methods.js';
import { setAnswerHeaders } from './answer-headers.js';
import { mostBytes } from './bodies.js';
import { answerClientError } from './client-errors.js';
import { answerUnroutable } from './unroutable.js';
import type { HttpSettings } from './http-settings.js';
import { requestIdFor } from './request-id.js';

/** The HTTP server for Nest, with what has to be said before the first route. */
export function httpAdapter(settings: Pick<HttpSettings, 'trustedProxies'>): FastifyAdapter {
  const { trustedProxies } = settings;
  const adapter = new FastifyAdapter({
    skipMiddie: true,
    bodyLimit: mostBytes,
    trustProxy: trustedProxies.length > 0 && [...trustedProxies],
    genReqId: requestIdFor,
    clientErrorHandler: answerClientError,
    frameworkErrors: answerUnroutable,
    // What came before the server was told to stop is answered as ever.
    return503OnClosing: false,
    routerOptions,
  });
  // The first of all hooks: whatever refuses a request, its answer has these headers.
  adapter.setOnRequestHook((request, reply, done) => {
    setAnswerHeaders(request, reply);
    done();
  });
  // Nothing here takes it: Fastify would refuse it for its missing type, before it is known that it is not taken.
  adapter.getInstance().addHttpMethod('QUERY', { overrideExisting: true });
  keepAddresses(adapter.getInstance());
  return adapter;
}
