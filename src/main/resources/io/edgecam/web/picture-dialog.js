import {icon} from './icons.js';
import {timings} from './picture-facts.js';
import {pill, WAYS} from './picture-list.js';
import {bytes, link, make, when} from './words.js';

// One picture in full, with all that is known of it; the arrow keys go to its neighbours.
class PictureDialog extends HTMLElement {
  #dialog = make('dialog', {'aria-label': 'Picture'});
  #pictures = [];
  #id;

  connectedCallback() {
    this.append(this.#dialog);
    this.#dialog.addEventListener('click', (event) => {
      if (event.target === this.#dialog) {
        this.#dialog.close();
      }
    });
    this.#dialog.addEventListener('keydown', ({key}) => {
      if (key === 'ArrowLeft' || key === 'ArrowRight') {
        this.#go(key === 'ArrowLeft' ? -1 : 1);
      }
    });
  }

  open(id) {
    this.#id = id;
    this.#draw();
    this.#dialog.showModal();
    this.#dialog.querySelector('.shut').focus();
  }

  update(pictures) {
    const before = this.#picture()?.state;
    this.#pictures = pictures;
    if (this.#dialog.open && this.#picture() && this.#picture().state !== before) {
      this.#draw();
    }
  }

  #picture() {
    return this.#pictures.find(({id}) => id === this.#id);
  }

  #go(step) {
    const place = this.#pictures.findIndex(({id}) => id === this.#id);
    const next = this.#pictures[place + step];
    if (next) {
      this.#id = next.id;
      this.#draw();
      this.#dialog.querySelector(step < 0 ? '.newer' : '.older')?.focus();
    }
  }

  #draw() {
    const picture = this.#picture();
    const place = this.#pictures.indexOf(picture);
    const source = `/api/pictures/${encodeURIComponent(picture.id)}.jpg`;
    const image = make('img', {src: source, alt: `Picture of ${picture.camera}`});
    const gone = make('p', {class: 'gone quiet', hidden: true}, 'The device no longer keeps this picture.');
    image.addEventListener('error', () => {
      image.hidden = true;
      gone.hidden = false;
    });
    const close = button('shut', 'Close', 'close', () => this.#dialog.close());
    const newer = button('newer', 'Newer picture', 'back', () => this.#go(-1));
    const older = button('older', 'Older picture', 'next', () => this.#go(1));
    newer.disabled = place <= 0;
    older.disabled = place >= this.#pictures.length - 1;
    this.#dialog.replaceChildren(
      make('div', {class: 'head'},
        make('h2', {}, picture.camera, ' ', when(picture.capturedAt)), pill(picture), newer, older, close),
      make('div', {class: 'plate'}, image, gone),
      facts(picture),
      timings(picture));
  }
}

function facts(picture) {
  const all = {
    Name: link(picture.blobName, picture.url),
    Container: picture.container,
    Size: `${picture.width} × ${picture.height}, ${bytes(picture.bytes)}`,
    Taken: [WAYS[picture.trigger] ?? picture.trigger, picture.label].filter(Boolean).join(', '),
    'SHA-256': picture.sha256 && make('code', {}, picture.sha256),
  };
  return make('dl', {class: 'facts-table'}, ...Object.entries(all).filter(([, value]) => value).map(([name, value]) =>
    make('div', {}, make('dt', {}, name), make('dd', {}, value))));
}

function button(kind, label, drawing, act) {
  const element = make('button', {type: 'button', class: `icon ${kind}`, 'aria-label': label, title: label}, icon(drawing));
  element.addEventListener('click', act);
  return element;
}

customElements.define('picture-dialog', PictureDialog);
