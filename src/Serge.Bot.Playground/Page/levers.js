// What breaks the bot and mends it.
import { post } from './api.js';
import { announce } from './announcer.js';
import { el } from './dom.js';

const buttons = [...document.querySelectorAll('[data-trouble]')];
const sides = { discord: 'Discord', mastodon: 'Mastodon' };

/** Marks the buttons whose trouble waits to strike. */
export function showTroubles(troubles) {
  for (const button of buttons) {
    const waiting = troubles.filter(trouble => trouble.kind === button.dataset.trouble).map(trouble => sides[trouble.side]);
    button.querySelector('.waits')?.remove();
    button.classList.toggle('armed', waiting.length > 0);
    if (waiting.length > 0) {
      button.append(el('span', { className: 'waits' }, waiting.length > 1 ? 'waits on both sides' : `waits on ${waiting[0]}`));
    }
  }
}

const say = answer => { if (answer.problem) { announce(answer.problem); } };

for (const button of buttons) {
  button.addEventListener('click', async () => {
    const side = document.querySelector('input[name="side"]:checked').value;
    say(await post('api/faults', { kind: button.dataset.trouble, side }));
  });
}
for (const button of document.querySelectorAll('[data-worker]')) {
  button.addEventListener('click', async () => say(await post('api/worker', { action: button.dataset.worker })));
}
