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
import type { Request, Response } from 'express';
import { REST_OPTIONS, type RestLogger } from '../options.js';
import { allowedMethods } from './allowed-methods.js';
import { requestIdOf } from './exchange.js';

/** Answers everything that was thrown with a problem body; what is nobody’s business goes to the log. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(@Inject(REST_OPTIONS) private readonly options: { readonly logger: RestLogger }) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    // GraphQL puts errors into its own answer.
    if (host.getType<string>() === 'graphql') throw thrown;
    const http = host.switchToHttp();
    const request = http.getRequest<Request>();
    const response = http.getResponse<Response>();
    const foreseen =
      refusalIn(thrown) ?? refusalIn(causeOf(thrown)) ?? ofTransport(thrown, request);
    if (foreseen === undefined) this.log(thrown, request, response);
    // A stream is cut: its reader connects again, and is told then.
    if (response.headersSent) return void response.destroy();
    send(request, response, foreseen ?? unforeseen(requestIdOf(response)));
  }

  private log(thrown: unknown, request: Request, response: Response): void {
    const { method, path } = request;
    const fields = { err: thrown, requestId: requestIdOf(response), method, path };
    this.options.logger.error(fields, 'a request went wrong in an unforeseen way');
  }
}

/** Middleware of Express wraps what was thrown in it. */
const causeOf = (thrown: unknown): unknown =>
  thrown instanceof HttpException ? thrown.cause : undefined;

const statusOf = (thrown: unknown): number | undefined =>
  thrown instanceof HttpException && thrown.getStatus() < 500 ? thrown.getStatus() : undefined;

function ofTransport(thrown: unknown, request: Request): Refusal | undefined {
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
        'Send JSON in UTF-8, plain or as gzip, deflate or br.',
      );
    default:
      return refusal(
        'INVALID_INPUT',
        'The request could not be read; its body is not JSON or its address is malformed.',
        'Check the syntax, and that the body is sent as UTF-8.',
      );
  }
}

function notThere(request: Request): Refusal {
  const { method, path } = request;
  const allowed = allowedMethods(request);
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

function send(request: Request, response: Response, refused: Refusal): void {
  const problem = toProblem(refused, {
    instance: request.path,
    requestId: requestIdOf(response),
  });
  const wait = retryAfter(refused.code);
  if (wait !== undefined) response.setHeader('Retry-After', String(wait));
  if (problem.status === 401) response.setHeader('WWW-Authenticate', 'Bearer realm="spillway"');
  if (problem.status === 405) response.setHeader('Allow', allowedMethods(request).join(', '));
  // Express would add a charset, which the media type does not have.
  response.status(problem.status).setHeader('Content-Type', problemMediaType);
  response.end(JSON.stringify(problem));
}
