import {get} from './ask.js';
import {icon} from './icons.js';
import {Live} from './live.js';
import {keep, own} from './look.js';
import {changed, duration, make, moment} from './words.js';
import {factsOf} from './module-state.js';
import './camera-view.js';
import './event-list.js';
import './picture-dialog.js';
import './picture-list.js';
import './settings-view.js';
import './taken-card.js';

const STATUS_EVERY_MS = 3000;
const TICK_MS = 500;
const PICTURES = 12;
const THEMES = ['system', 'light', 'dark'];
const FAILURES_BEFORE_WORDS = 2;
const NO_WAY = 'The connection does not come through; a proxy on the way must let WebSockets pass. It is tried again.';

const at = (selector) => document.querySelector(selector);
const cameras = at('#cameras');
const list = at('picture-list');
const events = at('event-list');
const dialog = at('picture-dialog');
const card = at('taken-card');
const trouble = at('#trouble');

const views = new Map();
let status = {};
let toldStates;
let pictures = [];
let settings = {};
let settingsOf;
let next;
let silentSince;
let pausedAt;

const live = new Live({
  picture: (camera, blob) => views.get(camera)?.picture(blob),
  told,
  broken: ({failures, full}) => {
    told({cameras_status: undefined});
    if (full || failures >= FAILURES_BEFORE_WORDS) {
      views.forEach((view) => view.away('No live view', full ? whyFull() : NO_WAY));
    }
    refresh();
  },
});

// What the live view says beside its pictures comes sooner than the answer to a question.
function told(words) {
  if ('cameras_status' in words) {
    toldStates = words.cameras_status;
    if (toldStates) {
      show();
    }
  } else if (words.pictures) {
    const newer = new Set(words.pictures.map(({id}) => id));
    pictures = [...words.pictures, ...pictures.filter(({id}) => !newer.has(id))]
      .sort((one, other) => (one.capturedAt < other.capturedAt ? 1 : -1)).slice(0, PICTURES);
    show();
  } else if (words.event) {
    events.add(words.event);
    refresh();
  } else if (words.cameras && String(words.cameras) !== String(names())) {
    refresh();
  }
}

let asking;
let askAgain = false;

// Asks how the device is: every three seconds, and at once when something has happened.
function refresh() {
  if (document.hidden) {
    return;
  }
  if (asking) {
    askAgain = true;
    return;
  }
  clearTimeout(next);
  asking = ask().finally(() => {
    asking = undefined;
    next = setTimeout(refresh, askAgain ? 0 : STATUS_EVERY_MS);
    askAgain = false;
  });
}

async function ask() {
  try {
    [status, pictures] = await Promise.all([get('/api/status'), get(`/api/pictures?limit=${PICTURES}`)]);
    await askSettings();
    if (silentSince) {
      silentSince = undefined;
      live.renew();
      recallEvents();
    }
    trouble.hidden = true;
    show();
  } catch (problem) {
    silentSince ??= new Date();
    trouble.textContent = `Nothing new since ${moment(silentSince)}: ${problem.message}. It is tried again.`;
    trouble.hidden = false;
    views.forEach((view) => view.away(`No connection since ${moment(silentSince)}`));
  }
}

// The wish and its problems: only when what is in force, or what was said of a wish, is another than before.
async function askSettings() {
  const acknowledged = Object.values(status).filter((one) => one?.av !== undefined);
  const now = JSON.stringify([status.settings, acknowledged]);
  if (now !== settingsOf) {
    settings = await get('/api/settings');
    settingsOf = now;
  }
}

function show() {
  const states = statesNow();
  views.forEach((view, name) => {
    if (!states[name]) {
      view.remove();
      views.delete(name);
    }
  });
  for (const name of names()) {
    if (!views.has(name)) {
      const view = make('camera-view', {name, class: 'card'});
      views.set(name, view);
      cameras.append(view);
    }
    views.get(name).update(states[name], status.web_status?.live?.[name]);
  }
  cameras.dataset.count = views.size;
  const facts = factsOf(status);
  at('module-state').show(facts);
  showFaults(facts.filter(({why}) => why));
  showWithout(views.size === 0);
  showAbout();
  at('settings-view').show(settings, status.module?.link === 'none' ? 'the settings file' : 'the twin');
  card.update(pictures);
  dialog.update(pictures);
  arrange();
}

const statesNow = () => toldStates ?? status.cameras_status ?? {};
const names = () => Object.keys(statesNow());

function showFaults(faults) {
  const place = at('#faults');
  if (changed(place, faults)) {
    place.replaceChildren(...faults.map(({name, text, why}) =>
      make('li', {}, make('strong', {}, `${name} ${text}:`), ' ', why)));
  }
}

function showWithout(none) {
  const place = at('#no-cameras');
  const waiting = !Object.keys(status.settings ?? {}).length;
  place.hidden = !none;
  if (none && changed(place, waiting)) {
    place.replaceChildren(...(waiting
      ? [make('strong', {}, 'Starting'), make('p', {}, 'The module waits for its first settings from the hub.')]
      : [make('strong', {}, 'No camera yet'),
        make('p', {}, 'Name one under ', make('code', {}, 'cameras'), ' in the module twin, for example:'),
        make('pre', {}, '{"cameras": {"front": {"source": "/dev/video0"}}}')]));
  }
}

