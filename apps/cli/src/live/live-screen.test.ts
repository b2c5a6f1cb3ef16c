import { describe, expect, it } from '@jest/globals';
import { screenOf } from '../testing/screen.js';
import { LiveScreen } from './live-screen.js';

function aScreen() {
  let written = 'before\n';
  const screen = new LiveScreen({ write: (text) => void (written += text) });
  return { screen, seen: () => screenOf(written), written: () => written };
}

describe('a live screen', () => {
  it('draws over its last picture and over nothing else', () => {
    const { screen, seen } = aScreen();
    screen.show(['one longer line', 'two']);
    screen.show(['1', '2']);
    expect(seen()).toBe('before\n1\n2');
  });

  it('leaves nothing of a picture that was taller', () => {
    const { screen, seen } = aScreen();
    screen.show(['one', 'two', 'three']);
    screen.show(['1']);
    expect(seen()).toBe('before\n1');
  });

  it('begins anew when the window has another size', () => {
    const { screen, seen } = aScreen();
    screen.show(['one', 'two']);
    screen.forget();
    screen.show(['1']);
    expect(seen()).toBe('1');
  });

  it('hides the cursor while it draws, and gives it back once', () => {
    const { screen, written } = aScreen();
    screen.show(['one']);
    screen.show(['two']);
    screen.leave();
    screen.leave();
    expect(written().match(/\?25[lh]/g)).toEqual(['?25l', '?25h']);
  });

  it('writes nothing when nothing was shown', () => {
    const { screen, written } = aScreen();
    screen.forget();
    screen.leave();
    expect(written()).toBe('before\n');
  });
});
