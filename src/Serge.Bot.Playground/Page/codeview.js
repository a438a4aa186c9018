// The text of a file with line numbers. Lines with problems are marked.
import { byId, el } from './dom.js';

const text = byId('editor-text');
const numbers = byId('editor-numbers');
const marks = byId('editor-marks');

export const getText = () => text.value;

export function setText(value) {
  text.value = value;
  align();
}

/** Marks the lines of problems. */
export function mark(problems) {
  marks.replaceChildren(...problems.map(problem => {
    const line = el('li', { className: problem.severity });
    // A rule of the page's policy forbids a style attribute, not a property.
    line.style.top = `calc(var(--line) * ${problem.line - 1})`;
    return line;
  }));
  const hasErrors = problems.some(problem => problem.severity === 'error');
  text.setAttribute('aria-invalid', String(hasErrors));
}

/** Puts the caret at a line and column, and selects the rest of the line. */
export function goTo(line, column) {
  const lines = text.value.split('\n');
  const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  const end = start + (lines[line - 1] ?? '').length;
  text.focus();
  text.setSelectionRange(Math.min(start + column - 1, end), end);
  text.scrollTop = (line - 1) * lineHeight() - text.clientHeight / 3;
  text.scrollLeft = 0;
}

const lineHeight = () => parseFloat(getComputedStyle(text).lineHeight);

/** Shows the numbers of the lines in view, and moves the marks with the text. */
function align() {
  const height = lineHeight();
  const first = Math.floor(text.scrollTop / height);
  const last = Math.min(first + Math.ceil(text.clientHeight / height) + 1, text.value.split('\n').length);
  numbers.replaceChildren(...Array.from({ length: last - first }, (_, index) => el('li', {}, String(first + index + 1))));
  numbers.style.translate = `0 ${first * height - text.scrollTop}px`;
  marks.style.translate = `0 ${-text.scrollTop}px`;
}

text.addEventListener('scroll', align);
text.addEventListener('input', align);
new ResizeObserver(align).observe(text);
