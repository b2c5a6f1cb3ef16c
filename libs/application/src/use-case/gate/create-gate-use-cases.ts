import type { UseCaseDeps } from '../deps.js';
import {
  putFreezeWindow,
  getFreezeWindow,
  listFreezeWindows,
  removeFreezeWindow,
} from '../freeze/freeze-windows.js';
import { overrideFreeze } from '../freeze/override-freeze.js';
import { listApprovalsWaiting } from './approvals-waiting.js';
import type { GateUseCases } from './gate-use-cases.js';
import { approveRelease, rejectRelease } from './judge-release.js';
import { setGate, listGates } from './service-gates.js';

export const createGateUseCases = (deps: UseCaseDeps): GateUseCases => ({
  approveRelease: approveRelease(deps),
  rejectRelease: rejectRelease(deps),
  listApprovalsWaiting: listApprovalsWaiting(deps),
  overrideFreeze: overrideFreeze(deps),
  setGate: setGate(deps),
  listGates: listGates(deps),
  putFreezeWindow: putFreezeWindow(deps),
  getFreezeWindow: getFreezeWindow(deps),
  listFreezeWindows: listFreezeWindows(deps),
  removeFreezeWindow: removeFreezeWindow(deps),
});
