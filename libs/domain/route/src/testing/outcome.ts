import type { Explanation } from '../explanation.js';

/** An answer in one line, for tests that ask only where a request went. */
export function inShort(answer: Explanation): string {
  switch (answer.kind) {
    case 'routed':
      return answer.destinations
        .map(({ host, subset, probability }) => {
          const share = probability === 1 ? '' : ` ${probability}`;
          return `${subset ?? host}${share}`;
        })
        .join(', ');
    case 'status':
      return [answer.code, answer.flag].filter(Boolean).join(' ');
    case 'redirect':
      return `redirect ${answer.to.status}`;
    case 'directResponse':
      return `direct ${answer.status}`;
    case 'passthrough':
    case 'closed':
    case 'rejected':
      return answer.kind;
  }
}
