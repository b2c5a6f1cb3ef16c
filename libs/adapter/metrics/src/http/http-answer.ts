import type { SourceAnswer } from '@spillway/application';
import { failure, numberAnswer } from '../backend-call/index.js';
import { describe, follow } from './json-pointer.js';

const decimal = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i;
/** How backends write as text what JSON has no number for. */
const noNumber = /^(?:nan|null|[-+]?inf(?:inity)?)$/i;

/**
 * The number at the end of a pointer. A list that ends before it, or `null` on the way, is how an
 * answer without data looks; a member that is missing means that the pointer is wrong.
 */
export function readPointed(json: unknown, tokens: readonly string[], path: string): SourceAnswer {
  const pointed = follow(json, tokens);
  switch (pointed.kind) {
    case 'nothing':
      return { kind: 'empty' };
    case 'astray':
      return failure(
        `nothing is at ${pointed.at}, but ${pointed.there} is there. Change "path", which is ${path}.`,
      );
    case 'found':
      return numberAt(pointed.value, path);
  }
}

function numberAt(value: unknown, path: string): SourceAnswer {
  if (value === null || typeof value === 'number') return numberAnswer(value);
  if (typeof value === 'string') {
    const text = value.trim();
    if (decimal.test(text)) return numberAnswer(Number(text));
    if (noNumber.test(text)) return { kind: 'notANumber' };
  }
  return failure(
    `${describe(value)} is at ${path || 'the root'} where one number is needed. ` +
      'Lengthen "path" until it leads to a number, or let the backend aggregate.',
  );
}
