import type { KubeObject } from '../src/kube-http.js';

export const istio = (
  kind: string,
  name: string,
  spec: object,
  namespace = 'shop',
): KubeObject => ({
  apiVersion: 'networking.istio.io/v1',
  kind,
  metadata: { name, namespace },
  spec,
});

/** The one edge of the mesh. */
export const gateway = istio(
  'Gateway',
  'public',
  {
    selector: { istio: 'ingressgateway' },
    servers: [{ port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['*.example.com'] }],
  },
  'istio-system',
);

export const gatewayName = 'istio-system/public';

/** A destination in an object that people wrote. */
export const to = (host: string, subset: string, weight?: number): object => ({
  destination: { host, subset },
  ...(weight !== undefined && { weight }),
});
