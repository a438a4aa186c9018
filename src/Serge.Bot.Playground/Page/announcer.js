// Announces changes to screen readers, without reading whole lists again.
import { byId } from './dom.js';

const region = byId('announcer');
let waiting = [];

export function announce(text) {
  waiting.push(text);
  if (waiting.length === 1) {
    setTimeout(() => {
      region.textContent = waiting.join(' — ');
      waiting = [];
    }, 250);
  }
}
