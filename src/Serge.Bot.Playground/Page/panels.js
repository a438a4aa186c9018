// The plan, the diary and the ledger.
import { byId, el, fill, keepAtEnd } from './dom.js';
import { markdown } from './markdown.js';
import { day, hour, plainDay, shortDay, wireTime } from './time.js';

/** The ids of quotations and events, each a link to its page. */
const links = ids => ids.flatMap((id, index) => [index > 0 ? ', ' : '', el('a', { href: `quotation.html?id=${encodeURIComponent(id)}` }, id)]);

const sides = { discord: 'Discord', mastodon: 'Mastodon' };

/** Which posts to come are unfolded; they stay so when the plan is shown anew. */
const unfolded = new Set();

export function showPlan(plan) {
  const occasions = Object.values(Object.groupBy(plan.posts, post => `${post.at} ${post.schedule}`))
    .map(posts => ({ key: posts[0].at + posts[0].schedule, posts }));
  fill(byId('plan'), occasions.length > 0 ? occasions : [{ key: plan.known ? 'nothing' : 'nobody' }],
    item => item.posts ? occasion(item.key, item.posts) : el('li', { className: 'empty' },
      item.key === 'nobody' ? 'Nobody plans anything while the bot is dead.' : 'No post is due in the next days.'));
}

function occasion(key, posts) {
  const [first] = posts;
  return el('li', {}, el('details', {
    open: unfolded.has(key),
    ontoggle: event => unfolded[event.target.open ? 'add' : 'delete'](key),
  },
    el('summary', {}, el('span', { className: 'due' }, `${shortDay(first.at)}, ${hour(first.at)}`), el('span', { className: 'first-words' }, first.text ?? 'Nothing')),
    ...posts.map(post => el('div', { className: 'planned' },
      el('p', { className: 'to' }, `${sides[post.destination]}${post.limit ? `, ${post.length} of ${post.limit} characters` : ''}`),
      post.warning && el('p', { className: 'to' }, `Content warning: ${post.warning}`),
      el('div', { className: 'exact' }, exact(post)),
      post.items.length > 0 && el('p', { className: 'to' }, 'Where it comes from: ', ...links(post.items))))));
}

/** The words as they will look: Discord renders its markdown, Mastodon posts plain text. */
const exact = post => post.text && post.destination === 'discord' ? markdown(post.text) : post.text ?? post.reason;

const sources = { worker: 'bot', discord: 'Discord', mastodon: 'Mastodon', you: 'you' };

/** The log as a person reads it: the address of a post is on the page anyway, and there is one channel only. */
const readable = text => text.replace(/ https?:\/\/\S+$/, '').replace(/discord:\d+/g, 'Discord').replace(/\bmastodon\b/g, 'Mastodon');

export function showDiary(lines) {
  const list = byId('diary');
  keepAtEnd(list, () => fill(list, lines.map(line => ({ ...line, key: line.number })), line => el('li', { className: `from-${line.source} weighs-${line.weight}` },
    el('time', { dateTime: line.at }, wireTime(line.at)),
    el('span', { className: 'source' }, sources[line.source]),
    el('span', { className: 'words' }, readable(line.text), line.more > 0 && el('em', {}, ` … and ${line.more} more like it`)))));
}

export function showLedger(ledger) {
  const rows = ledger.posts.map(post => ({ ...post, key: post.key, leaseUntil: undefined, lease: post.leaseUntil && wireTime(post.leaseUntil) }));
  fill(byId('ledger'), rows.length > 0 ? rows : [{ key: 'empty' }], row => row.state ? entry(row)
    : el('tr', {}, el('td', { colSpan: 4, className: 'empty' }, 'Empty so far. Each post stands here before its first byte goes out.')));
  byId('skipped').textContent = ledger.skipped.length === 0 ? '' : skipped(ledger.skipped);
}

/** What went by while the calendar jumped or the bot was dead, in one sentence. */
function skipped(stretches) {
  const count = stretches.reduce((sum, one) => sum + one.count, 0);
  const [first, last] = [stretches.map(one => one.first).sort()[0], stretches.map(one => one.last).sort().at(-1)];
  const when = day(first) === day(last) ? `of ${day(first)}` : `between ${day(first)} and ${day(last)}`;
  return `${count} post${count === 1 ? '' : 's'} ${when} went by while the bot was dead or the calendar jumped. Missed is missed: never a burst of old posts.`;
}

function entry(post) {
  const why = post.lease ? [`claimed until ${post.lease}`] : post.reason ? [post.reason] : links(post.items);
  return el('tr', {},
    el('td', {}, `${plainDay(post.occurrence)}, ${hour(post.occurrence)}`),
    el('td', {}, post.schedule),
    el('td', {}, sides[post.destination]),
    el('td', { className: 'fate' }, el('span', { className: `state ${post.state}` }, post.state), ' ', ...why, post.tries > 1 && ` (try ${post.tries})`));
}
