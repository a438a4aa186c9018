// The playground's two clocks: the calendar, which can be turned, and the wire's, which is the machine's own.

let offset = 0;
let zone = 'UTC';

export function setCalendar(calendar) {
  offset = calendar.offsetMilliseconds;
  zone = calendar.zone;
}

/** The moment that the calendar shows now. */
export const calendarNow = () => new Date(Date.now() + offset);

const formats = new Map();

/** Formats a moment in the calendar's zone. */
export function inZone(moment, options) {
  const key = zone + JSON.stringify(options);
  if (!formats.has(key)) {
    formats.set(key, new Intl.DateTimeFormat('en-GB', { timeZone: zone, ...options }));
  }
  return formats.get(key).format(new Date(moment));
}

export const day = moment => inZone(moment, { day: 'numeric', month: 'long', year: 'numeric' });
export const shortDay = moment => inZone(moment, { weekday: 'short', day: 'numeric', month: 'short' });
export const plainDay = moment => inZone(moment, { day: 'numeric', month: 'short' });
export const hour = moment => inZone(moment, { hour: '2-digit', minute: '2-digit' });

/** The day as a date input has it. */
export const isoDay = moment => {
  const parts = Object.fromEntries(new Intl.DateTimeFormat('en-GB', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' })
    .formatToParts(new Date(moment)).map(part => [part.type, part.value]));
  return `${parts.year}-${parts.month}-${parts.day}`;
};

export const zoneName = () => zone.split('/').at(-1).replace('_', ' ');

/** A moment on the wire's clock, as the person's own clock tells it. */
export const wireTime = moment => new Date(moment).toLocaleTimeString('en-GB');
