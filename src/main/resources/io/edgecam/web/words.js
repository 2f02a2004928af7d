// Figures and moments in words, and elements out of words: text is always text, never markup.
const time = {hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23'};
const clock = new Intl.DateTimeFormat(undefined, time);
const dayAndClock = new Intl.DateTimeFormat(undefined, {month: 'short', day: 'numeric', ...time});
const inFull = new Intl.DateTimeFormat(undefined, {dateStyle: 'full', timeStyle: 'long'});

export function moment(iso) {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) {
    return '';
  }
  return date.toDateString() === new Date().toDateString() ? clock.format(date) : dayAndClock.format(date);
}

// A moment that tells its date and time zone when it is pointed at.
export function when(iso) {
  const date = new Date(iso);
  const title = Number.isNaN(date.getTime()) ? undefined : inFull.format(date);
  return make('time', {datetime: iso, title}, moment(iso));
}

export function duration(ms) {
  if (ms < 1000) {
    return `${Math.round(ms)} ms`;
  }
  const seconds = ms / 1000;
  if (seconds < 10) {
    return `${seconds.toFixed(1)} s`;
  }
  if (seconds < 120) {
    return `${Math.round(seconds)} s`;
  }
  const minutes = seconds / 60;
  if (minutes < 120) {
    return `${Math.round(minutes)} min`;
  }
  return minutes < 48 * 60 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes / 1440)} days`;
}

export function bytes(count) {
  if (count < 1000) {
    return `${count} B`;
  }
  return count < 999_500 ? `${Math.round(count / 1000)} kB` : `${(count / 1e6).toFixed(1)} MB`;
}

// An element: make('p', {class: 'quiet'}, 'words', child)
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) {
      element.setAttribute(key, value === true ? '' : value);
    }
  }
  element.append(...children.filter((child) => child !== undefined && child !== ''));
  return element;
}

// A name that is a link where a browser can follow it.
export function link(text, url) {
  return /^https?:\/\//.test(url ?? '')
    ? make('a', {href: url, target: '_blank', rel: 'noreferrer', title: text}, text)
    : make('span', {title: text}, text);
}

// Keeps the element as it is unless what it shows has changed, so that focus and selection stay.
export function changed(element, facts) {
  const now = JSON.stringify(facts);
  if (element.shown === now) {
    return false;
  }
  element.shown = now;
  return true;
}
