// The Mastodon timeline.
import { announce } from './announcer.js';
import { byId, el, fill, followEnd, initials, picturesOf } from './dom.js';
import { statusHtml } from './statushtml.js';
import { hour, plainDay } from './time.js';

const list = byId('statuses');
const change = followEnd(list);
const visibilities = { public: 'Public', unlisted: 'Quiet public', private: 'Followers', direct: 'Private mention' };
let seen = null;

export function showStatuses(statuses) {
  const fresh = seen && statuses.filter(status => !seen.has(status.id));
  seen = new Set(statuses.map(status => status.id));
  // Newest last, as in the channel beside it.
  const items = statuses.length > 0 ? statuses.toReversed().map(status => ({ ...status, key: status.id })) : [{ key: 'empty' }];
  change(() => fill(list, items, item => item.html ? card(item) : empty()));
  for (const status of fresh ?? []) {
    announce(`${status.name} on Mastodon: ${spoken(status)}`);
  }
}

/** What a screen reader says of a status: of one with a content warning only the warning. */
const spoken = ({ id, warning }) => warning
  ? `Content warning: ${warning}`
  : list.querySelector(`[data-id="${id}"] .status-text`)?.textContent ?? '';

const empty = () => el('li', { className: 'empty' },
  el('p', {}, 'Nothing has been posted yet.'),
  el('p', { className: 'your-bot' }, 'The posts of your bot appear here. Post one immediately with ', el('code', {}, 'serge post --now --schedule NAME'), '.'),
  el('p', { className: 'own-bot' }, 'Press “Next post”: the date changes to the next scheduled post, and the bot posts here and on Discord.'));

function card(status) {
  const text = el('div', { className: 'status-text', lang: status.language ?? '' }, statusHtml(status.html));
  const body = [text, ...picturesOf(status)];
  const item = el('li', { className: 'status' },
    el('span', { className: 'status-avatar', ariaHidden: 'true' }, initials(status.name)),
    el('p', { className: 'status-by' }, el('b', {}, status.name), el('span', { className: 'acct' }, `@${status.account}`)),
    el('p', { className: 'status-when' }, el('time', { dateTime: status.at }, `${plainDay(status.at)}, ${hour(status.at)}`),
      el('span', { className: status.edited ? 'edited' : '' }, `${visibilities[status.visibility]}${status.edited ? ', edited' : ''}`)),
    ...(status.warning
      ? [el('details', { className: 'warning' }, el('summary', {}, el('span', {}, `Content warning: ${status.warning}`)), ...body)]
      : body));
  item.dataset.id = status.id;
  return item;
}
