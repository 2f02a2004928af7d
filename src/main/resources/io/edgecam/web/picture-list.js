import {bytes, duration, link, make, moment} from './words.js';

// The pictures that were taken last, newest first.
class PictureList extends HTMLElement {
  #shown;

  show(pictures) {
    const now = JSON.stringify(pictures);
    if (now === this.#shown) {
      return;
    }
    this.#shown = now;
    this.replaceChildren(pictures.length ? table(pictures) : make('p', {class: 'empty'}, 'None yet.'));
  }
}

function table(pictures) {
  const head = ['Taken', 'Camera', 'State', 'Name', 'By', 'Size', 'Took']
    .map((title) => make('th', {scope: 'col'}, title));
  return make('table', {class: 'card pictures'},
    make('thead', {}, make('tr', {}, ...head)),
    make('tbody', {}, ...pictures.map(row)));
}

function row(picture) {
  const cell = (label, ...content) => make('td', {'data-label': label}, ...content);
  return make('tr', {},
    cell('Taken', make('time', {datetime: picture.capturedAt, title: picture.capturedAt}, moment(picture.capturedAt))),
    cell('Camera', picture.camera),
    cell('State', make('span', {class: 'pill', 'data-state': picture.state}, picture.state)),
    cell('Name', link(picture.blobName, picture.url)),
    cell('By', picture.trigger),
    cell('Size', bytes(picture.bytes)),
    cell('Took', duration(picture.timingsMs?.total ?? 0)));
}

customElements.define('picture-list', PictureList);
