import { Agent, get } from 'node:http';

/** Asks, and is done with the last byte of the answer; rejects when that is no success. */
export type Drain = (path: string) => Promise<void>;

/**
 * Over one connection that is kept. What it is sent it does not take apart: that would leave as much
 * garbage with whoever measures as with the API, and its collections would be counted as waits for it.
 */
export function drainOf({ url, token }: { readonly url: string; readonly token: string }): Drain {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const headers = { authorization: `Bearer ${token}` };
  return (path) =>
    new Promise((resolve, reject) => {
      const request = get(`${url}/api/v1${path}`, { agent, headers }, (response) => {
        const { statusCode } = response;
        response.resume().once('error', reject);
        response.once('end', () => {
          if (statusCode === 200) resolve();
          else reject(new Error(`GET ${path}: ${statusCode}`));
        });
      });
      request.once('error', reject);
    });
}
