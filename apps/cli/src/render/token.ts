import type { IssuedToken, Token } from '@spillway/sdk';
import { grantsText } from './grant.js';
import { age } from './moment.js';
import { facts, table } from './table.js';

export const tokenTable = (tokens: readonly Token[], now: number): string =>
  table(
    ['NAME', 'BEGINS', 'MAY BE', 'USED', 'EXPIRES', 'AGE'],
    tokens.map((token) => [
      token.name,
      token.prefix,
      grantsText(token.grants),
      token.lastUsedAt === undefined ? 'never' : `${age(token.lastUsedAt, now)} ago`,
      token.expiresAt ?? 'never',
      age(token.createdAt, now),
    ]),
  );

export const tokenFacts = (token: Token, now: number): string =>
  facts([
    ['Name', token.name],
    ['Begins', token.prefix],
    ['May be', grantsText(token.grants)],
    ['Made by', token.createdBy],
    ['Age', age(token.createdAt, now)],
    ['Used', token.lastUsedAt === undefined ? 'never' : `${age(token.lastUsedAt, now)} ago`],
    ['Expires', token.expiresAt ?? 'never'],
    ['Old text', token.rotatesUntil === undefined ? undefined : `until ${token.rotatesUntil}`],
  ]);

export const issuedToken = ({ token, text }: IssuedToken): string =>
  `token ${token.name} (${grantsText(token.grants)})\n\n  ${text}\n\nNothing shows it again. Keep it where secrets are kept.\n`;
