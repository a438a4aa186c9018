// Reads the feed and the calendar with parsers by others: rss-parser and ical.js. Arguments: folder of the packages, feed, calendar.
const { createRequire } = require('node:module');
const { readFileSync } = require('node:fs');

const [packages, feedFile, calendarFile] = process.argv.slice(2);
const load = createRequire(`${packages}/`);
const Parser = load('rss-parser');
const ICAL = load('ical.js');
const { Component, Event, parse } = ICAL.default ?? ICAL;

(async () => {
  const feed = await new Parser().parseString(readFileSync(feedFile, 'utf8'));
  const entries = feed.items.map(({ title, link, isoDate, content }) => ({ title, link, isoDate, content }));
  const calendar = new Component(parse(readFileSync(calendarFile, 'utf8')));
  const events = calendar.getAllSubcomponents('vevent').map(component => {
    const event = new Event(component);
    const dates = event.iterator();
    return { uid: event.uid, summary: event.summary, dates: [dates.next(), dates.next(), dates.next()].map(String) };
  });
  console.log(JSON.stringify({ title: feed.title, entries, events }));
})();
