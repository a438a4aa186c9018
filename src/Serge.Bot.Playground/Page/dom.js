// Helpers for the document. Text never becomes markup.

/** Creates an element: `el('p', { className: 'note' }, 'text', child)`. */
export function el(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children.filter(child => child !== null && child !== undefined && child !== false));
  return element;
}

/** The letters of an avatar: "Victor Serge, quoted" has VS. */
export function initials(name) {
  const words = name.split(',')[0].split(/\s+/).filter(word => word !== '');
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words;
  return ends.map(word => [...word][0]).join('');
}

export const byId = id => document.getElementById(id);

/** The control of `next` that corresponds to a control of `old`: with the same value, such as the custom id of a button, else with the same text, else at the same place. */
function counterpart(control, old, next) {
  const kindOf = one => `${one.localName} ${one.className} ${one.parentElement.className}`;
  const alikeIn = node => [...node.querySelectorAll('a[href], button, summary, input')].filter(one => kindOf(one) === kindOf(control));
  const alike = alikeIn(next);
  return alike.find(one => control.value && one.value === control.value)
    ?? alike.find(one => one.textContent === control.textContent)
    ?? alike[alikeIn(old).indexOf(control)];
}

/** Updates the children of `parent` to those of `items`, in order; unchanged ones stay. Each item has a `key`. Returns the children that replace others of the same key. The focus moves from a replaced child to the one that replaces it. */
export function fill(parent, items, make) {
  const known = parent.filled ?? new Map();
  const next = new Map();
  const replaced = [];
  let focus = null;
  for (const item of items) {
    const json = JSON.stringify(item);
    const old = known.get(item.key);
    const entry = old?.json === json ? old : { json, node: make(item) };
    next.set(item.key, entry);
    if (old && entry !== old) {
      replaced.push(entry.node);
      if (old.node.contains(document.activeElement)) {
        focus = counterpart(document.activeElement, old.node, entry.node) ?? parent;
      }
    }
  }
  for (const [key, { node }] of known) {
    if (next.get(key)?.node !== node) {
      node.remove();
    }
  }
  let place = parent.firstElementChild;
  for (const { node } of next.values()) {
    if (node === place) {
      place = place.nextElementSibling;
    } else {
      parent.insertBefore(node, place);
    }
  }
  parent.filled = next;
  if (focus) {
    focus.focus({ preventScroll: true });
    if (document.activeElement !== focus) {
      parent.focus({ preventScroll: true }); // The control is disabled or hidden.
    }
  }
  return replaced;
}

/**
 * Keeps a list at its end when it is changed, resized or shown, until the user scrolls up.
 * Returns a function that runs a change, which returns the replaced children, and shows an edited post.
 */
export function followEnd(list) {
  let follows = true;
  const scroll = () => {
    if (follows) {
      list.scrollTop = list.scrollHeight;
    }
  };
  list.addEventListener('scroll', () => {
    follows = list.scrollHeight - list.scrollTop - list.clientHeight < 60;
  });
  new ResizeObserver(scroll).observe(list);
  return change => {
    const edited = change().findLast(node => node.querySelector('.edited'));
    scroll();
    if (edited) {
      reveal(list, edited);
    }
  };
}

/** Scrolls the list, and not the page, so far that a child of it is seen. */
function reveal(list, child) {
  const [outer, inner] = [list.getBoundingClientRect(), child.getBoundingClientRect()];
  if (inner.top < outer.top) {
    list.scrollTop -= outer.top - inner.top;
  } else if (inner.bottom > outer.bottom) {
    list.scrollTop += Math.min(inner.bottom - outer.bottom, inner.top - outer.top);
  }
}

/** The pictures of a message or status; the description is the alt text, and can be read below the picture. */
export const picturesOf = post => post.pictures.map(picture => picture.isHidden ? hidden(picture) : figure(picture));

const hidden = picture => el('button', { type: 'button', className: 'spoiler', onclick: event => event.currentTarget.replaceWith(figure(picture)) }, 'Hidden picture, press to show');

const figure = picture => el('figure', { className: 'picture' },
  el('a', { href: picture.address, target: '_blank', rel: 'noopener', ariaLabel: 'Open the picture' }, el('img', { src: picture.address, alt: picture.description, width: 1200, height: 675, loading: 'lazy' })),
  el('figcaption', {}, el('details', {}, el('summary', {}, 'Alt text'), el('p', {}, picture.description))));
