import {bytes, changed, duration, make, when} from './words.js';

export const WAYS = {method: 'by method', message: 'by message', schedule: 'by schedule', motion: 'by motion', web: 'from this page'};

// The pictures that were taken last, newest first. A picture that is chosen is told as the event "choose".
class PictureList extends HTMLElement {
  #rows = new Map();
  #list = make('ol', {class: 'pictures'});

  show(pictures, camera) {
    if (!changed(this, [pictures, camera])) {
      return;
    }
    if (!pictures.length) {
      this.#rows.clear();
      this.#list.remove();
      this.replaceChildren(make('p', {class: 'empty'}, camera ? `None of ${camera} yet.` : 'None yet. “Take picture” makes the first.'));
      return;
    }
    if (!this.#list.isConnected) {
      this.replaceChildren(this.#list);
    }
    const first = this.#rows.size === 0;
    const rows = new Map();
    for (const picture of pictures) {
      const row = this.#rows.get(picture.id) ?? this.#row(picture, !first);
      row.tell(picture);
      rows.set(picture.id, row);
    }
    this.#rows.forEach((row, id) => {
      if (!rows.has(id)) {
        row.element.remove();
      }
    });
    this.#rows = rows;
    [...rows.values()].forEach(({element}, place) => {
      if (this.#list.children[place] !== element) {
        this.#list.insertBefore(element, this.#list.children[place] ?? null);
      }
    });
  }

  // A row that stays while the state of its picture changes.
  #row(picture, fresh) {
    const state = pill(picture);
    const figures = make('span', {class: 'quiet figures'});
    const button = make('button', {type: 'button', class: 'open', 'aria-label': `Show the picture of ${picture.camera}`},
      thumbnail(picture));
    button.addEventListener('click', () =>
      this.dispatchEvent(new CustomEvent('choose', {bubbles: true, detail: picture.id})));
    const element = make('li', {class: fresh ? 'fresh' : undefined, 'data-id': picture.id},
      button,
      make('div', {class: 'words'},
        make('p', {class: 'title'}, make('strong', {}, when(picture.capturedAt)), ' ', picture.camera,
          ' ', make('span', {class: 'quiet'}, WAYS[picture.trigger] ?? picture.trigger)),
        make('p', {class: 'name quiet', title: picture.blobName}, picture.blobName)),
      make('div', {class: 'end'}, state, figures));
    return {
      element,
      tell(now) {
        state.textContent = now.state;
        state.dataset.state = now.state;
        figures.textContent = `${bytes(now.bytes)} · ${duration(now.timingsMs?.total ?? 0)}`;
      },
    };
  }
}

export const pill = ({state}) => make('span', {class: 'pill', 'data-state': state}, state);

// A picture that the device no longer keeps has an empty place.
export function thumbnail(picture) {
  const image = make('img', {src: `/api/pictures/${encodeURIComponent(picture.id)}.jpg`, alt: '', loading: 'lazy',
    decoding: 'async', width: 96, height: 60});
  image.addEventListener('error', () => image.classList.add('gone'));
  return image;
}

customElements.define('picture-list', PictureList);
