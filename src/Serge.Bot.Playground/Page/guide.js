// The guided minute: the bot is killed in the middle of a post, and the post is followed through the ledger.
import { post } from './api.js';
import { byId } from './dom.js';

/** The time to read a step, in ms. */
const readingTime = 6500;

/** The time until a new post is in the ledger, after everything is prepared. In ms. */
const postTimeout = 15000;

/** What the guide requests before the first step, in order. */
const preparations = [
  ['api/worker', { action: 'start' }],
  ['api/faults', { kind: 'reset', side: 'both' }],
  ['api/faults', { kind: 'kill-in-post', side: 'both' }],
  ['api/calendar', { step: 'next-post-on-both' }],
];

const order = ['planned', 'sending', 'unknown', 'found', 'sent'];

const steps = [
  {
    state: 'planned',
    words: 'It is time for a post. The bot writes it into its ledger first: planned. Nothing is sent yet.',
    act: arm,
    isReached: () => followed() !== undefined,
  },
  {
    state: 'sending',
    words: 'The bot sends the post. It arrives on both platforms, but at this moment the bot is killed: it never receives their responses.',
    isReached: () => seen.worker?.state === 'stopped',
  },
  {
    state: 'sending',
    words: 'The bot is stopped, and its ledger still says: sending. A simple program would send the post again after the restart, and everybody would read it twice.',
    isReached: () => true,
  },
  {
    state: 'unknown',
    words: 'The bot is started again and finds the post in its ledger. It cannot know whether it arrived: unknown. So it sends nothing, and asks the platforms.',
    act: () => post('api/worker', { action: 'start' }),
    isReached: () => ['unknown', 'sent'].includes(followed()?.state),
  },
  {
    state: 'found',
    words: 'Both platforms answer that the post is there: found.',
    isReached: () => ours().every(one => one.state === 'sent'),
  },
  {
    state: 'sent',
    words: 'The bot records it as sent. Every reader has seen it exactly once, and the operator had nothing to do.',
    isReached: () => false,
  },
];

const seen = {};
let start = null; // what was there when the guide began
let step = -1;
let since = 0;
let deadline = Infinity; // of the new post
let requests = Promise.resolve(); // those of the guide, one after the other; resolves to the last answer
let isPaused = false;
let isSkipped = false;

/** Keeps a part of the state; shows how far the followed post is. */
export function observe(part, value) {
  seen[part] = value;
  if (start) {
    show();
  }
}

/** The new posts; one without content is cancelled and never sent. */
const ours = () => seen.ledger?.posts.filter(one => !start.keys.has(one.key) && one.state !== 'cancelled') ?? [];
const followed = () => ours().find(one => one.destination === 'discord') ?? ours()[0];
const isPost = message => message.bot && !message.command && !message.ephemeral;

async function begin() {
  start = {
    keys: new Set(seen.ledger.posts.map(one => one.key)),
    messages: new Set(seen.messages.map(one => one.id)),
    statuses: new Set(seen.statuses.map(one => one.id)),
  };
  isPaused = matchMedia('(prefers-reduced-motion: reduce)').matches;
  document.body.classList.add('guided');
  byId('guide').hidden = false;
  byId('guide').focus();
  go(0);
}

/** Prepares the crash, until the guide is ended. */
async function arm() {
  const run = start;
  for (const [path, body] of preparations) {
    const answer = await post(path, body);
    if (answer.problem || start !== run) {
      return answer;
    }
  }
  deadline = performance.now() + postTimeout;
}

/** Runs a function that sends requests when the earlier ones are answered. */
function enqueue(send) {
  requests = requests.then(send);
  return requests;
}

async function go(next) {
  const run = start;
  step = next;
  since = performance.now();
  deadline = Infinity;
  isSkipped = false;
  byId('guide-words').textContent = steps[step].words;
  show();
  const { act } = steps[step];
  const answer = act && await enqueue(() => start === run && act());
  if (answer?.problem && start === run && step === next) {
    byId('guide-words').textContent = answer.problem; // A mistake in the quote files: the bot does not start.
  }
}

/** Goes to the next step if this one is reached and was read. */
function advance() {
  const isRead = isSkipped || (!isPaused && performance.now() - since > readingTime);
  if (start && step < steps.length - 1 && isRead && steps[step].isReached()) {
    go(step + 1);
  } else if (start && performance.now() > deadline && !followed()) {
    deadline = Infinity;
    byId('guide-words').textContent = 'No new post has appeared in the ledger. The log below may say why. Press “Skip the rest”, then “Next post”, and try again.';
  }
}

/** Counts the new posts on a platform; those beyond the number in the ledger are duplicates. */
export function describeCount(name, destination, count, followed) {
  // A post can be shown before its row of the ledger.
  const expected = Math.max(followed.filter(one => one.destination === destination).length, 1);
  return `${name}: posted ${count}, duplicates ${Math.max(count - expected, 0)}`;
}

function show() {
  const at = order.indexOf(steps[step].state);
  byId('track').dataset.at = at;
  [...byId('track').children].forEach((item, index) => {
    item.classList.toggle('done', index < at);
    item[index === at ? 'setAttribute' : 'removeAttribute']('aria-current', 'step');
  });
  const messages = seen.messages.filter(one => isPost(one) && !start.messages.has(one.id));
  const statuses = seen.statuses.filter(one => !start.statuses.has(one.id));
  const followed = ours();
  const onDiscord = describeCount('Discord', 'discord', messages.length, followed);
  const onMastodon = describeCount('Mastodon', 'mastodon', statuses.length, followed);
  byId('guide-count').textContent = `${onDiscord} · ${onMastodon}`;
  const isLast = step === steps.length - 1;
  if (isLast && [byId('guide-next'), byId('guide-pause')].includes(document.activeElement)) {
    byId('guide-end').focus(); // A hidden button would lose the focus, and Escape its effect.
  }
  byId('guide-next').hidden = isLast;
  byId('guide-pause').hidden = isLast;
  byId('guide-pause').textContent = isPaused ? 'Play' : 'Pause';
  byId('guide-end').textContent = isLast ? 'Done' : 'Skip the rest';
  highlight();
}

/** Marks the rows of the followed post, and scrolls the ledger to them. */
function highlight() {
  const keys = new Set(start ? ours().map(one => one.key) : []);
  for (const row of byId('ledger').children) {
    row.classList.toggle('followed', keys.has(row.dataset.key));
  }
  const row = document.querySelector('.followed');
  const box = row?.closest('.scroll');
  if (box && (row.offsetTop < box.scrollTop || row.offsetTop + row.offsetHeight > box.scrollTop + box.clientHeight)) {
    box.scrollTop = row.offsetTop - box.clientHeight / 2;
  }
}

function end() {
  start = null;
  document.body.classList.remove('guided');
  byId('guide').hidden = true;
  highlight();
  byId('guide-start').focus();
  enqueue(async () => {
    await post('api/faults', { kind: 'reset', side: 'both' });
    await post('api/worker', { action: 'start' });
  });
}

byId('guide-start').addEventListener('click', begin);
byId('guide-next').addEventListener('click', () => { isSkipped = true; advance(); });
byId('guide-pause').addEventListener('click', () => { isPaused = !isPaused; show(); });
byId('guide-end').addEventListener('click', end);
byId('guide').addEventListener('keydown', event => { if (event.key === 'Escape') { end(); } });
setInterval(advance, 250);
