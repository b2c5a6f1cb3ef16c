export { createGraphqlModule } from './graphql-module.js';
export { isRollbackRequest } from './limits/rollback-operation.js';
export type { GraphqlLogger, GraphqlOptions } from './options.js';
export { parseSafelist, type Safelist } from './transport/safelist.js';
export { printedSchema } from './schema/printed.js';
