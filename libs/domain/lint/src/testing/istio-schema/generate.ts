import { format, resolveConfig } from 'prettier';
import { specSchemas } from './crd.js';
import { addShapes, ShapeNames } from './shapes-of-schema.js';

const header = `// Longer than 300 lines because it is generated: every field of seven kinds of Istio's.
// From the CRDs of Istio 1.30 by "npm run test:testbed -- istio-schema --update"; never edit it.
import type { Shape } from '../shape.js';

/** What Istio's CRDs demand of \`spec\`, by kind; equal shapes have one name. */
`;

/** The text of `schema/generated/shapes.ts`. `path` is where it goes, for the settings of the formatter. */
export async function generateShapes(crds: string, path: string): Promise<string> {
  const names = new ShapeNames();
  const kinds = Object.entries(specSchemas(crds)).map(([kind, schema]) => [
    kind,
    addShapes(names, schema, kind),
  ]);
  const text = `${header}export const shapes: Readonly<Record<string, Shape>> = ${JSON.stringify(names.shapes)};

export const specShapes: Readonly<Record<string, string>> = ${JSON.stringify(Object.fromEntries(kinds))};
`;
  return format(text, { ...(await resolveConfig(path)), parser: 'typescript' });
}
