// The coming weeks: one box a day, with what each destination gets.
import { follow, get } from './api.js';
import { byId, el } from './dom.js';
import { hour, setCalendar } from './time.js';

const sides = { discord: 'Discord', mastodon: 'Mastodon' };
const mostWeeks = 12;
let weeks = 4;
let last = null;

// A day has no time and no zone: it is written as it is.
const written = (iso, options) => new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', ...options }).format(new Date(`${iso}T00:00Z`));
const plain = iso => written(iso, { day: 'numeric', month: 'long' });

async function show() {
  const asked = get(`api/coming?weeks=${weeks}`);
  last = asked;
  const coming = await asked;
  if (last !== asked) {
    return; // A later question was asked meanwhile.
  }
  byId('more').disabled = weeks >= mostWeeks;
  byId('note').textContent = coming.problem ?? (coming.known ? '' : 'Nobody plans anything while the bot is dead. Start it on the first page.');
  if (coming.days) {
    byId('span').textContent = `${plain(coming.days[0].day)} to ${written(coming.days.at(-1).day, { day: 'numeric', month: 'long', year: 'numeric' })}`;
    byId('days').replaceChildren(...coming.days.map(box));
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
  const same = posts.length > 1 && posts.every(post => words(post) === words(first));
  return el('div', { className: 'occasion' },
    el('p', { className: 'due' }, hour(first.at), ' ', el('span', { className: 'schedule' }, first.schedule)),
    ...(same ? [[posts.map(post => sides[post.destination]).join(' and '), first]] : posts.map(post => [sides[post.destination], post])).map(([to, post]) => gets(to, post)));
}

const words = post => JSON.stringify(post.items);

const gets = (to, post) => el('div', { className: 'gets' },
  el('p', { className: 'to' }, to),
  post.items.length === 0
    ? el('p', { className: 'nothing' }, post.reason ?? 'Nothing.')
    : el('ul', {}, ...post.items.map(item => el('li', {}, el('a', { href: `quotation.html?id=${encodeURIComponent(item.id)}` }, item.words)))));

byId('more').addEventListener('click', () => {
  weeks = Math.min(weeks + 4, mostWeeks);
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
  plan: soon,
}, connected => {
  if (!connected) {
    byId('note').textContent = 'The playground has stopped. Start it again, and this page comes back by itself.';
  }
});
