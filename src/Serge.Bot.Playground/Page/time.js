// The playground's two clocks: the schedule clock (calendar), which can be set, and the system clock.

let offset = 0;
let zone; // undefined: the browser's

export function setCalendar(calendar) {
  offset = calendar.offsetMilliseconds;
  zone = calendar.zone;
}

/** The current time of the schedule clock. */
export const calendarNow = () => new Date(Date.now() + offset);

const formats = new Map();

/** Formats a time in the calendar's time zone. */
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

/** The day in the format of a date input. */
export const isoDay = moment => {
  const parts = Object.fromEntries(new Intl.DateTimeFormat('en-GB', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' })
    .formatToParts(new Date(moment)).map(part => [part.type, part.value]));
  return `${parts.year}-${parts.month}-${parts.day}`;
};

/** A day in the format of a date input, written in words. It has no time and no time zone. */
export const written = (iso, options) => new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', ...options }).format(new Date(`${iso}T00:00Z`));

export const zoneName = () => (zone ?? 'local time').split('/').at(-1).replace('_', ' ');

/** A time of the system clock. */
export const systemTime = moment => inZone(moment, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
