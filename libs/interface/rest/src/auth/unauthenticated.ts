import { SetMetadata } from '@nestjs/common';
import { UNAUTHENTICATED } from '@spillway/interface-contract';

/** Whoever asks is answered. Only for what holds nothing secret. */
export const Unauthenticated = (): MethodDecorator & ClassDecorator =>
  SetMetadata(UNAUTHENTICATED, true);
