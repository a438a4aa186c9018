// Editing on the page: a copy of the quote files, which the bot reads.
import { get, post } from './api.js';
import { announce } from './announcer.js';
import { getText, goTo, mark, setText } from './codeview.js';
import { byId, el, fill } from './dom.js';

const editor = byId('editor');
const opener = byId('editor-open');
const select = byId('editor-file');
const status = byId('editor-status');
const conflict = byId('editor-conflict');

/** The state of the files, from the stream. */
let state = null;
/** The files as they were loaded: `base` is the saved text, `text` the edited one. By name. */
const loaded = new Map();
let current = null;
let isBusy = false;
/** What was done last; shown before the state of the files. */
let done = '';
/** Why the last download failed. */
let downloadProblem = '';

const isUnsaved = file => file && file.text !== file.base;
const plural = (count, noun) => `${count} ${noun}${count === 1 ? '' : 's'}`;
const savedVersion = name => state.files.find(file => file.name === name)?.version;

export function showFiles(next) {
  const before = state;
  state = next;
  const errors = state.problems.filter(problem => problem.severity === 'error');
  if (isOpen() && before && JSON.stringify(before.problems) !== JSON.stringify(state.problems)) {
    errors.slice(0, 3).forEach(problem => announce(describe(problem)));
  }
  if (!before && location.hash === '#editor') {
    open();
  }
  show();
  if (!isBusy) {
    compare();
  }
}

const isOpen = () => !editor.hidden;

/** Loads what another tab has saved, unless it would replace what is not saved here. */
async function compare() {
  if (!isOpen()) {
    return;
  }
  for (const file of [...loaded.values()].filter(one => savedVersion(one.name) > one.version)) {
    const saved = isUnsaved(file) ? null : await download(file.name);
    if (isUnsaved(file)) {
      // Perhaps only since the download began.
      if (file === current) {
        showConflict();
      }
    } else if (saved?.version > file.version && loaded.get(file.name) === file) {
      replace(file.name, saved);
      announce(`${file.name} was changed in another tab.`);
    }
  }
}

async function load(name) {
  const saved = await download(name);
  if (saved) {
    replace(name, saved);
  }
}

/** The saved version of a file; `null` if it cannot be downloaded, which is shown. */
async function download(name) {
  const answer = await get(`api/quote-files/${encodeURIComponent(name)}`);
  if (answer.problem) {
    downloadProblem = answer.problem;
    done = answer.problem;
    show();
    return null;
  }
  if (downloadProblem && done === downloadProblem) {
    done = '';
    show();
  }
  downloadProblem = '';
  return answer;
}

/** Replaces what is loaded of a file by its saved version. */
function replace(name, answer) {
  loaded.set(name, { name, version: answer.version, base: answer.text, text: answer.text });
  if (current?.name === name) {
    showFile(name);
  }
}

async function choose(name) {
  if (!loaded.has(name)) {
    await load(name);
  }
  if (loaded.has(name)) {
    showFile(name);
  }
}

function showFile(name) {
  current = loaded.get(name);
  conflict.hidden = true;
  setText(current.text);
  show();
  compare();
}

async function open() {
  if (!current) {
    await choose(state.files[0].name);
  }
  opener.setAttribute('aria-expanded', 'true');
  editor.hidden = false;
  document.body.classList.add('editing');
  show();
  compare();
}

function close() {
  opener.setAttribute('aria-expanded', 'false');
  editor.hidden = true;
  document.body.classList.remove('editing');
  opener.focus();
}

/** Saves the current file as the successor of a version. */
async function save(version) {
  if (isBusy || !current) {
    return;
  }
  isBusy = true;
  const file = current;
  const { text } = file;
  const answer = await post('api/quote-files', { file: file.name, text, version });
  isBusy = false;
  if (answer.outcome === 'conflict') {
    if (file === current) {
      showConflict();
    }
    return;
  }
  done = answer.problem ?? `${file.name} is saved.`;
  if (!answer.problem) {
    file.base = text;
    file.version = answer.version;
    conflict.hidden = true;
  }
  show();
  compare();
}

async function restore() {
  if (isBusy) {
    return;
  }
  isBusy = true;
  const answer = await post('api/quote-files/restore', { version: state.version });
  isBusy = false;
  if (answer.problem) {
    done = answer.outcome === 'conflict' ? `${answer.problem} Press “Undo all changes” again to undo that, too.` : answer.problem;
    show();
    return;
  }
  loaded.clear();
  await choose(current?.name ?? state.files[0].name);
  done = 'All files are as they were at the start.';
  show();
}

