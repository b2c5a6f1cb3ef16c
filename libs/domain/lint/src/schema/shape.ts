/**
 * A name in `shapes`, or one with `[]` behind it for a list of such and `{}`
 * for a map to such.
 */
export type ShapeName = string;

export interface TextShape {
  readonly type: 'string';
  readonly values?: readonly string[];
  readonly minLength?: number;
  readonly maxLength?: number;
}

export interface NumberShape {
  readonly type: 'integer' | 'number';
  readonly minimum?: number;
  readonly maximum?: number;
}

export interface ListShape {
  readonly type: 'list';
  readonly of: ShapeName;
  readonly minItems?: number;
  readonly maxItems?: number;
}

export interface MapShape {
  readonly type: 'map';
  readonly of: ShapeName;
  readonly maxItems?: number;
}

export interface ObjectShape {
  readonly type: 'object';
  readonly fields: Readonly<Record<string, ShapeName>>;
  readonly required?: readonly string[];
  /** Of each group at most one field may be there. */
  readonly atMostOne?: readonly (readonly string[])[];
}

/** What the API server demands of a value; `any` is what it preserves unread. */
export type Shape = { readonly nullable?: true } & (
  | TextShape
  | NumberShape
  | ListShape
  | MapShape
  | ObjectShape
  | { readonly type: 'boolean' | 'any' }
);
