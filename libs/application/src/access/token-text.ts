import { createHash, randomBytes } from 'node:crypto';

/** So that a token that somebody published is known for what it is. */
const mark = 'spw_';
const shown = 10;

export const isTokenText = (text: string): boolean => /^spw_[\w-]{43}$/.test(text);

/** 256 random bits, so that its plain hash tells nothing. */
export const newTokenText = (): string => mark + randomBytes(32).toString('base64url');

export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

export const prefixOf = (text: string): string => text.slice(0, shown);
