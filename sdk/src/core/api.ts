import createClient, { type Client } from 'openapi-fetch';
import type { paths } from '../generated/schema.js';
import type { CallOptions, CommandOptions } from '../types.js';
import { errorIn } from './errors.js';
import { patientFetch, type Patience } from './patient-fetch.js';

/** The generated contract as calls. */
export type Api = Client<paths>;

export interface ApiOptions extends Patience {
  readonly token: string;
}

export const createApi = (options: ApiOptions): Api =>
  createClient<paths>({
    baseUrl: options.baseUrl,
    headers: { authorization: `Bearer ${options.token}` },
    fetch: patientFetch(options),
  });

interface Answer<Data> {
  readonly data?: Data;
  readonly error?: unknown;
  readonly response: Response;
}

/** The answer’s body; throws `SpillwayError` when the answer is a no. */
export async function bodyOf<Data>(call: Promise<Answer<Data>>): Promise<Data> {
  const { data, error, response } = await call;
  if (data === undefined) throw errorIn(response, error);
  return data;
}

/** For calls that answer without a body. */
export async function done(call: Promise<Answer<unknown>>): Promise<void> {
  const { error, response } = await call;
  if (!response.ok) throw errorIn(response, error);
}

/** Only what was given: `undefined` would be sent as text. */
export const signalOf = (options: CallOptions): { signal?: AbortSignal } =>
  options.signal === undefined ? {} : { signal: options.signal };

export const keyOf = (options: CommandOptions): { header?: { 'Idempotency-Key': string } } =>
  options.idempotencyKey === undefined
    ? {}
    : { header: { 'Idempotency-Key': options.idempotencyKey } };
