// The Discord channel.
import { post } from './api.js';
import { announce } from './announcer.js';
import { byId, el, fill, followEnd, initials, picturesOf } from './dom.js';
import { markdown, nameChannel } from './markdown.js';
import { day, hour } from './time.js';

const list = byId('messages');
const change = followEnd(list);
const dismissed = new Set();
/** Why the last press of a button failed, by the id of the message. */
const failures = new Map();
let messages = [];
let platforms = {};
/** What was announced, by the id of the message. */
let announcedTexts = null;

export function showPlatforms(next) {
  platforms = next;
  nameChannel(platforms.channelId, platforms.channel);
  byId('channel').textContent = platforms.channel;
  byId('guild').textContent = platforms.guild;
  show();
}

export function showMessages(next) {
  messages = next;
  // A message is announced again when its text changes, such as the answer after "is thinking".
  const fresh = announcedTexts && messages.filter(message => message.bot && !dismissed.has(message.id) && announcedTexts.get(message.id) !== textOf(message));
  announcedTexts = new Map(messages.map(message => [message.id, textOf(message)]));
  show();
  for (const message of fresh ?? []) {
    const edited = message.edited ? ', edited' : '';
    announce(`${message.author} in ${platforms.channel}${edited}: ${list.querySelector(`[data-id="${message.id}"] .content`)?.textContent ?? ''}`);
  }
}

const textOf = message => `${message.thinking} ${message.content}`;

function show() {
  const items = [{ key: 'welcome', welcome: platforms }];
  let lastDay = '';
  let last = null;
  for (const message of messages.filter(one => !dismissed.has(one.id))) {
    const today = day(message.at);
    if (today !== lastDay) {
      items.push({ key: `day-${message.id}`, day: today });
      last = null;
    }
    // Discord shows the author once for messages in a row.
    const follows = last && last.author === message.author && !message.command && !last.ephemeral && new Date(message.at) - new Date(last.at) < 420000;
    items.push({ key: message.id, message, follows: Boolean(follows), channel: platforms.channel, failure: failures.get(message.id) });
    lastDay = today;
    last = message;
  }
  change(() => fill(list, items, item => item.welcome ? welcome(item.welcome) : item.day ? divider(item.day) : entry(item)));
}

const welcome = ({ channel, guild }) => el('li', { className: 'welcome' },
  el('p', { className: 'welcome-title' }, `Welcome to #${channel ?? '…'}`),
  el('p', { className: 'own-bot' }, `This is the start of a channel of ${guild ?? 'a server'}. The bot posts here each morning, at 8 and at 9; change the date to see it. Type / for its commands, such as /quote, /today or /schedule.`),
  el('p', { className: 'your-bot' }, `This is the start of a channel of ${guild ?? 'a server'}. You are an admin of it: type /schedule set to let your bot post here, and / for its other commands.`));

const divider = text => el('li', { className: 'day' }, el('span', {}, text));

function entry({ message, follows, failure }) {
  const body = message.thinking
    ? el('p', { className: 'content thinking' }, `${message.author} is thinking…`)
    : el('div', { className: message.failed ? 'content failed' : 'content' }, markdown(message.content));
  const item = el('li', { className: ['message', follows && 'follows', message.ephemeral && 'ephemeral'].filter(Boolean).join(' ') },
    message.command && el('p', { className: 'used' }, el('b', {}, message.user), ' used ', el('span', { className: 'command' }, `/${message.command}`)),
    el('span', { className: `avatar ${message.bot ? 'bot' : ''}`, ariaHidden: 'true' }, initials(message.bot && platforms.displayName || message.author)),
    el('p', { className: 'by' }, el('b', {}, message.author), message.bot && el('span', { className: 'app' }, 'APP'),
      el('time', { dateTime: message.at }, hour(message.at)), message.edited && el('span', { className: 'edited' }, '(edited)')),
    body,
    ...picturesOf(message),
    message.buttons.length > 0 && el('p', { className: 'buttons' }, ...message.buttons.map(button => el('button', {
      type: 'button', value: button.customId, disabled: button.disabled, onclick: () => press(message, button),
    }, button.label))),
    failure && el('p', { className: 'interaction-failed' }, failure),
    message.ephemeral && el('p', { className: 'only-you' }, 'Only you can see this · ', el('button', { type: 'button', onclick: () => dismiss(message.id) }, 'Dismiss message')));
  item.dataset.id = message.id;
  return item;
}

async function press(message, button) {
  showFailure(message, null);
  const answer = await post('api/press', { message: message.id, button: button.customId });
  if (answer.problem) {
    showFailure(message, answer.problem);
    announce(answer.problem);
  }
}

/** Shows at a message why the press of a button failed; `null` removes it. */
function showFailure(message, problem) {
  if (problem) {
    failures.set(message.id, problem);
  } else if (!failures.delete(message.id)) {
    return;
  }
  show();
}

function dismiss(id) {
  dismissed.add(id);
  show();
  byId('line').focus();
}
