const between = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

/** Those that have a name. */
const httpStatuses = new Set([
  ...between(100, 103),
  ...between(200, 208),
  226,
  ...between(300, 305),
  307,
  308,
  ...between(400, 418),
  ...between(421, 426),
  428,
  429,
  431,
  451,
  ...between(500, 508),
  510,
  511,
]);

export const isHttpStatus = (text: string): boolean =>
  /^\+?\d+$/.test(text) && httpStatuses.has(Number(text));

const grpcStatuses = [
  'OK',
  'CANCELLED',
  'UNKNOWN',
  'INVALID_ARGUMENT',
  'DEADLINE_EXCEEDED',
  'NOT_FOUND',
  'ALREADY_EXISTS',
  'PERMISSION_DENIED',
  'RESOURCE_EXHAUSTED',
  'FAILED_PRECONDITION',
  'ABORTED',
  'OUT_OF_RANGE',
  'UNIMPLEMENTED',
  'INTERNAL',
  'UNAVAILABLE',
  'DATA_LOSS',
  'UNAUTHENTICATED',
];

export const isGrpcStatus = (text: string): boolean => grpcStatuses.includes(text);
