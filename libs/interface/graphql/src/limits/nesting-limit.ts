import { GraphQLError } from 'graphql';

/** Of brackets in each other. The parser calls itself for each, and would run out of stack. */
const deepestNesting = 200;

/** Looked at before the text is parsed, so brackets in texts and comments count as well. */
export function refuseNesting(text: unknown): GraphQLError | undefined {
  if (typeof text !== 'string') return undefined;
  let depth = 0;
  for (const character of text) {
    if ('{[('.includes(character)) depth += 1;
    if ('}])'.includes(character)) depth -= 1;
    if (depth > deepestNesting) return tooDeep();
  }
  return undefined;
}

const tooDeep = (): GraphQLError =>
  new GraphQLError(`The document has more than ${deepestNesting} brackets in each other.`, {
    extensions: { http: { status: 400 } },
  });
