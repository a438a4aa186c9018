// The start page shows the choice of the day on which it was built. On another day this replaces it.
const box = document.getElementById('today');
const now = new Date();
const pad = number => String(number).padStart(2, '0');
const date = `${now.getFullYear()}-${pad(now.getMonth() + 1)}-${pad(now.getDate())}`;
const root = box.dataset.source.replace(/today\.json$/, '');
const folder = box.dataset.language === 'en' ? '' : `${box.dataset.language}/`;

function create(name, properties, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

/** A text, hidden behind its content warning if it has one. */
function warned(item, body) {
  if (!item.warning) return body;
  return create('details', { className: 'warned' }, create('summary', {}, `⚠ ${item.warning}`), body);
}

function showQuote(quote) {
  const hasMarks = quote.text.includes('“');
  const words = create('p', { dir: 'auto' }, hasMarks ? quote.text : `“${quote.text}”`);
  const figure = create('figure', { className: 'quotation' }, warned(quote, create('blockquote', { lang: 'en' }, words)));
  figure.append(create('figcaption', { dir: 'auto' }, quote.credit));
  const link = create('a', { href: root + folder + quote.page }, box.querySelector('.more a')?.textContent ?? '…');
  document.getElementById('today-quote').replaceChildren(figure, create('p', { className: 'more' }, link));
}

function showEvent(event) {
  const link = create('a', { className: 'date', href: root + folder + event.page }, event[`date-${box.dataset.language}`]);
  return create('li', {}, link, ' ', warned(event, create('p', { lang: 'en', dir: 'auto' }, event.text)));
}

if (date !== box.dataset.date) {
  const response = await fetch(box.dataset.source);
  const { today, next } = await response.json();
  const day = [today, ...next].find(one => one.date === date);
  if (day) {
    const leaf = box.querySelector('.leaf');
    leaf.querySelector('a').href = `${root}${folder}day/${date.slice(5)}/`;
    leaf.querySelector('.leaf-month').textContent = now.toLocaleDateString(box.dataset.language, { month: 'long' });
    leaf.querySelector('.leaf-day').textContent = now.getDate();
    if (day.quote) showQuote(day.quote);
    document.getElementById('today-none')?.toggleAttribute('hidden', day.events.length > 0);
    document.getElementById('today-events').replaceChildren(...day.events.map(showEvent));
  }
}
