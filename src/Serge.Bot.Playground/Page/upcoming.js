// The upcoming posts: one box per day, with the post of each platform.
import { get } from './api.js';
import { byId, el } from './dom.js';
import { follow } from './stream.js';
import { hour, setCalendar, written } from './time.js';
import { chip, firstWords } from './words.js';

const sides = { discord: 'Discord', mastodon: 'Mastodon' };
const maxWeeks = 12;
// A day is a row on a phone, and a week is a row on a wide screen.
let weeks = matchMedia('(min-width: 900px)').matches ? 4 : 1;
let last = null;
let noPlan = '';

const plain = iso => written(iso, { day: 'numeric', month: 'long' });

async function show() {
  const asked = get(`api/upcoming?weeks=${weeks}`);
  last = asked;
  const upcoming = await asked;
  if (last !== asked) {
    return; // A later request was sent meanwhile.
  }
  byId('more').disabled = weeks >= maxWeeks;
  byId('note').textContent = upcoming.problem ?? (upcoming.known ? '' : noPlan);
  if (upcoming.days) {
    byId('span').textContent = `${plain(upcoming.days[0].day)} to ${written(upcoming.days.at(-1).day, { day: 'numeric', month: 'long', year: 'numeric' })}`;
    byId('days').replaceChildren(...upcoming.days.map(box));
  }
}

function box({ day, posts }, index) {
  const weekday = (new Date(`${day}T00:00Z`).getUTCDay() + 6) % 7;
  const item = el('li', { className: ['a-day', posts.length === 0 && 'empty', index === 0 && 'today'].filter(Boolean).join(' ') },
    el('h3', {}, el('span', { className: 'weekday' }, written(day, { weekday: 'short' })), ' ', el('time', { dateTime: day }, plain(day)), index === 0 && el('span', { className: 'now' }, ' today')),
    ...Object.values(Object.groupBy(posts, post => `${post.at} ${post.schedule}`)).map(occasion));
  if (index === 0) {
    item.classList.add(`from-${weekday + 1}`);
  }
  return item;
}

function occasion(posts) {
  const [first] = posts;
  const same = posts.length > 1 && posts.every(post => itemsOf(post) === itemsOf(first));
  return el('div', { className: 'occasion' },
    el('p', { className: 'due' }, hour(first.at), ' ', el('span', { className: 'schedule' }, first.schedule)),
    ...(same ? [[posts.map(post => sides[post.destination]).join(' and '), first]] : posts.map(post => [sides[post.destination], post])).map(([to, post]) => rendering(to, post)));
}

const itemsOf = post => JSON.stringify(post.items);

const rendering = (to, post) => el('div', { className: 'gets' },
  el('p', { className: 'to' }, to),
  post.items.length === 0
    ? el('p', { className: 'nothing' }, post.reason ?? 'No post.')
    : el('ul', {}, ...post.items.map(item => el('li', {}, chip(item.kind), ' ', el('a', { href: `quotation.html?id=${encodeURIComponent(item.id)}`, title: item.text }, firstWords(item.text))))));

byId('more').addEventListener('click', () => {
  weeks = Math.min(weeks + 4, maxWeeks);
  show();
});

let waits = null;
const soon = () => {
  clearTimeout(waits);
  waits = setTimeout(show, 100);
};
follow({
  calendar(calendar) {
    setCalendar(calendar);
    soon();
  },
  worker(worker) {
    noPlan = worker.state === 'external'
      ? 'Your bot runs outside the playground. Its plan: serge plan --days 28'
      : 'No plan: the bot is stopped. Start it on the playground page.';
    soon();
  },
  plan: soon,
});
