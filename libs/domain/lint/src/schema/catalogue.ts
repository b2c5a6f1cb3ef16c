import { finder } from '../catalogue.js';
import type { Meaning } from '../object/rule.js';

const refused = (means: string, next: string): Meaning => ({
  severity: 'error',
  istio: 'IST0106',
  means,
  consequence: 'The API server refuses the object.',
  next,
});

export type SchemaCode =
  | 'UNKNOWN_API_VERSION'
  | 'UNKNOWN_KIND'
  | 'UNKNOWN_FIELD'
  | 'FIELD_NOT_KNOWN_YET'
  | 'FIELD_TOO_NEW'
  | 'VALUE_TOO_NEW'
  | 'NULL_VALUE'
  | 'WRONG_TYPE'
  | 'NOT_IN_ENUM'
  | 'REQUIRED_FIELD'
  | 'ONE_OF'
  | 'OUT_OF_RANGE'
  | 'WRONG_LENGTH'
  | 'TOO_MANY_ITEMS'
  | 'TOO_FEW_ITEMS';

/** What can be wrong with an object by the schema of its kind. */
export const schemaCatalogue: Readonly<Record<SchemaCode, Meaning>> = {
  UNKNOWN_API_VERSION: {
    severity: 'error',
    means: 'The kind is not served in this API version.',
    consequence: 'The API server answers 404, and whoever applies a folder stops there.',
    next: 'Write networking.istio.io/v1 or telemetry.istio.io/v1, which Istio 1.22 and newer serve.',
  },
  UNKNOWN_KIND: {
    severity: 'error',
    means: 'Istio has no kind of this name.',
    consequence: 'The API server answers 404, and whoever applies a folder stops there.',
    next: 'Correct the name of the kind.',
  },
  UNKNOWN_FIELD: {
    severity: 'error',
    means: 'No Istio has a field of this name here.',
    consequence:
      'The API server drops the field and stores the rest, or refuses the object where validation is strict.',
    next: 'Correct the name or remove the field.',
  },
  FIELD_NOT_KNOWN_YET: {
    severity: 'warning',
    means: 'The field is not known here, and the cluster runs an Istio newer than what is.',
    consequence: 'If that Istio has no such field either, its API server drops the field silently.',
    next: 'Look the field up in the reference of that Istio, or apply the object with a server-side dry run.',
  },
  FIELD_TOO_NEW: {
    severity: 'error',
    means: 'The field is newer than the Istio of the cluster.',
    consequence:
      'The API server drops the field and stores the rest, or refuses the object where validation is strict.',
    next: 'Remove the field for this cluster, or upgrade its Istio.',
  },
  VALUE_TOO_NEW: refused(
    'The value of an enumeration is newer than the Istio of the cluster.',
    'Choose another value for this cluster, or upgrade its Istio.',
  ),
  NULL_VALUE: refused(
    'The value is null where there must be one.',
    'Remove the field or fill it in.',
  ),
  WRONG_TYPE: refused('The value is of another type than the field.', 'Write a value of the type.'),
  NOT_IN_ENUM: refused(
    'The value is none of those that the field may have.',
    'Choose one of them.',
  ),
  REQUIRED_FIELD: refused('A field that must be there is missing.', 'Add the field.'),
  ONE_OF: refused('Fields that exclude each other are there together.', 'Keep one of them.'),
  OUT_OF_RANGE: {
    ...refused('The number is outside of its range.', 'Write a number within the range.'),
    consequence: "The API server or istiod's webhook refuses the object.",
  },
  WRONG_LENGTH: refused(
    'The text is too short or too long.',
    'Write a text of a length within the bounds.',
  ),
  TOO_MANY_ITEMS: refused('The list or map has too many entries.', 'Split the object.'),
  TOO_FEW_ITEMS: refused('The list has too few entries.', 'Add one, or remove the list.'),
};

export const schemaFinding = finder(schemaCatalogue);
