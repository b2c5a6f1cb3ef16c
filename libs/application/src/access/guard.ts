import { allows, isLimited, sees, type Place } from '@spillway/domain-access';
import { refusal, refuse, type Refusal, type Result } from '@spillway/kernel';
import type { UnitOfWork } from '../port/unit-of-work.js';
import type { UseCases } from '../use-case/use-cases.js';
import type { Caller } from './caller.js';
import { operations, type Operation, type OperationName } from './operations.js';
import { placeOf, unseen, type Where } from './where.js';

type Doing = (...args: readonly unknown[]) => Promise<Result<unknown, Refusal>>;

/**
 * The use cases, each behind its row of `operations`. Who may not see a thing is told that
 * there is none; who may see it and not do this is told so.
 */
export function guarded(useCases: UseCases, unitOfWork: UnitOfWork): UseCases {
  const doings = Object.entries(operations).map(([name, operation]) => {
    const doing = useCases[name as OperationName] as unknown as Doing;
    return [name, guard(name as OperationName, operation as Operation<readonly unknown[]>, doing)];
  });
  return Object.fromEntries(doings) as UseCases;

  function guard(
    name: OperationName,
    operation: Operation<readonly unknown[]>,
    doing: Doing,
  ): Doing {
    return async (...args) => {
      const caller = args.at(-1) as Caller;
      const where = [operation.where(...args)].flat();
      const refused = await refuseAccess({ name, operation, caller, where }, unitOfWork);
      return refused === undefined ? doing(...args) : refuse(refused);
    };
  }
}

interface Asked {
  readonly name: OperationName;
  readonly operation: Operation<readonly unknown[]>;
  readonly caller: Caller;
  readonly where: readonly Where[];
}

async function refuseAccess(asked: Asked, unitOfWork: UnitOfWork): Promise<Refusal | undefined> {
  const { caller, operation, where } = asked;
  if (operation.isOpen === true) return undefined;
  const able = caller.grants.filter(({ role }) => operation.roles.includes(role));
  // Whoever may do it everywhere may do it here: nothing has to be looked up.
  if (able.some((grant) => !isLimited(grant))) return undefined;
  const places = await unitOfWork.read((tx) =>
    Promise.all(where.map(async (one) => ({ one, place: await placeOf(tx, one) }))),
  );
  for (const { one, place } of places) {
    // Of what is not there the use case says so itself.
    const refused = place && refuseIn(asked, one, place);
    if (refused !== undefined) return refused;
  }
  return undefined;
}

/** Of these nobody is told that they are not there: everybody knows of them, or may read them. */
const alwaysShown: readonly Where['kind'][] = ['everywhere', 'all', 'somewhere', 'rule'];

function refuseIn({ name, operation, caller }: Asked, where: Where, place: Place) {
  const test = operation.effect === 'read' && where.kind !== 'all' ? sees : allows;
  if (test(caller.grants, operation.roles, place)) return undefined;
  const anyRole = caller.grants.map(({ role }) => role);
  return alwaysShown.includes(where.kind) || sees(caller.grants, anyRole, place)
    ? forbidden(name, operation, caller)
    : unseen(where);
}

const forbidden = (
  name: OperationName,
  { roles }: Operation<readonly unknown[]>,
  { actor }: Caller,
): Refusal =>
  refusal(
    'FORBIDDEN',
    `${actor} may not ${name} here; that takes the role ${roles.join(' or ')}.`,
    'Ask an admin for the role, or somebody who has it to do this.',
  );
