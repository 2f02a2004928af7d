import {get} from './ask.js';
import {moment} from './words.js';
import './camera-view.js';
import './picture-list.js';
import './module-state.js';

const STATUS_EVERY_MS = 2000;
const TICK_MS = 500;
// a browser opens six connections to one host, and a stream holds one
const MOST_STREAMS = 4;

const cameras = document.querySelector('#cameras');
const noCameras = document.querySelector('#no-cameras');
const pictures = document.querySelector('picture-list');
const moduleState = document.querySelector('module-state');
const trouble = document.querySelector('#trouble');
const settings = document.querySelector('#settings');
const calm = matchMedia('(prefers-reduced-motion: reduce)');

let next;
let silentSince;

async function refresh() {
  clearTimeout(next);
  try {
    const [status, list] = await Promise.all([get('/api/status'), get('/api/pictures?limit=20')]);
    silentSince = undefined;
    trouble.hidden = true;
    show(status);
    pictures.show(list);
  } catch (problem) {
    silentSince ??= new Date();
    trouble.textContent = `Nothing new since ${moment(silentSince)}: ${problem.message}. It is tried again.`;
    trouble.hidden = false;
  }
  if (!document.hidden) {
    next = setTimeout(refresh, STATUS_EVERY_MS);
  }
}

function show(status) {
  const states = status.cameras_status ?? {};
  const names = Object.keys(states);
  for (const view of [...cameras.children]) {
    if (!names.includes(view.getAttribute('name'))) {
      view.remove();
    }
  }
  for (const name of names) {
    const view = viewOf(name);
    if (!document.hidden) {
      view.look(names.length <= MOST_STREAMS && !calm.matches);
    }
    view.update(states[name], status.web_status?.live?.[name]);
  }
  noCameras.hidden = names.length > 0;
  moduleState.show(status);
  settings.textContent = JSON.stringify(status.settings ?? {}, null, 2);
}

function viewOf(name) {
  const there = cameras.querySelector(`camera-view[name="${CSS.escape(name)}"]`);
  if (there) {
    return there;
  }
  const view = document.createElement('camera-view');
  view.setAttribute('name', name);
  cameras.append(view);
  return view;
}

// A page that nobody sees asks for nothing.
document.addEventListener('visibilitychange', () => {
  clearTimeout(next);
  if (document.hidden) {
    [...cameras.children].forEach((view) => view.pause());
  } else {
    refresh();
  }
});
document.addEventListener('picturetaken', refresh);
setInterval(() => {
  if (!document.hidden) {
    [...cameras.children].forEach((view) => view.tick());
  }
}, TICK_MS);
refresh();
