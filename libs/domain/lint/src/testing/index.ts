export { anObject, brief } from './an-object.js';
export { specSchemas } from './istio-schema/crd.js';
export { fieldsOfSchema } from './istio-schema/fields-of-schema.js';
export { generateShapes } from './istio-schema/generate.js';
export { nearRe2 } from './near-re2.js';
