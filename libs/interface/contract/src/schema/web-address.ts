import { z } from 'zod';

/** `https://user:secret@host/?token=…` would be shown to everybody who may read where it is. */
const carriesNothingSecret = (text: string): boolean => {
  const url = new URL(text);
  return url.username === '' && url.password === '' && url.search === '' && url.hash === '';
};

/** `credentials` says where they are written instead, if anywhere. */
export const webAddress = (credentials = '') =>
  z
    .url({ protocol: /^https?$/, error: 'must be an http or https address', abort: true })
    .refine(carriesNothingSecret, {
      error: `must have no user, query or fragment${credentials}`,
    });
