/** The gateway that stands for the proxies beside the pods. */
export const mesh = 'mesh';

/** The same for every way to write a gateway in an object of this namespace (istio §1.3). */
export function gatewayKey(gateway: string, namespace: string): string {
  if (gateway === mesh || gateway.includes('/')) return gateway;
  const [name = '', of = namespace, svc = 'svc'] = gateway.split('.');
  return svc === 'svc' ? `${of}/${name}` : gateway;
}
