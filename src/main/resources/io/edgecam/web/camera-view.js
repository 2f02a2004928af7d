import {post} from './ask.js';
import {bytes, duration, link, make, moment} from './words.js';

const STILL_EVERY_MS = 1000;
const STALE_MS = 5000;
const STATUS_LATE_MS = 4000;
const TAKE_PATIENCE_MS = 60_000;
const ERRORS_BEFORE_STILLS = 3;
const POLLS_WITHOUT_STREAM = 3;

// One camera: what it sees, how it is, and the button that takes a picture.
class CameraView extends HTMLElement {
  #image;
  #veil;
  #facts;
  #state;
  #button;
  #result;
  #wantsStream = true;
  #streams = true;
  #looking = false;
  #status = {};
  #pictureAt = 0;
  #streamAge;
  #streamAgeAt = 0;
  #errors = 0;
  #pollsWithout = 0;
  #again;

  connectedCallback() {
    if (this.#image) {
      return;
    }
    const name = this.getAttribute('name');
    this.classList.add('card', 'camera');
    this.#veil = make('p', {class: 'veil'}, 'Waiting for the first picture');
    const view = make('div', {class: 'view'}, this.#veil);
    this.#image = this.#newImage();
    view.prepend(this.#image);
    this.#state = make('span', {class: 'state'});
    this.#facts = make('span', {class: 'facts'});
    this.#button = make('button', {type: 'button', 'aria-label': `Take picture with ${name}`}, 'Take picture');
    this.#button.addEventListener('click', () => this.#take());
    this.#result = make('div', {class: 'result', role: 'status', 'aria-live': 'polite'});
    const words = make('div', {class: 'words'}, make('h3', {}, name), make('p', {}, this.#state, this.#facts));
    this.append(view, make('div', {class: 'bar'}, words, this.#button), this.#result);
  }

  disconnectedCallback() {
    this.pause();
  }

  // streams: a live stream; else still pictures, one after the other
  look(streams) {
    if (this.#looking && this.#wantsStream === streams) {
      return;
    }
    this.#wantsStream = streams;
    this.#begin();
  }

  #begin() {
    this.pause();
    this.#streams = this.#wantsStream;
    this.#looking = true;
    this.#errors = 0;
    this.#load();
  }

  pause() {
    this.#looking = false;
    clearTimeout(this.#again);
    this.#dropImage();
  }

  // status of the camera; live: what the device says of its live view, if there is one
  update(status, live) {
    const back = status.state === 'live' && this.#status.state === 'lost';
    this.#status = status;
    this.#streamAge = live?.frameAgeMs;
    this.#streamAgeAt = performance.now();
    if (back && this.#looking) {
      this.#begin();
    }
    this.#pollsWithout = live ? 0 : this.#pollsWithout + 1;
    if (this.#looking && this.#streams && this.#pollsWithout >= POLLS_WITHOUT_STREAM) {
      this.#pollsWithout = 0;
      this.#load();
    }
    this.#state.textContent = status.state;
    this.#state.dataset.state = status.state;
    this.tick();
  }

  // shows how old the picture is; called every now and then
  tick() {
    const {state, width, height, since, error} = this.#status;
    const age = this.#age();
    const facts = [];
    if (width) {
      facts.push(`${width} × ${height}`);
    }
    if (age !== undefined && state === 'live') {
      facts.push(`${(age / 1000).toFixed(1)} s old`);
    }
    this.#facts.textContent = facts.join(' · ');
    if (state === 'lost') {
      this.#cover('lost', `Lost since ${moment(since)}`, error);
    } else if (state === 'disabled') {
      this.#cover('off', 'Switched off');
    } else if (age === undefined) {
      this.#cover('waiting', 'Waiting for the first picture');
    } else if (age > STALE_MS) {
      this.#cover('lost', `No new picture for ${duration(age)}`);
    } else {
      this.#veil.hidden = true;
      this.classList.remove('dim');
    }
  }

  // Of a stream the device says it with each status; between two of those pictures go on coming.
  #age() {
    if (!this.#pictureAt) {
      return undefined;
    }
    const silence = performance.now() - this.#pictureAt;
    if (!this.#streams || this.#streamAge === undefined) {
      return silence;
    }
    return this.#streamAge + Math.max(0, performance.now() - this.#streamAgeAt - STATUS_LATE_MS);
  }

  #cover(kind, headline, reason) {
    if (this.#veil.dataset.text !== headline + reason) {
      this.#veil.dataset.text = headline + reason;
      this.#veil.dataset.kind = kind;
      this.#veil.replaceChildren(make('strong', {}, headline), make('span', {}, reason ?? ''));
    }
    this.#veil.hidden = false;
    this.classList.toggle('dim', kind === 'lost');
  }

  #newImage() {
    const image = make('img', {alt: `Live view of camera ${this.getAttribute('name')}`});
    image.addEventListener('load', () => this.#loaded(image));
    image.addEventListener('error', () => this.#failed(image));
    return image;
  }

  // An image that is out of the document lets go of its stream.
  #dropImage() {
    const old = this.#image;
    this.#image = this.#newImage();
    old.replaceWith(this.#image);
    old.removeAttribute('src');
  }

  #load() {
    clearTimeout(this.#again);
    const path = this.#streams ? '/stream.mjpeg' : '/image.jpg';
    if (this.#streams) {
      this.#dropImage();
    }
    this.#image.src = `${path}?camera=${encodeURIComponent(this.getAttribute('name'))}&at=${Date.now()}`;
  }

  #loaded(image) {
    if (image !== this.#image || !this.#looking) {
      return;
    }
    this.#errors = 0;
    this.#pictureAt = performance.now();
    this.tick();
    if (!this.#streams) {
      this.#again = setTimeout(() => this.#load(), STILL_EVERY_MS);
    }
  }

  #failed(image) {
    if (image !== this.#image || !this.#looking) {
      return;
    }
    this.#errors += 1;
    if (this.#errors >= ERRORS_BEFORE_STILLS) {
      this.#streams = false;
    }
    this.#again = setTimeout(() => this.#load(), 1000 * Math.min(this.#errors, 5));
  }

  async #take() {
    this.#button.disabled = true;
    this.#button.textContent = 'Taking…';
    this.#result.replaceChildren();
    try {
      const answer = await post('/api/pictures', {camera: this.getAttribute('name')}, TAKE_PATIENCE_MS);
      this.#result.replaceChildren(...answer.pictures.map(report));
      this.dispatchEvent(new CustomEvent('picturetaken', {bubbles: true}));
    } catch (problem) {
      this.#result.replaceChildren(make('p', {class: 'wrong'}, `No picture: ${problem.message}`));
    } finally {
      this.#button.disabled = false;
      this.#button.textContent = 'Take picture';
    }
  }
}

function report(picture) {
  const {total, ...stages} = picture.timingsMs ?? {};
  const parts = Object.entries(stages).filter(([, ms]) => ms > 0).map(([stage, ms]) => `${stage} ${duration(ms)}`);
  const state = picture.state === 'uploaded' ? 'Uploaded' : 'Kept on the device, uploads later';
  return make('div', {class: 'report'},
    make('p', {},
      make('span', {class: 'pill', 'data-state': picture.state}, state), ' ',
      make('span', {class: 'quiet'},
        `${picture.width} × ${picture.height} · ${bytes(picture.bytes)} · ${duration(total ?? 0)}`)),
    make('p', {class: 'name'}, link(picture.blobName, picture.url)),
    make('p', {class: 'quiet'}, parts.join(' · ')));
}

customElements.define('camera-view', CameraView);
