export { createGraphqlModule } from './graphql-module.js';
export type { GraphqlLogger, GraphqlOptions } from './options.js';
export { printedSchema } from './schema/printed.js';
