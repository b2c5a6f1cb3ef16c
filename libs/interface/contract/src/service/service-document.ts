import type { z } from 'zod';
import { faultsOfService } from './service-faults.js';
import { serviceFields } from './service-fields.js';

export const serviceDocument = serviceFields
  .superRefine((service, context) => {
    for (const { path, message } of faultsOfService(service)) {
      context.addIssue({ code: 'custom', path: [...path], message });
    }
  })
  .meta({
    description: 'A mesh service that can be released.',
    examples: [
      {
        name: 'shop/catalog',
        port: 8080,
        stable: 'v1',
        clusters: ['eu-west', 'us-east'],
        edge: { gateways: ['istio-system/public'], hosts: ['shop.example.com'] },
      },
    ],
  });

export type ServiceDocument = z.input<typeof serviceDocument>;
