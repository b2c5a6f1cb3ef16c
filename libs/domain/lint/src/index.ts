export type * from './finding.js';
export { lintObject, type LintObjectOptions } from './lint-object.js';
export { ruleCatalogue, type CatalogueEntry } from './object/catalogue.js';
export { schemaCatalogue, type SchemaCode } from './schema/catalogue.js';
export { lintSchema, type IstioRelease } from './schema/lint-schema.js';
export { laterFields, newestKnownMinor, sinceMinor, sinceOf } from './schema/since.js';
