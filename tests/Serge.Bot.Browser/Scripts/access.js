() => {
  const faults = [];
  const all = selector => [...document.querySelectorAll(selector)];
  const shown = element => element.checkVisibility({ visibilityProperty: true });
  const labelled = element => (element.getAttribute('aria-labelledby') ?? '').split(' ').map(id => document.getElementById(id)?.textContent ?? '').join(' ').trim();
  const name = element => element.getAttribute('aria-label')?.trim() || labelled(element)
    || [...(element.labels ?? [])].map(label => label.textContent.trim()).join(' ') || element.textContent.trim();
  const where = element => element.outerHTML.slice(0, 100);

  if (!document.documentElement.lang) faults.push('The document has no language.');
  if (!document.title) faults.push('The document has no title.');
  if (all('h1').length !== 1) faults.push(`There are ${all('h1').length} headings of the first order.`);
  if (all('main').length !== 1) faults.push(`There are ${all('main').length} main landmarks.`);
  if (all('body > header').length !== 1) faults.push('There is no banner.');

  let last = 0;
  for (const heading of all('h1, h2, h3, h4')) {
    const order = Number(heading.localName[1]);
    if (order > last + 1) faults.push(`A heading leaves out an order: ${where(heading)}`);
    if (!heading.textContent.trim()) faults.push(`A heading is empty: ${where(heading)}`);
    last = order;
  }

  const ids = new Map();
  for (const element of all('[id]')) {
    ids.set(element.id, (ids.get(element.id) ?? 0) + 1);
  }
  for (const [id, count] of ids) {
    if (count > 1) faults.push(`The id ${id} is there ${count} times.`);
  }
  for (const attribute of ['aria-labelledby', 'aria-describedby', 'aria-controls', 'for']) {
    for (const element of all(`[${attribute}]`)) {
      for (const id of element.getAttribute(attribute).split(' ')) {
        if (!ids.has(id)) faults.push(`${attribute} names ${id}, which is not there: ${where(element)}`);
      }
    }
  }

  for (const element of all('a[href], button, input, select, textarea, summary, [role=option], [role=listbox], section, aside, [role=region], [tabindex="0"]')) {
    if (shown(element) && !name(element)) faults.push(`It has no name: ${where(element)}`);
  }
  for (const element of all('[tabindex]')) {
    if (Number(element.getAttribute('tabindex')) > 0) faults.push(`It jumps the queue: ${where(element)}`);
  }
  for (const image of all('img, svg')) {
    if (!image.getAttribute('alt') && !image.getAttribute('aria-label') && !image.closest('[aria-hidden=true]')) faults.push(`A picture has no text: ${where(image)}`);
  }
  for (const item of all('li')) {
    if (!['UL', 'OL', 'MENU'].includes(item.parentElement.tagName)) faults.push(`An item is in no list: ${where(item)}`);
  }
  for (const list of all('ul:not([role]), ol:not([role])')) {
    if ([...list.children].some(child => child.localName !== 'li')) faults.push(`A list has children that are no items: ${where(list)}`);
  }
  for (const cell of all('th')) {
    if (!cell.scope) faults.push(`A head of a table does not say whose: ${where(cell)}`);
  }
  for (const scroller of all('*')) {
    const style = getComputedStyle(scroller);
    const scrolls = /auto|scroll/.test(style.overflowY + style.overflowX) && (scroller.scrollHeight > scroller.clientHeight + 1 || scroller.scrollWidth > scroller.clientWidth + 1);
    const reachable = scroller.tabIndex >= 0 || scroller.querySelector('a[href], button:not(:disabled), input, summary');
    if (scrolls && shown(scroller) && !reachable && scroller !== document.documentElement) faults.push(`It scrolls, but not by keyboard: ${where(scroller)}`);
  }
  for (const target of all('button, summary, input')) {
    const box = target.getBoundingClientRect();
    const inText = target.closest('.only-you');
    if (shown(target) && !inText && target.type !== 'radio' && (box.width < 24 || box.height < 24)) faults.push(`It is hard to hit, ${Math.round(box.width)} by ${Math.round(box.height)}: ${where(target)}`);
  }
  return faults;
}
