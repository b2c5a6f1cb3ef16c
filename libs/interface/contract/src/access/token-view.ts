import type { IssuedToken, TokenRecord } from '@spillway/application';
import { z } from 'zod';
import { moment, toMoment } from '../schema/scalars.js';
import { grantDocument, toGrantDocument } from './grant-document.js';

export const tokenView = z
  .object({
    name: z.string().describe('Unique name; the actor of all that is done with the token.'),
    prefix: z.string().describe('What its text begins with.'),
    grants: z.array(grantDocument).describe('Roles, each with where it holds.'),
    createdBy: z.string().describe('Who made it.'),
    createdAt: moment.describe('When it was made.'),
    expiresAt: moment.optional().describe('When it is not good any more.'),
    lastUsedAt: moment.optional().describe('When it was last used, to the minute.'),
    rotatesUntil: moment
      .optional()
      .describe('Until when the text before the last rotation is good.'),
  })
  .describe('A token, without its text.');

export type TokenView = z.output<typeof tokenView>;

export const toTokenView = (token: TokenRecord): TokenView => ({
  name: token.name,
  prefix: token.prefix,
  grants: token.grants.map(toGrantDocument),
  createdBy: token.createdBy,
  createdAt: toMoment(token.createdAt),
  ...(token.expiresAt === undefined ? {} : { expiresAt: toMoment(token.expiresAt) }),
  ...(token.lastUsedAt === undefined ? {} : { lastUsedAt: toMoment(token.lastUsedAt) }),
  ...(token.rotatesUntil === undefined ? {} : { rotatesUntil: toMoment(token.rotatesUntil) }),
});

export const issuedTokenView = z
  .object({
    token: tokenView.describe('The token.'),
    text: z.string().describe('What callers send as bearer token. It is told this once.'),
  })
  .describe('A token with its text.');

export type IssuedTokenView = z.output<typeof issuedTokenView>;

export const toIssuedTokenView = ({ token, text }: IssuedToken): IssuedTokenView => ({
  token: toTokenView(token),
  text,
});
