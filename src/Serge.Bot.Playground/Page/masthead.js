// The head of the page: the calendar and the state of the bot.
import { post } from './api.js';
import { announce } from './announcer.js';
import { byId } from './dom.js';
import { calendarNow, inZone, isoDay, setCalendar, systemTime, written, zoneName } from './time.js';

const date = byId('date');
let offset = 0;

export function showCalendar(calendar) {
  setCalendar(calendar);
  if (calendar.offsetMilliseconds !== offset) {
    offset = calendar.offsetMilliseconds;
    set('calendar-problem', ''); // The clock was set, perhaps in another tab.
  }
  date.min = calendar.earliest;
  date.max = calendar.latest;
  tick();
}

/** Shows the time of the schedule clock; called once a second. */
function tick() {
  if (date.min === '') {
    return; // The clock and its time zone are not known yet.
  }
  const now = calendarNow();
  set('leaf-month', inZone(now, { month: 'long', year: 'numeric' }));
  set('leaf-day', inZone(now, { day: 'numeric' }));
  set('leaf-weekday', inZone(now, { weekday: 'long' }));
  set('hour', inZone(now, { hour: '2-digit', minute: '2-digit', second: '2-digit' }));
  set('zone', `in ${zoneName()}`);
  const iso = isoDay(now);
  byId('leaf').dateTime = iso;
  if (document.activeElement !== date && date.dataset.shown !== iso) {
    date.value = iso;
    date.dataset.shown = iso;
  }
}

function set(id, text) {
  const element = byId(id);
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

export function showWorker(worker) {
  document.body.classList.toggle('without-bot', worker.state === 'external');
  if (worker.state === 'external') {
    showYourBot(worker);
    return;
  }
  state('health-worker', worker.state === 'running', 'Bot running', 'Bot stopped');
  state('health-gateway', worker.gateway === 'connected', 'Connected to Discord',
    worker.gateway === 'resumable' ? 'Disconnected from Discord, session resumable' : 'Disconnected from Discord');
  state('health-token', !worker.tokenRevoked, 'Authorized on Mastodon', 'Mastodon token revoked');
  byId('kill').disabled = worker.state !== 'running';
  byId('start').disabled = worker.state === 'running';
}

/** A bot outside the playground: only what the simulated platforms see of it. */
function showYourBot({ gateway, tokenRevoked, mastodonRequest }) {
  state('health-worker', gateway === 'connected', 'Your bot: connected to Discord',
    gateway === 'resumable' ? 'Your bot: disconnected from Discord, session resumable' : 'Your bot: not connected to Discord');
  state('health-token', !tokenRevoked && mastodonRequest, `Mastodon: last request at ${mastodonRequest && systemTime(mastodonRequest)}`,
    tokenRevoked ? 'Mastodon token revoked' : 'Mastodon: no request yet');
}

function state(id, isHealthy, healthy, unhealthy) {
  byId(id).className = isHealthy ? 'healthy' : 'unhealthy';
  set(id, isHealthy ? healthy : unhealthy);
}

/** Sets the date; a problem is shown. */
async function setCalendarTo(request) {
  set('calendar-problem', '');
  const answer = await post('api/calendar', request);
  set('calendar-problem', answer.problem ?? '');
  // The state with the new date may arrive later.
  announce(answer.problem ?? `Date set to ${written(answer.date, { day: 'numeric', month: 'long', year: 'numeric' })}`);
}

// The browser sends this event only if the date is valid.
byId('date-form').addEventListener('submit', event => {
  event.preventDefault();
  setCalendarTo({ date: date.value });
});
for (const button of document.querySelectorAll('[data-step]')) {
  button.addEventListener('click', () => setCalendarTo({ step: button.dataset.step }));
}
setInterval(tick, 1000);
