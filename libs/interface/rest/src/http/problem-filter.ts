import {
  Catch,
  HttpException,
  Inject,
  type ArgumentsHost,
  type ExceptionFilter,
} from '@nestjs/common';
import { refusal, type Refusal } from '@spillway/kernel';
import {
  problemMediaType,
  refusalIn,
  retryAfter,
  toProblem,
  unforeseen,
} from '@spillway/interface-problem';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { REST_OPTIONS, type RestLogger } from '../options.js';
import { allowedMethods } from './allowed-methods.js';
import { pathOf } from './path-of.js';

/** Answers everything that was thrown with a problem body; what is nobody’s business goes to the log. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(@Inject(REST_OPTIONS) private readonly options: { readonly logger: RestLogger }) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    // GraphQL puts errors into its own answer.
    if (host.getType<string>() === 'graphql') throw thrown;
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const foreseen =
      refusalIn(thrown) ?? refusalIn(causeOf(thrown)) ?? ofTransport(thrown, request);
    if (foreseen === undefined) this.log(thrown, request);
    // A stream is cut: its reader connects again, and is told then.
    if (reply.raw.headersSent) return void reply.raw.destroy();
    sendProblem(request, reply, foreseen ?? unforeseen(request.id));
  }

  private log(thrown: unknown, request: FastifyRequest): void {
    const { id, method } = request;
    const fields = { err: thrown, requestId: id, method, path: pathOf(request) };
    this.options.logger.error(fields, 'a request went wrong in an unforeseen way');
  }
}

/** Nest wraps what was thrown before its own handlers. */
const causeOf = (thrown: unknown): unknown =>
  thrown instanceof HttpException ? thrown.cause : undefined;

const statusOf = (thrown: unknown): number | undefined =>
  thrown instanceof HttpException && thrown.getStatus() < 500 ? thrown.getStatus() : undefined;

function ofTransport(thrown: unknown, request: FastifyRequest): Refusal | undefined {
  switch (statusOf(thrown)) {
    case undefined:
      return undefined;
    case 404:
      return notThere(request);
    case 413:
      return refusal('BODY_TOO_LARGE', 'The body is larger than 1 MB.', 'Send a smaller one.');
    case 415:
      return refusal(
        'UNSUPPORTED_MEDIA_TYPE',
        'The body has an encoding that is not read here.',
        'Send JSON in UTF-8, as it is.',
      );
    default:
      return refusal(
        'INVALID_INPUT',
        'The request could not be read; its body is not JSON or its address is malformed.',
        'Check the syntax, and that the body is sent as UTF-8.',
      );
  }
}

function notThere(request: FastifyRequest): Refusal {
  const { method, server } = request;
  const path = pathOf(request);
  const allowed = allowedMethods(server, path);
  return allowed.length === 0
    ? refusal(
        'NOT_FOUND',
        `There is nothing at ${method} ${path}.`,
        'See /api/v1/docs for what there is.',
      )
    : refusal(
        'METHOD_NOT_ALLOWED',
        `${path} does not take ${method}.`,
        `Use ${allowed.join(' or ')}.`,
      );
}

export function sendProblem(request: FastifyRequest, reply: FastifyReply, refused: Refusal): void {
  const instance = pathOf(request);
  const problem = toProblem(refused, { instance, requestId: request.id });
  const wait = retryAfter(refused.code);
  if (wait !== undefined) reply.header('retry-after', String(wait));
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer realm="spillway"');
  if (problem.status === 405) {
    reply.header('allow', allowedMethods(request.server, instance).join(', '));
  }
  // As bytes: to a text Fastify would add a charset, which the media type does not have.
  const body = Buffer.from(JSON.stringify(problem));
  void reply.code(problem.status).header('content-type', problemMediaType).send(body);
}
