import type { Spot } from '../spot.js';

/** Everything besides the path that narrows a match: to requests, or to proxies. */
const narrowing = [
  'headers',
  'withoutHeaders',
  'queryParams',
  'method',
  'authority',
  'scheme',
  'port',
  'sourceLabels',
  'sourceNamespace',
  'gateways',
];

/** Whether every request of every proxy fits the match. */
export function isCatchAll(match: Spot): boolean {
  const uri = match.at('uri');
  const everyPath = uri.at('prefix').value === '/' || uri.at('regex').value === '.*';
  return everyPath && narrowing.every((field) => isOpen(match.at(field).value));
}

function isOpen(value: unknown): boolean {
  if (value === undefined || value === null || value === '' || value === 0) return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}
