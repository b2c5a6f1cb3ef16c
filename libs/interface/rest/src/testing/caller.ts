import type { RestApp } from './rest-app.js';

interface Call {
  readonly token?: string | undefined;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

function toRequest({ token = 'token-of-ci', body, headers = {} }: Call): RequestInit {
  const identity = token === '' ? {} : { authorization: `Bearer ${token}` };
  if (body === undefined) return { headers: { ...identity, ...headers } };
  return {
    headers: { ...identity, 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  };
}

function toAnswer({ status, headers }: Response, text: string): Answer {
  const isJson = headers.get('content-type')?.includes('json') === true && text !== '';
  return { status, headers, body: isJson ? (JSON.parse(text) as unknown) : text };
}

/** Asks as `ci`, unless a call says otherwise. */
export const callerOf =
  (app: () => RestApp) =>
  async (method: string, path: string, call: Call = {}): Promise<Answer> => {
    const response = await fetch(app().url + path, { method, ...toRequest(call) });
    return toAnswer(response, await response.text());
  };
