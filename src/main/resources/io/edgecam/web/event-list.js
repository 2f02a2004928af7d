import {bytes, changed, make, when} from './words.js';

const MOST = 40;
const EVERYDAY = new Set(['pictureStored', 'heartbeat']);

// each in short: what else there is to say of settings stands with the settings
const problems = ({problems: all = []}) => all.map((one) =>
  (typeof one === 'string' ? one : [one.path, one.problem.split('; ')[0]].filter(Boolean).join(': '))).join('; ');

// how an event is meant (good | bad | none), its headline, and what there is to add
const WORDS = {
  pictureStored: (event) => ['none', `Picture of ${event.camera} stored`, bytes(event.bytes ?? 0)],
  pictureDropped: (event) => ['bad', `Picture of ${event.camera} given up`, event.reason],
  pictureFailed: (event) => ['bad', event.camera ? `No picture of ${event.camera}` : 'No picture', event.reason],
  cameraLost: (event) => ['bad', `Camera ${event.camera} lost`, event.reason],
  cameraFound: (event) => ['good', `Camera ${event.camera} is back`],
  storageBlocked: (event) => ['bad', 'Storage blocked', event.reason],
  storageRestored: () => ['good', 'Storage is well again'],
  spoolFull: (event) => ['bad', 'Spool full', event.reason],
  settingsRefused: (event) => ['bad', `Settings of version ${event.version} refused`, problems(event)],
  messageRefused: (event) => ['bad', `Message at input ${event.input} refused`, problems(event)],
  motionStarted: (event) => ['none', `Motion before ${event.camera}`],
  motionEnded: (event) => ['none', `Motion before ${event.camera} is over`],
  heartbeat: () => ['none', 'Heartbeat'],
};

// What happened, newest first. Everyday events (stored pictures, heartbeats) only if they are asked for.
class EventList extends HTMLElement {
  #events = [];
  #all = false;

  // the events of before, and those that came meanwhile
  begin(events) {
    const known = new Set(events.map(({id}) => id));
    this.#events = [...this.#events.filter(({id}) => !known.has(id)), ...events];
    this.#draw();
  }

  add(event) {
    if (!this.#events.some(({id}) => id === event.id)) {
      this.#events = [event, ...this.#events].slice(0, 10 * MOST);
      this.#draw();
    }
  }

  showAll(all) {
    this.#all = all;
    this.#draw();
  }

  #draw() {
    const seen = this.#events.filter(({type}) => this.#all || !EVERYDAY.has(type)).slice(0, MOST);
    if (!changed(this, [seen.map(({id}) => id), this.#all])) {
      return;
    }
    const hidden = this.#events.length > 0 && !seen.length;
    this.replaceChildren(seen.length
      ? make('ol', {class: 'events', tabindex: 0, 'aria-label': 'Events, newest first'}, ...seen.map(row))
      : make('p', {class: 'empty'}, hidden ? 'Nothing out of the ordinary.' : 'None yet. Cameras that are lost, settings that are refused and the like will stand here.'));
  }
}

function row(event) {
  const [level, headline, more] = (WORDS[event.type] ?? (() => ['none', event.type]))(event);
  return make('li', {'data-level': level}, when(event.time),
    make('div', {}, make('p', {class: 'headline'}, headline), more ? make('p', {class: 'quiet'}, more) : ''));
}

customElements.define('event-list', EventList);
