/**
 * The same object, of which some methods are done in another way. The others keep their own `this`,
 * so that an object with a memory does not get a second one.
 */
export const withMethods = <T extends object>(plain: T, others: Partial<T>): T =>
  new Proxy(plain, {
    get(target, name) {
      if (Object.hasOwn(others, name)) return others[name as keyof T];
      const found: unknown = Reflect.get(target, name);
      return typeof found === 'function' ? (found.bind(target) as unknown) : found;
    },
  });
