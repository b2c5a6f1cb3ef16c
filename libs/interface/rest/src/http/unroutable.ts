import { refusal } from '@spillway/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { setAnswerHeaders } from './answer-headers.js';
import { sendProblem } from './problem-filter.js';

/** An address that the router cannot read is refused before any hook runs. */
export function answerUnroutable(_: Error, request: FastifyRequest, reply: FastifyReply): void {
  setAnswerHeaders(request, reply);
  sendProblem(request, reply, malformed());
}

const malformed = () =>
  refusal(
    'INVALID_INPUT',
    'The request could not be read; its address is malformed.',
    'Check the address: "%" begins the code of a byte, and what is coded is UTF-8.',
  );
