const http = ['http', 'http2', 'http_proxy', 'grpc', 'grpc-web'];
const tls = ['https', 'tls'];
const tcp = ['tcp', ...tls, 'mongo', 'redis', 'mysql'];
const known = [...http, ...tcp, 'udp', 'hbone'];

const within = (names: readonly string[]) => (text: string) => names.includes(text.toLowerCase());

export const isHttp = within(http);
export const isTls = within(tls);
/** Told apart by address only, or by what TLS says. */
export const isTcp = within(tcp);
export const isProtocol = within(known);
