import {post} from './ask.js';
import {icon} from './icons.js';
import {flip, keepFlip} from './look.js';
import {duration, make, moment} from './words.js';

const STALE_MS = 5000;
const TAKE_PATIENCE_MS = 60_000;
const CALM_EVERY_MS = 1000;
const WORD = 'Take picture';

const calm = matchMedia('(prefers-reduced-motion: reduce)');

// One camera: what it sees, how it is, and the button that takes a picture.
class CameraView extends HTMLElement {
  #canvas = make('canvas', {role: 'img', width: 16, height: 9});
  #veil = make('div', {class: 'veil'});
  #state = make('span', {class: 'state'});
  #facts = make('span', {class: 'facts'});
  #size = make('span', {class: 'size'});
  #word = make('span', {}, WORD);
  #button = make('button', {type: 'button', class: 'take'}, icon('shutter'), this.#word);
  #mirror = make('button', {type: 'button', class: 'icon', title: 'Mirror, for your view only'}, icon('mirror'));
  #turn = make('button', {type: 'button', class: 'icon', title: 'Upside down, for your view only'}, icon('turn'));
  #status = {};
  #looking = false;
  #drawnAt = 0;
  #sentAge = 0;
  #decoding = false;
  #shaped = false;
  #next;
  #away;

  get name() {
    return this.getAttribute('name');
  }

