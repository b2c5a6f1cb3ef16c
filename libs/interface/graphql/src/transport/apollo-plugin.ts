import { HeaderMap, type ApolloServerPlugin, type GraphQLRequestContext } from '@apollo/server';
import { refusal } from '@spillway/kernel';
import { Refused } from '@spillway/interface-problem';
import { GraphQLError, OperationTypeNode, type FormattedExecutionResult } from 'graphql';
import { STREAM_PATH, type GraphqlContext, type GraphqlOptions } from '../options.js';
import { errorFormatter } from './errors.js';
import { refuseOperation } from './refuse-operation.js';
import { runOperation } from './run-operation.js';

type Asked = GraphQLRequestContext<GraphqlContext>;

const noStream = (): GraphQLError => {
  const refused = refusal(
    'INVALID_INPUT',
    'A subscription cannot be answered by a single answer.',
    `Connect to this address by WebSocket with the protocol graphql-transport-ws, or send it to ${STREAM_PATH}.`,
  );
  return new GraphQLError(refused.message, {
    originalError: new Refused(refused),
    extensions: { http: { status: 400 } },
  });
};

/** What Apollo leaves to others: who may send which operation, and how long one may take. */
export function apolloPlugin(options: GraphqlOptions): ApolloServerPlugin<GraphqlContext> {
  const check = ({ source, document, operation, contextValue }: Asked): void => {
    if (operation?.operation === OperationTypeNode.SUBSCRIPTION) throw noStream();
    if (source === undefined || document === undefined) return;
    const refused = refuseOperation(options, { source, document, caller: contextValue.caller });
    if (refused !== undefined) throw refused;
  };
  return {
    requestDidStart: async () => ({
      didResolveOperation: async (asked) => check(asked),
      responseForOperation: async (asked) => {
        const singleResult = await answer(asked, options);
        return {
          body: { kind: 'single', singleResult },
          http: { headers: new HeaderMap(), ...statusOf(singleResult) },
        };
      },
    }),
  };
}

async function answer(
  { schema, document, contextValue, request }: Asked,
  { timeoutMs, logger }: GraphqlOptions,
): Promise<FormattedExecutionResult> {
  if (document === undefined) throw new Error('Apollo executes nothing that it has not parsed');
  const { errors, data } = await runOperation(
    {
      schema,
      document,
      contextValue,
      variableValues: request.variables,
      operationName: request.operationName,
    },
    timeoutMs,
  );
  const format = errorFormatter(logger);
  return {
    ...(errors === undefined ? {} : { errors: errors.map((one) => format(one.toJSON(), one)) }),
    ...(data === undefined ? {} : { data }),
  };
}

/** Without data nothing was executed: it took too long, or its variables do not fit. */
function statusOf({ data, errors = [] }: FormattedExecutionResult): { status?: number } {
  if (data !== undefined) return {};
  const isLate = errors.some(({ extensions }) => extensions?.['code'] === 'TOOK_TOO_LONG');
  return { status: isLate ? 504 : 400 };
}
