import { frozenRoutes, refused, rules } from '../rule.js';

export const headerNameRules = rules({
  HEADER_NAME_EMPTY: refused('A header has an empty name.', {
    without: frozenRoutes,
    next: 'Write the name of the header, best in lower case.',
  }),
  HEADER_NAME_INVALID: refused('The name of a header has characters that no header has.', {
    without: 'it is stored, and no request ever has such a header',
    next: "Use letters, digits and !#$%&'*+-.^_`|~, best in lower case.",
  }),
});

const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

export const isHeaderName = (text: string): boolean => token.test(text);
