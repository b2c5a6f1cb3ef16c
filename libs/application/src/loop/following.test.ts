import { beforeEach, expect, it } from '@jest/globals';
import { aMeshService } from '@spillway/domain-istio/testing';
import { aMoment } from '@spillway/domain-release/testing';
import { releaseId, serviceName } from '@spillway/kernel';
import { ScriptedCluster } from '../testing/fake/scripted-cluster.js';
import { VirtualClock } from '../testing/fake/virtual-clock.js';
import { eu, us } from '../testing/index.js';
import { Following } from './following.js';

const service = aMeshService();
const [first, second] = [releaseId('first'), releaseId('second')];
let link: ScriptedCluster;
let following: Following;
beforeEach(() => {
  link = new ScriptedCluster(eu, new VirtualClock(aMoment));
  following = new Following();
});

it('knows which release a host is news for, while that runs', () => {
  following.start(first, service, [link]);
  following.start(first, service, [link]);
  expect(following.releaseOf(service.host)).toBe(first);
  expect([...link.followed]).toEqual([service.host]);
  following.stop(first);
  expect(following.releaseOf(service.host)).toBeUndefined();
  expect([...link.followed]).toEqual([]);
});

it('does not let the end of one release stop the watch of the next', () => {
  following.start(first, service, [link]);
  following.start(second, service, [link]);
  following.stop(first);
  expect(following.releaseOf(service.host)).toBe(second);
  expect([...link.followed]).toEqual([service.host]);
});

it('lets go of a release in every cluster in which it followed it', () => {
  const other = new ScriptedCluster(us, new VirtualClock(aMoment));
  following.start(first, service, [link]);
  following.start(first, service, [other]);
  expect(following.isFollowed(first)).toBe(true);
  following.stop(first);
  expect(following.isFollowed(first)).toBe(false);
  expect([...link.followed, ...other.followed]).toEqual([]);
});

it('lets go also of what only the release before was followed in', () => {
  const other = new ScriptedCluster(us, new VirtualClock(aMoment));
  following.start(first, service, [link, other]);
  following.start(second, service, [link]);
  expect(following.isFollowed(first)).toBe(false);
  following.stop(second);
  expect([...link.followed, ...other.followed]).toEqual([]);
});

it('tells two services apart, though one VirtualService may route both', () => {
  const virtualService = { namespace: 'shop', name: 'shop' };
  const adopted = (name: string) =>
    aMeshService({
      service: serviceName(`shop/${name}`),
      host: `${name}.shop.svc.cluster.local`,
      ownership: { kind: 'adopted', virtualService },
    });
  const [catalog, cart] = [adopted('catalog'), adopted('cart')];
  following.start(first, catalog, [link]);
  following.start(second, cart, [link]);
  expect(following.releaseOf(catalog.host)).toBe(first);
  expect(following.releaseOf(cart.host)).toBe(second);
  following.stop(first);
  expect([...link.followed]).toEqual([cart.host]);
});
