// Searches the index in the browser: every word must occur, in any order; case and accents do not matter. What has all words in its own
// text comes before what has some in its credit or date.
const form = document.getElementById('search');
const input = document.getElementById('words');
const count = document.getElementById('count');
const results = document.getElementById('results');
const MAX_SHOWN = 50;
let index;

const fold = text => text.normalize('NFKD').replace(/\p{M}/gu, '').replace(/[’‘]/g, "'").toLowerCase();

async function load() {
  const response = await fetch(form.dataset.index);
  const lines = await response.json();
  return lines.map(([path, text, remark]) => ({ path, text, remark, words: fold(text), all: fold(`${text} ${remark}`) }));
}

function show({ path, text, remark }) {
  const item = document.createElement('li');
  const link = Object.assign(document.createElement('a'), { href: form.dataset.root + path, lang: 'en', dir: 'auto', textContent: text });
  const small = Object.assign(document.createElement('span'), { className: 'remark', dir: 'auto', textContent: remark });
  if (path.startsWith('quote/')) item.className = 'words';
  item.append(link, ' ', small);
  return item;
}

function describeCount(number) {
  const { nothing, foundOne, foundMany } = form.dataset;
  if (number === 0) return nothing;
  return `${number} ${number === 1 ? foundOne : foundMany}`;
}

async function search() {
  const words = fold(input.value).split(/\s+/).filter(Boolean);
  if (words.length === 0) {
    results.replaceChildren();
    count.textContent = '';
    return;
  }

  index ??= load();
  const has = text => words.every(word => text.includes(word));
  const found = (await index).filter(line => has(line.all)).sort((one, other) => has(other.words) - has(one.words));
  count.textContent = describeCount(found.length);
  results.replaceChildren(...found.slice(0, MAX_SHOWN).map(show));
}

form.addEventListener('submit', event => event.preventDefault());
input.addEventListener('input', search);
search();
