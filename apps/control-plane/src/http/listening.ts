import { CodedError } from '@spillway/kernel';
import type { Config } from '../config/load-config.js';

/** In use, not allowed, or not an address of this machine. */
const addressErrors = new Set(['EADDRINUSE', 'EACCES', 'EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN']);

/** Turns an address that nobody can listen on into what to change. */
export async function listening<T>(
  { host, port }: Pick<Config, 'host' | 'port'>,
  start: () => Promise<T>,
): Promise<T> {
  try {
    return await start();
  } catch (cause) {
    const { code = '' } = cause as NodeJS.ErrnoException;
    if (!addressErrors.has(code)) throw cause;
    throw new CodedError(
      'INVALID_CONFIGURATION',
      `Cannot listen on ${host}:${port} (${code}).`,
      'Set SPILLWAY_HOST and SPILLWAY_PORT to an address of this machine that is free.',
      { cause },
    );
  }
}
