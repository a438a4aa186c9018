// One quotation or event with both renderings and its provenance. The site has the list of all.
import { get } from './api.js';
import { byId, el } from './dom.js';
import { markdown } from './markdown.js';

const page = byId('page');
const id = new URLSearchParams(location.search).get('id');
const linkTo = id => `quotation.html?id=${encodeURIComponent(id)}`;
const name = title => { document.title = `${title} · Serge.Bot playground`; };
const written = iso => new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'long', year: 'numeric' }).format(new Date(iso));

function one(item) {
  const { previews } = item;
  name(previews.id);
  return [
    el('nav', { className: 'neighbours', ariaLabel: 'Previous and next in the file' }, neighbour('‹ ', item.previous), neighbour('', item.next, ' ›')),
    el('article', {},
      el('h2', { className: 'id' }, previews.id),
      previews.withdrawnSince && el('p', { className: 'withdrawn' }, `Withdrawn since ${written(previews.withdrawnSince)}: it is neither posted nor shown.`),
      item.kind === 'quote'
        ? el('blockquote', { className: 'words' }, item.text)
        : el('p', { className: 'words' }, el('b', {}, `${item.date}: `), item.text),
      item.kind === 'event' && el('p', { className: 'aside' }, previews.day
        ? `Posted with the other events of its day; next on ${written(previews.day)}.`
        : 'Never posted by a schedule: its date is not known to the day, or its entry says post: false. /timeline and /on-this-day show it.'),
      el('div', { className: 'renderings' }, ...previews.posts.map(rendering)),
      el('section', { className: 'provenance', ariaLabel: 'Provenance' },
        el('h3', {}, 'Sources'),
        el('ul', {}, ...item.provenance.map(fact => el('li', {}, markdown(fact))),
          item.context && el('li', {}, `Remark: ${item.context}`),
          item.warning && el('li', {}, `Content warning: ${item.warning}`),
          el('li', {}, el('a', { href: `site/${item.kind}/${encodeURIComponent(previews.id)}/` }, 'Its page on the site')),
          el('li', {}, 'In the files: ', el('code', {}, item.where))))),
  ];
}

const neighbour = (before, item, after = '') => item && el('a', { href: linkTo(item.id), title: item.text }, `${before}${item.id}${after}`);

function rendering(post) {
  const discord = post.platform.startsWith('Discord');
  const body = post.text === undefined ? null
    : discord ? el('div', { className: 'content' }, markdown(post.text))
      : el('div', { className: 'status-text plain', lang: post.language ?? '' }, post.text);
  return el('section', { className: `pane ${discord ? 'discord' : 'mastodon'}`, ariaLabel: `On ${post.platform}` },
    el('header', { className: discord ? 'discord-bar' : 'mastodon-bar' },
      el('h3', {}, post.platform),
      el('p', {}, [post.length ? `${post.length} of ${post.limit} characters` : `more than ${post.limit} characters`, post.visibility].filter(Boolean).join(', '))),
    el('div', { className: 'body' },
      post.warning && !discord && body ? el('details', { className: 'warning' }, el('summary', {}, el('span', {}, `Content warning: ${post.warning}`)), body) : body,
      ...post.notes.map(note => el('p', { className: 'note' }, note))));
}

if (id === null) {
  location.replace('site/quotes/');
} else {
  const item = await get(`api/items/${encodeURIComponent(id)}`);
  page.replaceChildren(...(item.problem ? [el('p', { className: 'note', role: 'status' }, item.problem)] : one(item)));
}
