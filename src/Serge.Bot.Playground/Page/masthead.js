// The head of the page: the calendar and how the bot fares.
import { post } from './api.js';
import { announce } from './announcer.js';
import { byId } from './dom.js';
import { calendarNow, day, inZone, isoDay, setCalendar, zoneName } from './time.js';

const date = byId('date');

export function showCalendar(calendar) {
  setCalendar(calendar);
  date.min = calendar.earliest;
  date.max = calendar.latest;
  tick();
}

/** Shows the calendar's present moment; once a second. */
function tick() {
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
  state('health-worker', worker.state === 'running', 'The bot is at work', 'The bot is dead');
  state('health-gateway', worker.gateway === 'connected', 'connected to Discord',
    worker.gateway === 'waiting' ? 'cut off from Discord, its session waits' : 'not connected to Discord');
  state('health-token', !worker.tokenRevoked, 'welcome on Mastodon', 'its Mastodon token is revoked');
  byId('kill').disabled = worker.state !== 'running';
  byId('start').disabled = worker.state === 'running';
}

function state(id, well, good, bad) {
  byId(id).className = well ? 'well' : 'ill';
  set(id, well ? good : bad);
}

async function turn(request) {
  const answer = await post('api/calendar', request);
  announce(answer.problem ?? `The calendar shows ${day(calendarNow())}`);
  if (answer.problem) {
    date.setCustomValidity(answer.problem);
    date.reportValidity();
  }
}

date.addEventListener('input', () => date.setCustomValidity(''));
byId('date-form').addEventListener('submit', event => {
  event.preventDefault();
  turn({ date: date.value });
});
for (const button of document.querySelectorAll('[data-step]')) {
  button.addEventListener('click', () => turn({ step: button.dataset.step }));
}
setInterval(tick, 1000);
