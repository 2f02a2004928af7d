import {icon} from './icons.js';
import {timings} from './picture-facts.js';
import {pill, thumbnail} from './picture-list.js';
import {bytes, duration, link, make} from './words.js';

const STATES = {uploaded: 'Uploaded', spooled: 'Kept on the device, upload follows'};

// What became of the picture that was asked for; stays until it is closed or the next one is taken.
class TakenCard extends HTMLElement {
  #words = make('div', {class: 'said', role: 'status', 'aria-live': 'polite'});
  #close = make('button', {type: 'button', class: 'icon', 'aria-label': 'Close'}, icon('close'));
  #shown;

  connectedCallback() {
    this.classList.add('card');
    this.hidden = true;
    this.#close.addEventListener('click', () => {
      this.hidden = true;
      this.#shown = undefined;
    });
    this.append(this.#words, this.#close);
  }

  show({camera, pictures, problem}) {
    this.hidden = false;
    const picture = pictures?.[0];
    this.#shown = picture;
    this.#words.replaceChildren(...(picture
      ? this.#report(picture)
      : [make('p', {}, make('strong', {}, `No picture of ${camera}`)), make('p', {class: 'wrong'}, problem)]));
  }

  // what is known of the last pictures: the one that is shown may have been uploaded by now
  update(pictures) {
    const now = pictures.find(({id}) => id === this.#shown?.id);
    if (now && now.state !== this.#shown.state) {
      this.show({camera: now.camera, pictures: [now]});
    }
  }

  #report(picture) {
    const state = pill(picture);
    state.textContent = STATES[picture.state] ?? picture.state;
    const total = duration(picture.timingsMs?.total ?? 0);
    return [
      make('div', {class: 'glance'}, thumbnail(picture),
        make('div', {}, make('p', {}, make('strong', {}, `Picture of ${picture.camera}`), ' ', state),
          make('p', {class: 'quiet'}, `${picture.width} × ${picture.height} · ${bytes(picture.bytes)} · ${total}`))),
      make('p', {class: 'name'}, link(picture.blobName, picture.url)),
      timings(picture),
    ];
  }
}

customElements.define('taken-card', TakenCard);
