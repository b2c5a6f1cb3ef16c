import { buildSchema, printSchema } from 'graphql';
import { typeDefs } from '../sdl/index.js';

/** The schema as one text, formatted as everything else here; the same definitions give the same bytes. */
export const printedSchema = (): string =>
  `${printSchema(buildSchema(typeDefs)).replaceAll(/^( *)"""(.+)"""$/gm, '$1"""\n$1$2\n$1"""')}\n`;
