import type { Check } from '../rule.js';
import { refused, rules, warned } from '../rule.js';
import type { Spot } from '../spot.js';
import { base64Length, utf8Length } from '../syntax/bytes.js';
import { all, inside, on } from '../walk.js';
import { statusRange } from './status-range.js';

const kibibyte = 1024;
const most = 1024 * kibibyte;
const much = 100 * kibibyte;

export const directResponseRules = rules({
  DIRECT_RESPONSE_TOO_LARGE: refused('The body of a direct response has more than 1 MiB.', {
    without: 'it is stored, and sent to every proxy with each change of routes',
    next: 'Serve the body from a service.',
  }),
  DIRECT_RESPONSE_LARGE: warned('The body of a direct response has more than 100 KiB.', {
    consequence: 'It is sent to every proxy with each change of routes.',
    next: 'Serve the body from a service.',
  }),
});

const sizeOf = (body: Spot): number =>
  body.at('string').isSet
    ? utf8Length(body.at('string').text)
    : base64Length(body.at('bytes').text);

const size: Check = function* (body) {
  const bytes = sizeOf(body);
  if (bytes > most) {
    yield directResponseRules.DIRECT_RESPONSE_TOO_LARGE.on(body, `The body has ${bytes} bytes.`);
  } else if (bytes > much) {
    yield directResponseRules.DIRECT_RESPONSE_LARGE.on(body, `The body has ${bytes} bytes.`);
  }
};

export const directResponse: Check = all(on('status', statusRange), inside('body', size));
