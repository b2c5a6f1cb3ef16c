import type { NextFunction, Request, Response } from 'express';

const always = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
} as const;

/** Data is not a page. */
const forData = "default-src 'none'; frame-ancestors 'none'";
/** The reference page brings its own script and styles, and draws icons from data: addresses. */
const forReference =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'";

/** Whoever serves pages elsewhere sets a policy of their own for them. */
export function setSecurityHeaders(request: Request, response: Response, next: NextFunction): void {
  for (const [name, value] of Object.entries(always)) response.setHeader(name, value);
  const reference = request.path.startsWith('/api/v1/docs');
  response.setHeader('Content-Security-Policy', reference ? forReference : forData);
  if (!reference) response.setHeader('Cache-Control', 'private, no-cache');
  next();
}
