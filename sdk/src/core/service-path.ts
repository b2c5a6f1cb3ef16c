/** `shop/catalog` as the two parts of an address. */
export function servicePath(service: string): { namespace: string; name: string } {
  const [namespace = '', name = ''] = service.split('/', 2);
  if (namespace === '' || name === '') {
    throw new TypeError(`"${service}" is not a service; write namespace/name.`);
  }
  return { namespace, name };
}
