// Renders Discord's markdown as nodes; text never becomes markup.
import { el } from './dom.js';

const inner = '((?:\\\\[\\s\\S]|[^\\\\])+?)';
const rules = [
  [/^\\([^\p{L}\p{N}\s])/u, match => match[1]],
  [new RegExp(`^\\*\\*${inner}\\*\\*(?!\\*)`), match => el('strong', {}, inline(match[1]))],
  [new RegExp(`^__${inner}__(?!_)`), match => el('u', {}, inline(match[1]))],
  [new RegExp(`^~~${inner}~~`), match => el('s', {}, inline(match[1]))],
  [new RegExp(`^\\*(?![\\s*])${inner}\\*(?!\\*)`), match => el('em', {}, inline(match[1]))],
  [new RegExp(`^_(?![\\s_])${inner}_(?![\\p{L}\\p{N}_])`, 'u'), match => el('em', {}, inline(match[1]))],
  [/^\|\|([\s\S]+?)\|\|/, match => spoiler(match[1])],
  [/^`([^`]+)`/, match => el('code', {}, match[1])],
  [/^<#(\d+)>/, match => el('span', { className: 'channel' }, `#${channels.get(match[1]) ?? 'unknown'}`)],
  [/^<\/([^<>:\n]+):\d+>/, match => el('span', { className: 'command-mention' }, `/${match[1]}`)],
  [/^<(https?:\/\/[^\s<>]+)>/, match => link(match[1])],
  [/^https?:\/\/[^\s<]*[^\s<.,:;"')\]]/, match => link(match[0])],
  [/^(?:[^\\*_~`|<h\n]+|[\s\S])/, match => match[0]],
];

/** The names of channels by id, for channel mentions. */
const channels = new Map();
export const nameChannel = (id, name) => channels.set(id, name);

const link = url => el('a', { href: url, target: '_blank', rel: 'noopener noreferrer nofollow' }, url);

/** Text that is hidden until it is pressed. */
const spoiler = text => el('button', { type: 'button', className: 'spoiler', onclick: event => event.currentTarget.replaceWith(inline(text)) }, 'Hidden text, press to read');

/** Renders the text of a line. */
function inline(text) {
  const fragment = document.createDocumentFragment();
  for (let rest = text; rest.length > 0;) {
    for (const [pattern, make] of rules) {
      const match = pattern.exec(rest);
      if (match) {
        fragment.append(make(match));
        rest = rest.slice(match[0].length);
        break;
      }
    }
  }
  fragment.normalize();
  return fragment;
}

const lines = [
  [/^-# (.+)/, text => el('div', { className: 'subtext' }, inline(text))],
  [/^> ?(.*)/, text => el('blockquote', {}, inline(text))],
  [/^#{1,3} (.+)/, text => el('div', { className: 'heading' }, inline(text))],
  [/^[-*] (.+)/, text => el('div', { className: 'bullet' }, inline(text))],
];

/** Renders a message. */
export function markdown(text) {
  const fragment = document.createDocumentFragment();
  for (const line of text.split('\n')) {
    const [pattern, make] = lines.find(([pattern]) => pattern.test(line)) ?? [];
    fragment.append(pattern ? make(pattern.exec(line)[1]) : el('div', { className: 'text' }, line ? inline(line) : el('br')));
  }
  return fragment;
}
