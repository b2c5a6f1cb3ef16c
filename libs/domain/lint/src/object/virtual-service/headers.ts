import type { Check, Remark } from '../rule.js';
import { frozenRoutes, refused, rules } from '../rule.js';
import type { Spot } from '../spot.js';
import { headerFormatFault } from '../syntax/header-value.js';
import { headerNameRules } from './header-name.js';

export const headerRules = rules({
  HEADER_HOST_UNCHANGEABLE: refused('The Host header is removed, or set on a response.', {
    without: frozenRoutes,
    next: 'Set host in headers.request, or use rewrite.authority.',
  }),
  HEADER_PSEUDO_UNCHANGEABLE: refused('A header that begins with a colon is changed.', {
    without: frozenRoutes,
    next: 'Remove it; of these only :authority of a request can be set.',
  }),
  HEADER_VALUE_CONTROL: refused('The value of a header has a control character.', {
    without: frozenRoutes,
    next: 'Remove line breaks and other control characters.',
  }),
  HEADER_VALUE_FORMAT: refused("The value of a header is not in Envoy's format.", {
    without: frozenRoutes,
    next: 'Write %% for a percent sign, and end a variable such as %ROUTE_NAME% with one.',
  }),
  AUTHORITY_SET_TWICE: refused('The authority of a request is set in more than one place.', {
    without: 'it is stored, and one of the two is ignored',
    next: 'Keep rewrite.authority or one of the headers host and :authority.',
  }),
});

const control = /[^\t\u0020-\u007e\u0080-\uffff]/;

const isAuthority = (name: string): boolean => ['host', ':authority'].includes(name.toLowerCase());

/** What is done to the headers of requests and responses. */
export const headers: Check = function* (route) {
  const request = route.at('headers').at('request');
  const response = route.at('headers').at('response');
  for (const field of ['add', 'set']) {
    for (const [name, value] of request.at(field).entries()) {
      yield* headerName(name, value, { authority: true });
      yield* headerValue(value);
    }
    for (const [name, value] of response.at(field).entries()) {
      yield* headerName(name, value, { authority: false });
      yield* headerValue(value);
    }
  }
  for (const spot of [...request.at('remove').texts(), ...response.at('remove').texts()]) {
    yield* headerName(spot.text, spot, { authority: false });
  }
};

function* headerName(
  name: string,
  spot: Spot,
  { authority }: { readonly authority: boolean },
): Iterable<Remark> {
  if (name === '') yield headerNameRules.HEADER_NAME_EMPTY.on(spot, 'A header has no name.');
  if (authority && isAuthority(name)) return;
  if (name.toLowerCase() === 'host') {
    yield headerRules.HEADER_HOST_UNCHANGEABLE.on(spot, `${name} cannot be changed here.`);
  } else if (name.startsWith(':')) {
    yield headerRules.HEADER_PSEUDO_UNCHANGEABLE.on(spot, `${name} cannot be changed here.`);
  }
}

function* headerValue(spot: Spot): Iterable<Remark> {
  const said = JSON.stringify(spot.text);
  if (control.test(spot.text)) {
    yield headerRules.HEADER_VALUE_CONTROL.on(spot, `${said} has a control character.`);
    return;
  }
  const fault = headerFormatFault(spot.text);
  if (fault !== undefined) yield headerRules.HEADER_VALUE_FORMAT.on(spot, `${said}: ${fault}.`);
}

/** Only one place may say what the authority of the request becomes. */
export const authority: Check = function* (http) {
  const request = http.at('headers').at('request');
  const places = [
    http.at('rewrite').at('authority'),
    ...['set', 'add'].flatMap((field) =>
      request
        .at(field)
        .entries()
        .filter(([name]) => isAuthority(name))
        .map(([, value]) => value),
    ),
  ].filter(({ text }) => text !== '');
  const [first, second] = places;
  if (first === undefined || second === undefined) return;
  yield headerRules.AUTHORITY_SET_TWICE.on(
    second,
    `The authority is ${JSON.stringify(first.text)} already, and here ${JSON.stringify(second.text)}.`,
  );
};
