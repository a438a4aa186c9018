// Puts the page together: each part of the playground's state goes to the view that shows it.
import { follow } from './api.js';
import { setCommands } from './composer.js';
import { showMessages, showPlaces } from './discord.js';
import { byId } from './dom.js';
import { showTroubles } from './levers.js';
import { showStatuses } from './mastodon.js';
import { showCalendar, showWorker } from './masthead.js';
import { showDiary, showLedger, showPlan } from './panels.js';

// Times are written in the calendar's zone, so the calendar comes before all that has a time.
const held = [];
let hasCalendar = false;
const afterCalendar = show => value => hasCalendar ? show(value) : held.push(() => show(value));

follow({
  calendar(calendar) {
    showCalendar(calendar);
    hasCalendar = true;
    held.splice(0).forEach(show => show());
  },
  places(places) {
    setCommands(places.commands);
    showPlaces(places);
  },
  worker: showWorker,
  messages: afterCalendar(showMessages),
  statuses: afterCalendar(showStatuses),
  diary: showDiary,
  ledger: afterCalendar(showLedger),
  plan: afterCalendar(showPlan),
  troubles: showTroubles,
}, connected => {
  byId('gone').hidden = connected;
  document.body.classList.toggle('stopped', !connected);
});
