// The stream of the playground's state, and the notice that it is interrupted.
import { byId } from './dom.js';

/** Short interruptions, such as a restart of the playground, are not shown. In ms. */
const noticeAfter = 4000;

/** A browser does not reopen a stream after an error response, so it is opened again. In ms. */
const retryAfter = 2000;

/** More than two heartbeats of 15 s: the stream is dead without having been closed. In ms. */
const silentAfter = 35000;

let source = null;
let notice = 0;
let retry = 0;
let silence = 0;

/** Calls `views[part](value)` with each part of the state, at first and whenever it changes. */
export function follow(views) {
  // A browser opens at most six connections to one address: a hidden tab leaves them to the others.
  const change = () => document.hidden ? close() : open(views);
  document.addEventListener('visibilitychange', change);
  change();
}

function open(views) {
  close();
  source = new EventSource('api/events');
  awaitNotice();
  awaitEvent(views);
  source.onerror = () => {
    awaitNotice();
    if (source.readyState === EventSource.CLOSED) {
      retry = setTimeout(() => open(views), retryAfter);
    }
  };
  source.addEventListener('heartbeat', () => connected(views));
  for (const [part, show] of Object.entries(views)) {
    source.addEventListener(part, event => {
      connected(views);
      show(JSON.parse(event.data));
    });
  }
}

function close() {
  source?.close();
  for (const timer of [retry, silence]) {
    clearTimeout(timer);
  }
  if (document.hidden) {
    clearTimeout(notice);
    notice = 0;
  }
}

/** An event has arrived. */
function connected(views) {
  clearTimeout(notice);
  notice = 0;
  showNotice('');
  document.body.classList.remove('loading');
  for (const part of document.querySelectorAll('[data-loading]')) {
    part.inert = false;
  }
  awaitEvent(views);
}

function awaitEvent(views) {
  clearTimeout(silence);
  silence = setTimeout(() => open(views), silentAfter);
}

function awaitNotice() {
  notice ||= setTimeout(() => showNotice('Reconnecting… If the playground was stopped, start it again; this page reconnects by itself.'), noticeAfter);
}

function showNotice(text) {
  const region = byId('connection');
  document.body.classList.toggle('disconnected', text !== '');
  if (region.textContent !== text) {
    region.textContent = text;
  }
}