function showAbout() {
  const {module, uptimeSeconds} = status;
  const up = uptimeSeconds < 120 ? 'for a minute' : `for ${duration(uptimeSeconds * 1000)}`;
  at('#about').textContent = module ? `edgecam ${module.version}, running ${up}` : '';
}

// One camera large or all of them, as the address says; the live view brings what is seen and nothing else.
function arrange() {
  const wanted = decodeURIComponent(location.hash.slice(1));
  const large = views.has(wanted) ? wanted : undefined;
  const before = document.body.dataset.large;
  if (large) {
    document.body.dataset.large = large;
  } else {
    delete document.body.dataset.large;
  }
  views.forEach((view, name) => {
    view.hidden = large !== undefined && name !== large;
    view.classList.toggle('large', name === large);
    if (view.hidden) {
      view.rest();
    }
  });
  showSwitch(large);
  list.show(large ? pictures.filter(({camera}) => camera === large) : pictures, large);
  at('#pictures-title').textContent = large ? `Recent pictures of ${large}` : 'Recent pictures';
  document.title = large ? `${large} · edgecam` : 'edgecam';
  look(large);
  if (before && !large) {
    views.get(before)?.querySelector('.enlarge').focus();
  } else if (large && !before) {
    at('#switch a').focus({preventScroll: true});
    scrollTo({top: 0});
  }
}

function look(large) {
  if (document.hidden || pausedAt) {
    live.rest();
  } else {
    live.look({camera: large, stamp: own('stamp')});
  }
}

function showSwitch(large) {
  const place = at('#switch');
  const states = names().map((name) => [name, statesNow()[name].state]);
  if (!changed(place, [large, large && states])) {
    return;
  }
  const focused = place.contains(document.activeElement) ? document.activeElement.getAttribute('href') : undefined;
  place.hidden = !large;
  place.replaceChildren(...(large
    ? [make('a', {href: '#', class: 'all', title: 'All cameras (Escape)'}, icon('back'), 'All cameras'),
      ...states.map(([name, state]) => make('a', {href: `#${encodeURIComponent(name)}`, 'data-state': state,
        'aria-current': name === large ? 'true' : undefined}, name))]
    : []));
  if (focused) {
    [...place.children].find((one) => one.getAttribute('href') === focused)?.focus();
  }
}

function whyFull() {
  const most = status.settings?.web?.maxViewers;
  return `${most ?? 'Many'} look already, and no more may (web.maxViewers). It is tried again.`;
}

async function recallEvents() {
  try {
    events.begin(await get('/api/events?limit=100'));
  } catch {
    // the line at the top says it already
  }
}

function pause() {
  pausedAt = pausedAt ? undefined : new Date();
  const button = at('#pause');
  button.textContent = pausedAt ? 'Go on' : 'Pause';
  button.setAttribute('aria-pressed', Boolean(pausedAt));
  views.forEach((view) => (pausedAt ? view.away(`Paused at ${moment(pausedAt)}`) : view.rest()));
  arrange();
}

function showTheme() {
  const theme = own('theme');
  const button = at('#theme');
  button.replaceChildren(icon(theme));
  button.setAttribute('aria-label', `Colours: ${theme}`);
  button.title = `Colours: ${theme}`;
  if (theme === 'system') {
    delete document.documentElement.dataset.theme;
  } else {
    document.documentElement.dataset.theme = theme;
  }
}

function pressed(button, name, act) {
  const tell = () => {
    button.setAttribute('aria-pressed', own(name));
    act(own(name));
  };
  button.addEventListener('click', () => {
    keep(name, !own(name));
    tell();
  });
  tell();
}

addEventListener('hashchange', arrange);
document.addEventListener('keydown', (event) => {
  const large = document.body.dataset.large;
  if (!large || event.defaultPrevented || at('dialog[open]') || event.altKey || event.ctrlKey || event.metaKey) {
    return;
  }
  const all = names();
  const step = {ArrowLeft: -1, ArrowRight: 1}[event.key];
  if (event.key === 'Escape') {
    location.hash = '';
  } else if (step) {
    location.hash = encodeURIComponent(all[(all.indexOf(large) + step + all.length) % all.length]);
  }
});
// A page that nobody sees asks for nothing.
document.addEventListener('visibilitychange', () => {
  clearTimeout(next);
  views.forEach((view) => document.hidden && view.rest());
  if (document.hidden) {
    toldStates = undefined;
    live.rest();
  } else {
    recallEvents();
    refresh();
  }
});
document.addEventListener('taken', ({detail}) => {
  card.show(detail);
  card.update(pictures);
  refresh();
});
document.addEventListener('choose', ({detail}) => dialog.open(detail));
at('#pause').addEventListener('click', pause);
at('#theme').addEventListener('click', () => {
  keep('theme', THEMES[(THEMES.indexOf(own('theme')) + 1) % THEMES.length]);
  showTheme();
});
pressed(at('#stamp'), 'stamp', arrange);
pressed(at('#all-settings'), 'allSettings', (all) => at('settings-view').showAll(all));
pressed(at('#all-events'), 'allEvents', (all) => events.showAll(all));
setInterval(() => {
  if (!document.hidden) {
    views.forEach((view) => view.tick());
  }
}, TICK_MS);
showTheme();
recallEvents();
refresh();