  connectedCallback() {
    if (this.firstChild) {
      return;
    }
    const name = this.name;
    this.#canvas.setAttribute('aria-label', `Live view of camera ${name}`);
    this.#button.setAttribute('aria-label', `Take picture with ${name}`);
    this.#button.addEventListener('click', () => this.take());
    this.#mirror.setAttribute('aria-label', `Mirror ${name}`);
    this.#turn.setAttribute('aria-label', `Turn ${name} upside down`);
    this.#mirror.addEventListener('click', () => this.#flip('mirrored'));
    this.#turn.addEventListener('click', () => this.#flip('turned'));
    const enlarge = make('a', {class: 'enlarge', href: `#${encodeURIComponent(name)}`, 'aria-label': `Show ${name} large`});
    this.append(
      make('div', {class: 'view'}, this.#canvas, this.#veil, enlarge,
        make('div', {class: 'tools'}, this.#mirror, this.#turn)),
      make('div', {class: 'bar'},
        make('div', {class: 'words'}, make('h3', {}, name), make('p', {}, this.#state, this.#facts, this.#size)),
        this.#button));
    this.#flipped();
    this.tick();
  }

  // A picture that came; while one is being decoded only the newest of those behind it is kept.
  picture(blob) {
    const now = performance.now();
    this.#looking = true;
    this.#away = undefined;
    if (!calm.matches || now - this.#drawnAt >= CALM_EVERY_MS) {
      this.#next = blob;
      this.#decode();
    }
  }

  // why there is no live view now, although the camera may be well; undefined when there is one
  away(headline, reason = '') {
    this.#away = {headline, reason};
    this.tick();
  }

  // Forgets the picture, which would be an old one when it is looked at again.
  rest() {
    this.#looking = false;
    this.#next = undefined;
    this.#drawnAt = 0;
    this.#away = undefined;
    this.#canvas.hidden = true;
    this.tick();
  }

  // status of the camera; live: what the device says of its live view, if there is one
  update(status, live) {
    this.#status = status;
    this.#sentAge = live?.frameAgeMs ?? 0;
    if (!this.#shaped) {
      this.#shape(status.width, status.height);
    }
    this.tick();
  }

  // Shows how it is by now; called every now and then.
  tick() {
    const {state = 'idle', since, error} = this.#status;
    const silence = this.#drawnAt ? performance.now() - this.#drawnAt : undefined;
    if (state === 'lost') {
      this.#cover('lost', `Lost since ${moment(since)}`, error);
    } else if (state === 'disabled') {
      this.#cover('off', 'Switched off');
    } else if (this.#away) {
      this.#cover('lost', this.#away.headline, this.#away.reason);
    } else if (silence === undefined) {
      this.#cover('waiting', 'Waiting for a picture');
    } else if (silence > STALE_MS) {
      this.#cover('lost', `No new picture for ${duration(silence)}`, 'What you see is old.');
    } else {
      this.#veil.hidden = true;
      this.classList.remove('old');
    }
    const shows = this.#veil.hidden;
    const word = state === 'idle' && shows ? 'live' : state;
    this.#state.textContent = shows || word !== 'live' ? word : 'no picture';
    this.#state.dataset.state = shows || word !== 'live' ? word : 'waiting';
    this.#facts.textContent = shows ? this.facts().join(' · ') : '';
    const {width, height} = this.#status;
    this.#size.textContent = shows && width && this.classList.contains('large') ? ` · ${width} × ${height}` : '';
  }

  // rate and age of what is seen
  facts() {
    const {rate} = this.#status;
    const age = Math.max(performance.now() - this.#drawnAt, this.#sentAge) / 1000;
    return [
      rate ? `${rate < 9.5 ? rate.toFixed(1) : Math.round(rate)}/s` : '',
      `${age.toFixed(1)} s old`,
    ].filter(Boolean);
  }

  // The answer comes as soon as the picture is safe on the device; that it has been uploaded is told soon after.
  async take() {
    this.#button.disabled = true;
    this.#word.textContent = 'Taking…';
    this.classList.add('taking');
    const camera = this.name;
    try {
      const {pictures} = await post('/api/pictures', {camera, waitFor: 'spooled'}, TAKE_PATIENCE_MS);
      this.#tell({camera, pictures});
    } catch (problem) {
      this.#tell({camera, problem: problem.message});
    } finally {
      this.classList.remove('taking');
      this.#button.disabled = false;
      this.#word.textContent = WORD;
      this.#button.focus({preventScroll: true});
    }
  }

  #tell(detail) {
    this.dispatchEvent(new CustomEvent('taken', {bubbles: true, detail}));
  }

  async #decode() {
    if (this.#decoding) {
      return;
    }
    this.#decoding = true;
    while (this.#next) {
      const blob = this.#next;
      this.#next = undefined;
      try {
        const image = await createImageBitmap(blob);
        this.#draw(image);
      } catch {
        // a damaged picture is skipped, as the device does; silence is said by the veil
      }
    }
    this.#decoding = false;
  }

  #draw(image) {
    if (!this.#looking) {
      image.close();
      return;
    }
    if (this.#canvas.width !== image.width || this.#canvas.height !== image.height) {
      this.#canvas.width = image.width;
      this.#canvas.height = image.height;
      this.#shape(image.width, image.height);
      this.#shaped = true;
    }
    this.#canvas.getContext('bitmaprenderer').transferFromImageBitmap(image);
    const first = !this.#drawnAt || this.#canvas.hidden;
    this.#drawnAt = performance.now();
    if (first || !this.#veil.hidden) {
      this.#canvas.hidden = false;
      this.tick();
    }
  }

  // The tile has the shape of the picture; before there is one, of what the camera says.
  #shape(width, height) {
    if (width && height) {
      this.style.setProperty('--aspect', (width / height).toFixed(4));
    }
  }

  #cover(kind, headline, reason = '') {
    if (this.#veil.dataset.text !== headline + reason) {
      this.#veil.dataset.text = headline + reason;
      this.#veil.dataset.kind = kind;
      this.#veil.replaceChildren(make('strong', {}, headline), make('span', {}, reason));
    }
    this.#veil.hidden = false;
    this.classList.toggle('old', kind === 'lost');
  }

  #flip(way) {
    const now = flip(this.name);
    keepFlip(this.name, {...now, [way]: !now[way]});
    this.#flipped();
  }

  #flipped() {
    const {mirrored, turned} = flip(this.name);
    this.classList.toggle('mirrored', mirrored);
    this.classList.toggle('turned', turned);
    this.#mirror.setAttribute('aria-pressed', mirrored);
    this.#turn.setAttribute('aria-pressed', turned);
  }
}

customElements.define('camera-view', CameraView);
