import { z } from 'zod';
import { document } from '../schema/document.js';
import { serviceText } from '../schema/scalars.js';

const dnsName = '[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?';
const publicHost = new RegExp(String.raw`^(?:\*\.)?${dnsName}(?:\.${dnsName})+$`);

function hostFault(host: string): string | undefined {
  if (host === '*') {
    return '"*" would take every host of the mesh too; name the hosts, such as "*.example.com"';
  }
  if (publicHost.test(host)) return undefined;
  return `"${host}" is no host such as "shop.example.com" or "*.example.com"`;
}

const isUnique = (texts: readonly string[]): boolean => new Set(texts).size === texts.length;

/** Istio counts a host that a wildcard takes as a duplicate. */
export const takes = (wildcard: string, host: string): boolean =>
  wildcard.startsWith('*.') && wildcard !== host && host.endsWith(wildcard.slice(1));

const hosts = z
  .array(z.string().max(253))
  .min(1, { error: 'must name a host' })
  .max(100)
  .superRefine((all, context) => {
    all.forEach((host, index) => {
      const twice = all.indexOf(host) < index || all.some((other) => takes(other, host));
      const message = hostFault(host) ?? (twice ? `"${host}" is there twice` : undefined);
      if (message !== undefined) context.addIssue({ code: 'custom', path: [index], message });
    });
  });

export const edgeDocument = document({
  gateways: z
    .array(serviceText)
    .min(1, { error: 'must name a gateway' })
    .max(50)
    .refine(isUnique, { error: 'names a gateway twice' })
    .describe('Gateways as namespace/name.'),
  hosts: hosts.describe(
    'Public hosts; a wildcard is the whole first label, such as *.example.com.',
  ),
});
