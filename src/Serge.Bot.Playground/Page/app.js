// Connects each part of the playground's state with the view that shows it.
import { setCommands } from './composer.js';
import { showMessages, showPlatforms } from './discord.js';
import { byId } from './dom.js';
import { showFiles } from './editor.js';
import { observeWorker, showFaults } from './faults.js';
import { observe } from './guide.js';
import { showStatuses } from './mastodon.js';
import { showCalendar, showWorker } from './masthead.js';
import { showLedger, showLog, showPlan } from './panels.js';
import { showNewest, showNext } from './stage.js';
import { follow } from './stream.js';

// Times are shown in the calendar's time zone, so views with times wait for the calendar.
const held = [];
let hasCalendar = false;
const afterCalendar = show => value => hasCalendar ? show(value) : held.push(() => show(value));

follow({
  calendar(calendar) {
    showCalendar(calendar);
    hasCalendar = true;
    held.splice(0).forEach(show => show());
  },
  platforms(platforms) {
    setCommands(platforms.commands);
    showPlatforms(platforms);
    byId('author').textContent = platforms.author;
  },
  worker(worker) {
    showWorker(worker);
    observeWorker(worker);
    observe('worker', worker);
  },
  messages: afterCalendar(messages => {
    showMessages(messages);
    showNewest(messages);
    observe('messages', messages);
  }),
  statuses: afterCalendar(statuses => {
    showStatuses(statuses);
    observe('statuses', statuses);
  }),
  log: afterCalendar(showLog),
  ledger: afterCalendar(ledger => {
    showLedger(ledger);
    observe('ledger', ledger);
  }),
  plan: afterCalendar(plan => {
    showPlan(plan);
    showNext(plan);
  }),
  faults: showFaults,
  quoteFiles: showFiles,
});
