// The HTML of a Mastodon status, reduced to paragraphs, line breaks, links and spans. Everything else becomes text or is removed.
import { el } from './dom.js';

const kept = new Set(['invisible', 'ellipsis', 'mention', 'hashtag', 'h-card']);

/** Converts untrusted HTML to safe nodes. */
export function statusHtml(html) {
  // A parsed document runs no scripts and loads nothing.
  return copyChildren(new DOMParser().parseFromString(html, 'text/html').body, document.createDocumentFragment());
}

function copyChildren(from, to) {
  for (const child of from.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) {
      to.append(child.data);
    } else if (child.nodeType === Node.ELEMENT_NODE) {
      copy(child, to);
    }
  }
  return to;
}

function copy(element, to) {
  const className = [...element.classList].filter(name => kept.has(name)).join(' ');
  switch (element.localName) {
    case 'p': case 'span':
      to.append(copyChildren(element, el(element.localName, { className })));
      break;
    case 'br':
      to.append(el('br'));
      break;
    case 'a':
      to.append(copyChildren(element, anchor(element.getAttribute('href') ?? '', className)));
      break;
    case 'script': case 'style': case 'template':
      break;
    default:
      copyChildren(element, to);
  }
}

/** A link. The simulated server has no pages, so its own links are not clickable. */
function anchor(href, className) {
  const url = URL.canParse(href) ? new URL(href) : null;
  return url && /^https?:$/.test(url.protocol) && url.origin !== location.origin
    ? el('a', { className, href: url.href, target: '_blank', rel: 'noopener noreferrer nofollow' })
    : el('span', { className: `${className} link`.trim() });
}
