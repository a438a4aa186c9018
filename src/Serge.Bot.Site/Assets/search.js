// Searches the index in the browser: every word must occur, in any order; case, accents, apostrophes and punctuation do not matter. What
// has all words in its own text comes before what has some in its credit or date.
const form = document.getElementById('search');
const input = document.getElementById('words');
const count = document.getElementById('count');
const results = document.getElementById('results');
const MAX_SHOWN = 50;
// Letters that Unicode does not decompose, as in FoldedText.cs.
const LETTERS = { æ: 'ae', œ: 'oe', ß: 'ss', ø: 'o', ł: 'l', đ: 'd', ð: 'd', ı: 'i', þ: 'th' };
let index;

const fold = text => text.normalize('NFKD').replace(/[\p{M}\p{Cf}'’‘ʼ`′]/gu, '').toLowerCase().replace(/[æœßøłđðıþ]/g, letter => LETTERS[letter]);

async function load() {
  const response = await fetch(form.dataset.index);
  if (!response.ok) throw new Error(`The response to the request for the index has the status ${response.status}.`);
  const lines = await response.json();
  return lines.map(([path, text, remark]) => ({ path, text, remark, words: fold(text), all: fold(`${text} ${remark}`) }));
}

function createItem({ path, text, remark }) {
  const item = document.createElement('li');
  const link = Object.assign(document.createElement('a'), { href: form.dataset.root + path, lang: 'en', dir: 'auto', textContent: text });
  const small = Object.assign(document.createElement('span'), { className: 'remark', dir: 'auto', textContent: remark });
  if (path.startsWith('quote/')) item.className = 'words';
  item.append(link, ' ', small);
  return item;
}

function describeCount(number) {
  const { nothing, foundOne, foundMany, foundTooMany } = form.dataset;
  if (number === 0) return nothing;
  if (number > MAX_SHOWN) return `${number} ${foundTooMany}`;
  return `${number} ${number === 1 ? foundOne : foundMany}`;
}

function show(text, lines) {
  count.textContent = text;
  results.replaceChildren(...lines.map(createItem));
}

async function search() {
  const typed = input.value;
  const words = fold(typed).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  if (words.length === 0) {
    show('', []);
    return;
  }

  // After a failed load there is no index, and the next search loads it again.
  index ??= load().catch(() => { index = undefined; });
  const lines = await index;
  if (input.value !== typed) return;
  if (!lines) {
    show(form.dataset.failed, []);
    return;
  }

  const has = text => words.every(word => text.includes(word));
  const found = lines.filter(line => has(line.all)).sort((one, other) => has(other.words) - has(one.words));
  show(describeCount(found.length), found.slice(0, MAX_SHOWN));
}

form.addEventListener('submit', event => {
  event.preventDefault();
  search();
});
input.addEventListener('input', search);
search();
