// The newest post in large type, and the time until the next one.
import { byId, el, fill } from './dom.js';
import { markdown } from './markdown.js';
import { calendarNow, day, hour, shortDay } from './time.js';

/** Longer posts are set smaller. In characters. */
const sizes = [[110, 'short'], [220, 'medium'], [Infinity, 'long']];

/** Up to this time the seconds are counted. In ms. */
const countdown = 120000;

let next = null;

/** Shows the newest message that the bot posted by itself. */
export function showNewest(messages) {
  const newest = messages.findLast(message => message.bot && !message.command && !message.ephemeral);
  fill(byId('newest'), [newest ? { ...newest, key: newest.id } : { key: 'none' }], post => post.content ? words(post) : el('div', {},
    el('p', { className: 'large medium own-bot' }, 'Press “Next post”: the date changes to the next scheduled post, and the bot posts on both platforms.'),
    el('p', { className: 'large medium your-bot' }, 'The newest post of your bot appears here.')));
}

const words = post => el('div', {},
  el('p', { className: 'posted' }, `${day(post.at)}, ${hour(post.at)}`),
  el('div', { className: `large ${sizes.find(([length]) => post.content.length <= length)[1]}` }, markdown(post.content)));

export function showNext(plan) {
  next = plan.posts[0]?.at;
  tick();
}

function tick() {
  const left = new Date(next) - calendarNow();
  const text = !next ? '' : left <= 0 ? 'Posting now…'
    : left < countdown ? `Next post in ${Math.ceil(left / 1000)} s`
      : `Next post: ${shortDay(next)}, ${hour(next)}`;
  if (byId('countdown').textContent !== text) {
    byId('countdown').textContent = text;
  }
}

setInterval(tick, 500);
