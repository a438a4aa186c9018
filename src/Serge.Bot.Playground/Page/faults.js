// The buttons that simulate and reset faults.
import { post } from './api.js';
import { announce } from './announcer.js';
import { el } from './dom.js';

const buttons = [...document.querySelectorAll('[data-fault]')];
const sides = { discord: 'Discord', mastodon: 'Mastodon' };

/** Marks the buttons of armed faults. */
export function showFaults(faults) {
  for (const button of buttons) {
    const armed = faults.filter(fault => fault.kind === button.dataset.fault).map(fault => sides[fault.side]);
    button.querySelector('.armed-on')?.remove();
    button.classList.toggle('armed', armed.length > 0);
    if (armed.length > 0) {
      button.append(el('span', { className: 'armed-on' }, armed.length > 1 ? 'armed on both platforms' : `armed on ${armed[0]}`));
    }
  }
}

const problem = el('p', { className: 'problem' });
/** The request that failed. */
let failedPath = '';
let isRunning = false;

/** Removes the problem of the bot's start when the bot runs. */
export function observeWorker(worker) {
  const wasRunning = isRunning;
  isRunning = worker.state === 'running';
  if (isRunning && !wasRunning && failedPath === 'api/worker') {
    problem.remove();
  }
}

/** Sends the request of a button; a failure is shown below its group. */
async function request(button, path, body) {
  problem.remove();
  const answer = await post(path, body);
  if (answer.problem) {
    failedPath = path;
    problem.textContent = answer.problem;
    button.closest('fieldset').append(problem);
    announce(answer.problem);
  }
}

for (const button of buttons) {
  button.addEventListener('click', () => {
    const side = document.querySelector('input[name="side"]:checked').value;
    return request(button, 'api/faults', { kind: button.dataset.fault, side });
  });
}
for (const button of document.querySelectorAll('[data-worker]')) {
  button.addEventListener('click', () => request(button, 'api/worker', { action: button.dataset.worker }));
}
