import { SetMetadata } from '@nestjs/common';

export const UNAUTHENTICATED = 'spillway:unauthenticated';

/** Whoever asks is answered. Only for what holds nothing secret. */
export const Unauthenticated = (): MethodDecorator & ClassDecorator =>
  SetMetadata(UNAUTHENTICATED, true);
