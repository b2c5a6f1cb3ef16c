import { z } from 'zod';
import { nearest } from '../schema/did-you-mean.js';
import type { document } from '../schema/document.js';

type Document = ReturnType<typeof document>;

/**
 * One of several documents, when what is written says which one is meant. `either` names the shapes
 * in a message, where what is written fits none.
 */
export const anyShape = <const Shapes extends readonly [Document, ...Document[]]>(
  either: string,
  shapes: Shapes,
) =>
  z.union(shapes, {
    error: ({ input }) => fitsNone(input, either, [...new Set(shapes.flatMap(fieldsOf))]),
  });

const fieldsOf = (shape: Document): readonly string[] => Object.keys(shape.shape);

function fitsNone(input: unknown, either: string, known: readonly string[]): string {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return `give ${either}`;
  const stranger = Object.keys(input).find((field) => !known.includes(field));
  if (stranger === undefined) return `give ${either}`;
  const meant = nearest(stranger, known);
  return meant === undefined
    ? `"${stranger}" is not known here; give ${either}`
    : `"${stranger}" is not known here; did you mean "${meant}"?`;
}
