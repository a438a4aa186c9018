// The start page shows the choice of the day on which it was built. On another day this replaces it.
const box = document.getElementById('today');
const now = new Date();
const pad = number => String(number).padStart(2, '0');
const date = `${now.getFullYear()}-${pad(now.getMonth() + 1)}-${pad(now.getDate())}`;
const { language, pages } = box.dataset;

function create(name, properties, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

/** A text, hidden behind its content warning if it has one: the same elements as in EntryText.cshtml. */
function hideBehindWarning({ warning }, body) {
  if (!warning) return body;
  const show = create('span', { className: 'show' }, `(${box.dataset.show})`);
  const summary = create('summary', {}, `${box.dataset.warning} `, create('bdi', { lang: 'en' }, warning), ' ', show);
  return create('details', { className: 'warned' }, summary, body);
}

function showQuote(quote) {
  const hasMarks = quote.text.includes('“');
  const words = create('p', { dir: 'auto' }, hasMarks ? quote.text : `“${quote.text}”`);
  const figure = create('figure', { className: 'quotation' }, hideBehindWarning(quote, create('blockquote', { lang: 'en' }, words)));
  figure.append(create('figcaption', { dir: 'auto' }, quote[`credit-${language}`]));
  const link = create('a', { href: pages + quote.page }, box.dataset.more);
  document.getElementById('today-quote').replaceChildren(figure, create('p', { className: 'more' }, link));
}

function showEvent(event) {
  const link = create('a', { className: 'date', href: pages + event.page }, event[`date-${language}`]);
  return create('li', {}, link, ' ', hideBehindWarning(event, create('p', { lang: 'en', dir: 'auto' }, event.text)));
}

if (date !== box.dataset.date) {
  const response = await fetch(box.dataset.source);
  const { today, next } = await response.json();
  const day = [today, ...next].find(one => one.date === date);
  if (day) {
    const leaf = box.querySelector('.leaf');
    leaf.querySelector('a').href = `${pages}day/${date.slice(5)}/`;
    leaf.querySelector('.leaf-month').textContent = now.toLocaleDateString(language, { month: 'long' });
    leaf.querySelector('.leaf-day').textContent = now.getDate();
    if (day.quote) showQuote(day.quote);
    document.getElementById('today-none').toggleAttribute('hidden', day.events.length > 0);
    document.getElementById('today-events').replaceChildren(...day.events.map(showEvent));
  }
}
