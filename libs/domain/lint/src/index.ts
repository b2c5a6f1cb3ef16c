export type * from './finding.js';
export { schemaCatalogue, type SchemaCode } from './schema/catalogue.js';
export { lintSchema, type IstioRelease } from './schema/lint-schema.js';
export { laterFields, newestKnownMinor, sinceMinor, sinceOf } from './schema/since.js';
