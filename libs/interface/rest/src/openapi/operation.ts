import { applyDecorators } from '@nestjs/common';
import {
  ApiBody,
  ApiHeader,
  ApiOperation,
  ApiParam,
  ApiQuery,
  ApiResponse,
  ApiSecurity,
  type ApiResponseMetadata,
} from '@nestjs/swagger';
import type { ErrorCode } from '@spillway/kernel';
import { queryParameters, type DocumentId, type ViewId } from '@spillway/interface-contract';
import { problemKind, problemMediaType } from '@spillway/interface-problem';

type Query = Parameters<typeof queryParameters>[0];
type Schema = { readonly $ref: string };

export interface Operation {
  /** `operationId`; never renamed: clients are generated from it. */
  readonly id: string;
  readonly summary: string;
  readonly description: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly query?: Query;
  readonly body?: DocumentId;
  readonly bodyMayBeAbsent?: true;
  /** Whether a repeated request may carry the same `Idempotency-Key`. */
  readonly repeatable?: true;
  readonly answer?: ViewId;
  readonly status?: 200 | 201 | 204;
  readonly answerType?: 'text/event-stream';
  /** Other statuses that are no problems: with the same body, except 304, which has none. */
  readonly alsoAnswers?: Readonly<Record<number, string>>;
  readonly answerHeaders?: Readonly<Record<string, string>>;
  readonly requestHeaders?: Readonly<Record<string, string>>;
  /** Foreseen refusals besides those that every operation has. */
  readonly refusals?: readonly ErrorCode[];
  readonly open?: true;
}

const text = { type: 'string' } as const;
const ref = (id: string): Schema => ({ $ref: `#/components/schemas/${id}` });

const everywhere = ['INVALID_INPUT', 'DATABASE_UNAVAILABLE', 'INTERNAL'] as const;

/** Says everything about an operation in the OpenAPI document; the route stays Nest’s to declare. */
export const Documented = (operation: Operation): MethodDecorator =>
  applyDecorators(
    ApiOperation({
      operationId: operation.id,
      summary: operation.summary,
      description: operation.description,
    }),
    ...inputs(operation),
    ...answers(operation),
    ...(operation.open === true ? [] : [ApiSecurity('token'), ...refusals(operation)]),
  );

function inputs(operation: Operation): MethodDecorator[] {
  const { parameters = {}, query, body, bodyMayBeAbsent, requestHeaders = {} } = operation;
  const headers = {
    ...requestHeaders,
    ...(operation.repeatable === true ? { 'Idempotency-Key': idempotencyKey } : {}),
  };
  return [
    ...Object.entries(parameters).map(([name, description]) =>
      ApiParam({ name, description, schema: text }),
    ),
    ...(query === undefined ? [] : queryParameters(query)).map(({ name, description, schema }) =>
      ApiQuery({ name, description, required: false, schema: schema as object }),
    ),
    ...Object.entries(headers).map(([name, description]) =>
      ApiHeader({ name, description, required: false, schema: text }),
    ),
    ...(body === undefined
      ? []
      : [ApiBody({ schema: ref(body), required: bodyMayBeAbsent !== true })]),
  ];
}

const idempotencyKey =
  '1 to 200 characters of your choice. The same key with the same request gives the first outcome again, for 24 hours.';

function answers(operation: Operation): MethodDecorator[] {
  const { answer, status = 200, answerType = 'application/json', summary } = operation;
  const content =
    answer === undefined ? {} : { content: { [answerType]: { schema: ref(answer) } } };
  const headers = toHeaders(operation.answerHeaders ?? {});
  return [
    ApiResponse({ status, description: `Done: ${summary}.`, ...headers, ...content }),
    ...Object.entries(operation.alsoAnswers ?? {}).map(([other, description]) =>
      ApiResponse({ status: Number(other), description, ...(other === '304' ? {} : content) }),
    ),
  ];
}

type Headers = NonNullable<ApiResponseMetadata['headers']>;

const toHeaders = (described: Readonly<Record<string, string>>): { headers?: Headers } => {
  const headers = Object.entries(described).map(([name, description]) => [
    name,
    { description, schema: text },
  ]);
  return headers.length === 0 ? {} : { headers: Object.fromEntries(headers) as Headers };
};

function refusals({ refusals: own = [], ...operation }: Operation): MethodDecorator[] {
  const codes: ErrorCode[] = ['UNAUTHENTICATED', ...everywhere, ...own];
  if (operation.repeatable === true) codes.push('IDEMPOTENCY_KEY_REUSED');
  const statuses = new Set(codes.map((code) => problemKind(code).status));
  return [...statuses]
    .sort((a, b) => a - b)
    .map((status) => {
      const same = [...new Set(codes)].filter((code) => problemKind(code).status === status);
      return ApiResponse({
        status,
        description: same.map((code) => `${code}: ${problemKind(code).title}.`).join(' '),
        ...(status === 503 ? toHeaders({ 'Retry-After': 'Seconds.' }) : {}),
        content: { [problemMediaType]: { schema: ref('Problem') } },
      });
    });
}
