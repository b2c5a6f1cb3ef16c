import type { Check, Remark } from '../rule.js';
import { refused, rules, silent, warned } from '../rule.js';
import { duration } from '../shared/duration.js';
import type { Spot } from '../spot.js';
import { isGrpcStatus } from '../syntax/status.js';
import { all, inside, on } from '../walk.js';
import { statusRange } from './status-range.js';

export const faultRules = rules({
  FAULT_EMPTY: refused('A fault has neither an abort nor a delay.', {
    without: 'it is stored, and does nothing',
    next: 'Add fault.abort or fault.delay, or remove fault.',
  }),
  FAULT_PERCENTAGE_RANGE: refused('The percentage of a fault is not 0 and not in 0.0001..100.', {
    next: 'Write a percentage from 0.0001 to 100, or 0 for none.',
  }),
  FAULT_GRPC_STATUS_UNKNOWN: refused('The gRPC status of an abort is not known.', {
    next: 'Write a name such as UNAVAILABLE or NOT_FOUND.',
  }),
  FAULT_HTTP2_UNSUPPORTED: refused('An abort has an HTTP/2 error, which Istio does not do.', {
    without: 'it is stored, and nothing is aborted',
    next: 'Write httpStatus or grpcStatus.',
  }),
  FAULT_EXPONENTIAL_UNSUPPORTED: refused('A delay is exponential, which Istio does not do.', {
    without: 'it is stored, and nothing is delayed',
    next: 'Write fixedDelay.',
  }),
  FAULT_ABORT_WITHOUT_STATUS: warned('An abort does not say with which status.', {
    consequence: 'Nothing is aborted.',
    next: 'Add httpStatus or grpcStatus.',
  }),
  FAULT_WITHOUT_PERCENTAGE: silent('A fault does not say for which share of requests.', {
    consequence: 'It is injected into no request.',
    next: 'Add percentage.value, 100 for every request.',
  }),
  FAULT_PERCENT_DEPRECATED: warned('A delay has percent, which is deprecated.', {
    istio: 'IST0002',
    consequence: 'It still works, in whole percents, where percentage is not set.',
    next: 'Write percentage.value.',
  }),
});

const percentage: Check = function* (spot) {
  const value = spot.at('value').number ?? 0;
  if (value === 0 || (value >= 0.0001 && value <= 100)) return;
  yield faultRules.FAULT_PERCENTAGE_RANGE.on(
    spot.at('value'),
    `${value} is neither 0 nor in 0.0001..100.`,
  );
};

function* error(abort: Spot): Iterable<Remark> {
  const grpc = abort.at('grpcStatus');
  if (typeof grpc.value === 'string' && !isGrpcStatus(grpc.text)) {
    yield faultRules.FAULT_GRPC_STATUS_UNKNOWN.on(
      grpc,
      `${JSON.stringify(grpc.text)} is not a gRPC status.`,
    );
  }
  const http2 = abort.at('http2Error');
  if (http2.isSet) yield faultRules.FAULT_HTTP2_UNSUPPORTED.on(http2, 'http2Error is set.');
  if (abort.setOf('httpStatus', 'grpcStatus', 'http2Error').length > 0) return;
  yield faultRules.FAULT_ABORT_WITHOUT_STATUS.on(abort, 'The abort has no status.');
}

const noShare: Check = function* (spot) {
  if (spot.setOf('percentage', 'percent').length > 0) return;
  yield faultRules.FAULT_WITHOUT_PERCENTAGE.on(spot, 'percentage is not set.');
};

const deprecated: Check = function* (delay) {
  const percent = delay.at('percent');
  if ((percent.number ?? 0) === 0) return;
  yield faultRules.FAULT_PERCENT_DEPRECATED.on(percent, `percent ${percent.number} is deprecated.`);
};

const exponential: Check = function* (spot, scope) {
  yield* duration(spot, scope);
  yield faultRules.FAULT_EXPONENTIAL_UNSUPPORTED.on(spot, 'exponentialDelay is set.');
};

const notEmpty: Check = function* (spot) {
  if (spot.setOf('abort', 'delay').length > 0) return;
  yield faultRules.FAULT_EMPTY.on(spot, 'There is no abort and no delay.');
};

export const fault: Check = all(
  notEmpty,
  inside('abort', inside('percentage', percentage), on('httpStatus', statusRange), error, noShare),
  inside(
    'delay',
    inside('percentage', percentage),
    on('fixedDelay', duration),
    on('exponentialDelay', exponential),
    noShare,
    deprecated,
  ),
);
