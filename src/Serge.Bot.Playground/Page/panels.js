// The plan, the log and the ledger.
import { byId, el, fill, followEnd } from './dom.js';
import { markdown } from './markdown.js';
import { day, hour, plainDay, shortDay, systemTime } from './time.js';
import { chip, firstWords } from './words.js';

/** Links to the pages of quotations and events. */
const links = ids => ids.flatMap((id, index) => [index > 0 ? ', ' : '', el('a', { href: `quotation.html?id=${encodeURIComponent(id)}` }, id)]);

const changeLog = followEnd(byId('log'));
const changeLedger = followEnd(byId('ledger-rows'));

const sides = { discord: 'Discord', mastodon: 'Mastodon' };

/** The planned posts that are expanded; they stay expanded when the plan changes. */
const unfolded = new Set();

export function showPlan(plan) {
  const occasions = Object.values(Object.groupBy(plan.posts, post => `${post.at} ${post.schedule}`))
    .map(posts => ({ key: posts[0].at + posts[0].schedule, posts }));
  fill(byId('plan'), occasions.length > 0 ? occasions : [{ key: plan.known ? 'nothing' : 'stopped' }],
    item => item.posts ? occasion(item.key, item.posts) : el('li', { className: 'empty' },
      item.key === 'stopped' ? 'No plan: the bot is stopped.' : 'No post is due in the next days.'));
}

function occasion(key, posts) {
  const [first] = posts;
  return el('li', {}, el('details', {
    open: unfolded.has(key),
    ontoggle: event => unfolded[event.target.open ? 'add' : 'delete'](key),
  },
    el('summary', {}, el('span', { className: 'due' }, `${shortDay(first.at)}, ${hour(first.at)}`), chip(first.kind), el('span', { className: 'first-words' }, first.text ? firstWords(first.text) : 'No post')),
    ...posts.map(post => el('div', { className: 'planned' },
      el('p', { className: 'to' }, `${sides[post.destination]}${post.limit ? `, ${post.length} of ${post.limit} characters` : ''}`),
      post.warning && el('p', { className: 'to' }, `Content warning: ${post.warning}`),
      el('div', { className: 'exact' }, exact(post)),
      post.items.length > 0 && el('p', { className: 'to' }, 'Source: ', ...links(post.items))))));
}

/** The text as the platform shows it: Discord renders markdown, Mastodon shows plain text. */
const exact = post => post.text && post.destination === 'discord' ? markdown(post.text) : post.text ?? post.reason;

const sources = { worker: 'bot', discord: 'Discord', mastodon: 'Mastodon', you: 'you' };

/** The text without what the page shows anyway: the post's address, the only channel. */
const readable = text => text.replace(/:? https?:\/\/\S+$/, '').replace(/(\d{4}-\d\d-\d\d) (\d\d:\d\d)(:\d\d)? UTC/g, (_, date, time) => `${plainDay(`${date}T${time}Z`)}, ${hour(`${date}T${time}Z`)}`)
  .replace(/\S*[/\\](?=\w+\.yaml:\d)/g, '').replace(/discord:\d+/g, 'Discord').replace(/\bmastodon\b/g, 'Mastodon');

export function showLog(lines) {
  changeLog(() => fill(byId('log'), lines.map(line => ({ ...line, key: line.number })), line => el('li', { className: `from-${line.source} level-${line.level}` },
    el('time', { dateTime: line.at }, systemTime(line.at)),
    el('span', { className: 'source' }, sources[line.source]),
    el('span', { className: 'words' }, readable(line.text), line.more > 0 && el('em', {}, ` … and ${line.more} similar`)))));
}

export function showLedger(ledger) {
  const rows = ledger.posts.toReversed().map(post => ({ ...post, key: post.key, leaseUntil: undefined, lease: post.leaseUntil && systemTime(post.leaseUntil) }));
  changeLedger(() => fill(byId('ledger'), rows.length > 0 ? rows : [{ key: 'empty' }], row => row.state ? entry(row)
    : el('tr', {}, el('td', { colSpan: 4, className: 'empty' }, 'No posts yet. Each post is recorded here before it is sent.'))));
  byId('skipped').textContent = ledger.skipped.length === 0 ? '' : skipped(ledger.skipped);
}

/** The posts that were skipped while the date changed or the bot was stopped, in one sentence. */
function skipped(stretches) {
  const count = stretches.reduce((sum, one) => sum + one.count, 0);
  const [first, last] = [stretches.map(one => one.first).sort()[0], stretches.map(one => one.last).sort().at(-1)];
  const when = day(first) === day(last) ? `of ${day(first)}` : `between ${day(first)} and ${day(last)}`;
  return `${count} post${count === 1 ? '' : 's'} ${when} missed because the bot was stopped or the date changed. Missed posts are not sent later.`;
}

function entry(post) {
  const why = post.lease ? [`claimed until ${post.lease}`] : post.reason ? [post.reason] : links(post.items);
  const row = el('tr', {},
    el('td', {}, `${plainDay(post.occurrence)}, ${hour(post.occurrence)}`),
    el('td', {}, post.schedule),
    el('td', {}, sides[post.destination]),
    el('td', { className: 'fate' }, el('span', { className: `state ${post.state}` }, post.state), ' ', ...why, post.attempts > 1 && ` (attempt ${post.attempts})`));
  row.dataset.key = post.key;
  return row;
}
