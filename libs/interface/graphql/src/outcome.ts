import { ok, type Refusal, type Result } from '@spillway/kernel';
import { orRefuse } from '@spillway/interface-problem';

/** A result as the union of its payload and `Refused`. `__typename` tells GraphQL which. */
export const outcome = <Name extends string, Payload extends object>(
  typename: Name,
  result: Result<Payload, Refusal>,
): ({ __typename: Name } & Payload) | ({ __typename: 'Refused' } & Refusal) =>
  result.ok
    ? { __typename: typename, ...result.value }
    : { __typename: 'Refused', ...result.error };

/** Goes on with a value; a refusal stays what it is. */
export const mapOk = <From, To>(
  result: Result<From, Refusal>,
  map: (value: From) => To,
): Result<To, Refusal> => (result.ok ? ok(map(result.value)) : result);

/** Goes on with a value in a use case. */
export const thenOk = <From, To>(
  result: Result<From, Refusal>,
  next: (value: From) => Promise<Result<To, Refusal>>,
): Promise<Result<To, Refusal>> => (result.ok ? next(result.value) : Promise.resolve(result));

/** What is not there is `null`; every other refusal is an error. */
export function orNull<T>(result: Result<T, Refusal>): T | null {
  return !result.ok && result.error.code.startsWith('UNKNOWN_') ? null : orRefuse(result);
}

type Plain =
  string | number | boolean | null | undefined | readonly Plain[] | { [key: string]: Plain };

/** Clients send `null` for what they leave out; documents know only absence. */
export function withoutNulls(input: unknown): Plain {
  if (Array.isArray(input)) return input.map(withoutNulls);
  if (typeof input !== 'object' || input === null) return input as Plain;
  const present = Object.entries(input).filter(
    ([, value]) => value !== null && value !== undefined,
  );
  return Object.fromEntries(present.map(([key, value]) => [key, withoutNulls(value)]));
}
