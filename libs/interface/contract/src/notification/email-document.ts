import type { Channel } from '@spillway/domain-notification';
import { z } from 'zod';
import { document } from '../schema/document.js';
import { secretRef, word } from '../source/connection-fields.js';

/** Plain ones, of ASCII: nothing in them can begin another address, or a header. */
const mailAddress = z
  .string()
  .max(254)
  .regex(/^[\w!#$%&'*+/=?^`{|}~.-]+@[A-Za-z0-9](?:[-.A-Za-z0-9]*[A-Za-z0-9])?$/, {
    error: 'must be an address such as ops@example.com',
  });

const login = document({
  username: z
    .string()
    .min(1)
    .max(200)
    .regex(/^[\x20-\x7e]+$/, { error: 'must be printable ASCII characters' })
    .describe('User name.'),
  password: secretRef('Its password.'),
});

type Email = Omit<Extract<Channel, { readonly kind: 'email' }>, 'kind'>;

/** A password is not sent where everybody on the way can read it. */
export const emailFields = document({
  host: word(/^[A-Za-z0-9](?:[-.:A-Za-z0-9]*[A-Za-z0-9])?$/, 'a host or an address').describe(
    'The mail server.',
  ),
  port: z.int().min(1).max(65_535).default(587).describe('Its port.'),
  security: z
    .enum(['tls', 'startTls', 'none'])
    .default('startTls')
    .describe('tls: from the first byte. startTls: refused where the server does not offer it.'),
  login: login.exactOptional().describe('Where the server wants one; takes tls or startTls.'),
  from: mailAddress.describe('Who it is from.'),
  to: z.array(mailAddress).min(1).max(50).describe('Who gets it, all in one message.'),
})
  .superRefine(({ security, login: written }, context) => {
    if (security === 'none' && written !== undefined) {
      const message = 'must be tls or startTls where there is a login';
      context.addIssue({ code: 'custom', path: ['security'], message });
    }
  })
  .describe('E-mail by SMTP.') satisfies z.ZodType<Email>;
