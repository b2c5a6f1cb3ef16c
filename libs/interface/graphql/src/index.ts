export { createGraphqlModule } from './graphql-module.js';
export { isRollbackRequest } from './limits/rollback-operation.js';
export type { GraphqlLogger, GraphqlOptions } from './options.js';
export { printedSchema } from './schema/printed.js';
