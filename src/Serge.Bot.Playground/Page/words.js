// Posts in a few words.
import { el } from './dom.js';

/** Longer texts end at a word. In characters. */
const maxLength = 56;

const kinds = { quote: 'quotation', event: 'event' };

/** The kind of a post, shown by its word and its colour. */
export const chip = kind => kind && el('span', { className: `chip ${kind}` }, kinds[kind]);

/** The first words of a text, without markdown and without hidden text. */
export function firstWords(text) {
  const plain = text.replace(/\|\|[\s\S]*?\|\|/g, '…').replace(/^-# .*$/gm, '').replace(/[*_~`\\]/g, '').replace(/\s+/g, ' ').trim();
  if (plain.length <= maxLength) {
    return plain;
  }
  return `${plain.slice(0, plain.lastIndexOf(' ', maxLength))} …`;
}
