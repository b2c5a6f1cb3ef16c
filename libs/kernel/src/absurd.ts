import { InvariantBroken } from './coded-error.js';

/** Makes a switch complete: the compiler refuses a call while a case is missing. */
export function absurd(value: never): never {
  throw new InvariantBroken(`unexpected value ${JSON.stringify(value)}`);
}