/** Lets the bot edit the published posts of some items, one item after the other. */
async function correct(items) {
  const results = [];
  for (const item of items) {
    done = `Correcting ${item}…`;
    show();
    const answer = await post('api/correct', { item });
    results.push(answer.problem ?? `${answer.details.join('. ')}.`);
  }
  done = results.join(' ');
  show();
  byId('messages').scrollIntoView({ block: 'nearest' });
}

function showConflict() {
  if (!conflict.hidden) {
    return;
  }
  byId('editor-conflict-words').textContent = `${current.name} was saved in another tab since you opened it. Your text is still here, but not saved.`;
  conflict.hidden = false;
}

const describe = problem => `${problem.severity === 'error' ? 'Error' : 'Warning'} in ${problem.file}, line ${problem.line}: ${problem.message} ${problem.fix}`;

/** Shows everything but the text itself, which keeps its caret. */
function show() {
  if (!state || !isOpen()) {
    return;
  }
  fill(select, state.files.map(file => ({ key: file.name, unsaved: Boolean(isUnsaved(loaded.get(file.name))), changed: file.changed })), option);
  select.value = current?.name ?? '';
  mark(state.problems.filter(problem => problem.file === current?.name));
  fill(byId('editor-problems'), state.problems.map((problem, index) => ({ key: index, ...problem })), problemItem);
  showOutdated();
  const words = [done, isUnsaved(current) ? 'Your changes are not saved yet.' : '', describeState()].filter(Boolean).join(' ');
  if (status.textContent !== words) {
    status.textContent = words;
  }
  status.classList.toggle('bad', state.problems.some(problem => problem.severity === 'error'));
}

/** What the bot does with the files. */
function describeState() {
  const errors = state.problems.filter(problem => problem.severity === 'error').length;
  if (errors > 0) {
    return state.use === 'stopped'
      ? `${plural(errors, 'error')}: the bot is stopped, and does not start with these files.`
      : `${plural(errors, 'error')}: the bot continues to use the last valid version of the files.`;
  }
  const isChanged = state.files.some(file => file.changed);
  return {
    served: isChanged ? 'The bot uses these files: what it shows next has the new text.' : 'The bot uses these files.',
    unread: 'The bot reads them within two seconds.',
    refused: 'The bot reads them within two seconds.',
    stopped: 'The bot is stopped, and reads them when it starts.',
  }[state.use];
}

const option = file => el('option', { value: file.key }, `${file.key}${file.unsaved ? ' (not saved)' : file.changed ? ' (changed)' : ''}`);

const problemItem = problem => el('li', { className: problem.severity }, el('button', { type: 'button', onclick: () => goToProblem(problem) },
  el('b', {}, `${problem.file}, line ${problem.line}: ${problem.severity}`), ' ', el('span', {}, `${problem.message} ${problem.fix}`)));

async function goToProblem(problem) {
  if (problem.file !== current?.name) {
    await choose(problem.file);
  }
  goTo(problem.line, problem.column);
}

/** The published posts with an older text, each with a button that corrects it. */
function showOutdated() {
  const list = byId('editor-outdated');
  const hadFocus = list.contains(document.activeElement);
  const items = state.outdated.map(one => one.items[0]);
  const all = items.length > 1 ? [{ key: 'all', items, isAll: true }] : [];
  fill(list, [...all, ...state.outdated.map(one => ({ key: one.items.join(' '), ...one }))], one => el('li', {},
    !one.isAll && el('span', {}, `${plural(one.posts, 'published post')} of ${one.items.join(', ')} ${one.posts === 1 ? 'differs' : 'differ'} from the files.`),
    el('button', { type: 'button', onclick: () => correct(one.isAll ? one.items : [one.items[0]]) }, one.isAll ? 'Correct all' : `Correct ${one.items[0]}`)));
  if (hadFocus && !list.contains(document.activeElement)) {
    byId('editor-text').focus();
  }
}

opener.addEventListener('click', async () => {
  if (isOpen()) {
    close();
  } else if (state) {
    await open();
    byId('editor-text').focus();
  }
});
byId('editor-close').addEventListener('click', close);
select.addEventListener('change', () => choose(select.value));
byId('editor-save').addEventListener('click', () => save(current?.version));
byId('editor-undo').addEventListener('click', restore);
byId('editor-theirs').addEventListener('click', async () => {
  await load(current.name);
  byId('editor-text').focus();
});
byId('editor-mine').addEventListener('click', async () => {
  await save(savedVersion(current.name));
  byId('editor-text').focus();
});
byId('editor-text').addEventListener('input', () => {
  if (current) {
    current.text = getText();
    done = '';
    show();
  }
});
document.addEventListener('keydown', event => {
  if (isOpen() && (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 's') {
    event.preventDefault();
    save(current?.version);
  }
});
window.addEventListener('beforeunload', event => {
  if ([...loaded.values()].some(isUnsaved)) {
    event.preventDefault();
  }
});
