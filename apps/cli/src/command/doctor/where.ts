import { configPath, contextNamed, readConfig } from '../../context/config-file.js';
import type { Io } from '../../io.js';
import { address, defaultUrl, type GlobalOptions } from '../../settings.js';
import { failed, fine, warning, type Finding } from './finding.js';

/** Which server is meant, and by whose word. */
export async function whichServer(
  io: Io,
  options: GlobalOptions,
): Promise<{ readonly url: string; readonly finding: Finding }> {
  const { env } = io;
  const said = (url: string, by: string) => ({
    url: address(url),
    finding: fine('address', `${url} (${by})`),
  });
  if (options.url !== undefined) return said(options.url, '--url');
  if (options.useContext === undefined && env['SPILLWAY_URL']) {
    return said(env['SPILLWAY_URL'], 'SPILLWAY_URL');
  }
  const config = await readConfig(io);
  const name = options.useContext ?? (env['SPILLWAY_CONTEXT'] || config.current);
  if (name === undefined) return said(defaultUrl, 'nothing else is set');
  return said(contextNamed(config, name).url, `context "${name}"`);
}

/** Tokens on disk are for their owner only. */
export async function loginFile(io: Io): Promise<readonly Finding[]> {
  const path = configPath(io.env);
  const mode = path === undefined ? undefined : await io.permissionsOf(path);
  if (path === undefined || mode === undefined) return [];
  const bits = mode.toString(8);
  if ((mode & 0o077) === 0) return [fine('login file', `${path} is private (${bits})`)];
  return [warning('login file', `${path} can be read by others (${bits})`, `chmod 600 ${path}`)];
}

const isLoopback = ({ hostname }: URL): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.');

/** Whether others on the way can read the token. */
export function transport(address: string): Finding {
  const url = new URL(address);
  if (url.protocol === 'https:') return fine('TLS', 'the certificate of the server is valid');
  if (isLoopback(url)) return fine('TLS', 'not needed on this machine');
  return warning(
    'TLS',
    `${address} is not encrypted: the token can be read on the way`,
    'Use https, or a tunnel.',
  );
}

/** Codes of Node and OpenSSL by what they mean. */
const certificateFaults: readonly (readonly [RegExp, string])[] = [
  [/CERT_HAS_EXPIRED|certificate has expired/, 'its certificate has expired'],
  [/ALTNAME_INVALID|altnames/, 'its certificate is for another name'],
  [
    /SELF_SIGNED|self-signed|UNABLE_TO_(?:VERIFY|GET)|unable to (?:verify|get)/,
    'nobody whom this machine trusts has signed its certificate',
  ],
];

/** Why nobody answers, as far as the words of the cause tell. */
export function unreachable(reason: string): Finding {
  const fault = certificateFaults.find(([words]) => words.test(reason))?.[1];
  return fault === undefined
    ? failed('server', reason, 'Check the address, that it runs, and proxies on the way.')
    : failed(
        'TLS',
        fault,
        'Renew it, or let NODE_EXTRA_CA_CERTS name the authority that signed it.',
      );
}
