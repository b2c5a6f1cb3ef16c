export { Unauthenticated } from './auth/unauthenticated.js';
export { httpAdapter } from './http/adapter.js';
export { configureHttp } from './http/configure-http.js';
export { standardHttpSettings, type HttpSettings } from './http/http-settings.js';
export { openApiDocument } from './openapi/document.js';
export type { RestLogger, RestOptions } from './options.js';
export { createRestModule } from './rest-module.js';
