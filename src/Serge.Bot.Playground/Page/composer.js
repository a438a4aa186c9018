// The input line, with suggestions as in Discord: commands, options, and values from the bot.
import { post } from './api.js';
import { parse, unused } from './commandline.js';
import { byId, el } from './dom.js';

const line = byId('line');
const list = byId('suggestions');
const note = byId('composer-note');

let commands = [];
let items = [];
let active = -1;
let settled = '';
let asked = 0;
let pause = 0;

export const setCommands = known => { commands = known; };

/** Shows suggestions; `first` is the active one, -1 for none. */
function show(next, first = -1) {
  items = next;
  list.replaceChildren(...items.map((item, index) => el('li', {
    id: `suggestion-${index}`, role: 'option', ariaSelected: 'false',
    onpointerdown: event => event.preventDefault(), // keeps the focus in the line
    onclick: () => take(index),
  }, el('b', {}, item.label), item.hint ? el('small', {}, item.hint) : null)));
  list.hidden = items.length === 0;
  line.ariaExpanded = String(items.length > 0);
  activate(items.length > 0 ? first : -1);
}

function activate(index) {
  list.children[active]?.setAttribute('aria-selected', 'false');
  active = index;
  const option = list.children[active];
  if (option) {
    option.setAttribute('aria-selected', 'true');
    option.scrollIntoView({ block: 'nearest' });
    line.setAttribute('aria-activedescendant', option.id);
  } else {
    line.removeAttribute('aria-activedescendant');
  }
}

/** Puts a suggestion into the line. */
function take(index) {
  line.value = items[index].line;
  settled = items[index].settles ? line.value : '';
  line.focus();
  suggest();
}

/** Whether a name is typed to its end. */
const isComplete = (found, typed) => found.length === 1 && found[0].name === typed;

/** The suggestion of an option, or of a subcommand. */
function offerOption({ name, description, isSubcommand }, before) {
  const end = isSubcommand ? ' ' : ':';
  return { label: `${name}${end}`.trim(), hint: description, line: `${before}${name}${end}` };
}

/** Shows suggestions for the current line. */
function suggest() {
  const request = ++asked;
  clearTimeout(pause);
  note.textContent = '';
  const text = line.value;
  const typing = parse(text, commands, settled);
  const before = text.slice(0, typing.start);
  const typed = typing.typed.trim().toLowerCase();
  if (typing.kind === 'command') {
    const found = commands.filter(command => command.name.startsWith(typed));
    show(found.map(command => ({ label: `/${command.name}`, hint: command.description, line: `/${command.name} ` })), isComplete(found, typed) ? -1 : 0);
  } else if (typing.kind === 'option') {
    const found = unused(text, typing.options).filter(option => option.name.startsWith(typed));
    // A command with subcommands cannot be sent without one; other options can be left out.
    const selectsFirst = found.some(option => option.isSubcommand) && !isComplete(found, typed);
    show(found.map(option => offerOption(option, before)), selectsFirst ? 0 : -1);
  } else if (typing.kind === 'value') {
    const offer = choices => show(choices.map(choice => ({
      label: choice.name, hint: choice.value === choice.name ? '' : choice.value, line: `${before}${choice.value} `, settles: true,
    })));
    if (!typing.option.completes) {
      offer(typing.option.choices.filter(choice => choice.name.toLowerCase().includes(typed)));
      return;
    }

    // Debounced; a response to an older request is ignored.
    pause = setTimeout(async () => {
      const answer = await post('api/complete', { line: text, option: typing.option.name });
      if (request === asked) {
        offer(Array.isArray(answer) ? answer : []);
        note.textContent = items.length > 0 ? `${items.length} suggestion${items.length === 1 ? '' : 's'}, press arrow down to select` : 'No suggestions';
      }
    }, 90);
  } else {
    show([]);
  }
}

/** Hides the suggestions, and ignores those that were requested. */
function dismiss() {
  asked++;
  clearTimeout(pause);
  show([]);
}

async function send() {
  const text = line.value.trim();
  if (!text) {
    return;
  }
  dismiss();
  line.value = '';
  settled = '';
  const waiting = setTimeout(() => { note.textContent = 'Waiting for the bot…'; }, 300);
  const answer = await post('api/command', { line: text });
  clearTimeout(waiting);
  note.textContent = answer.problem ?? '';
  if (answer.problem && !line.value) {
    line.value = text;
  }
}

line.addEventListener('input', suggest);
line.addEventListener('focus', () => { if (line.value) { suggest(); } });
line.addEventListener('blur', dismiss);
line.addEventListener('keydown', event => {
  if (event.isComposing) {
    return; // The key belongs to the input method, such as Enter for a Japanese word.
  }
  const open = items.length > 0;
  if (open && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
    const step = event.key === 'ArrowDown' ? 1 : -1;
    activate(active < 0 && step < 0 ? items.length - 1 : (active + step + items.length) % items.length);
  } else if (open && active >= 0 && (event.key === 'Enter' || (event.key === 'Tab' && !event.shiftKey))) {
    take(active);
  } else if (open && event.key === 'Escape') {
    dismiss();
  } else if (event.key === 'Enter') {
    send();
  } else {
    return;
  }
  event.preventDefault();
});
byId('composer').addEventListener('submit', event => {
  event.preventDefault();
  send();
});
