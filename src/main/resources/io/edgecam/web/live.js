// The live view: one WebSocket for all cameras, or for the one that is shown alone.
// A message of bytes is a picture, its first byte the camera's place in the list; a text says what else happens.
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 8000;

export class Live {
  #hear;
  #socket;
  #wanted;
  #cameras = [];
  #failures = 0;
  #again;

  // hear: {picture(camera, blob), event(event), change(words), broken(failures)}
  constructor(hear) {
    this.#hear = hear;
  }

  // camera: the only one, or undefined for all; stamp: whether date and time are on the pictures
  look({camera, stamp}) {
    const parts = new URLSearchParams();
    if (camera) {
      parts.set('camera', camera);
    }
    if (!stamp) {
      parts.set('stamp', 'off');
    }
    const wanted = `/live${parts.size ? `?${parts}` : ''}`;
    if (wanted !== this.#wanted) {
      this.rest();
      this.#wanted = wanted;
      this.#open();
    }
  }

  rest() {
    clearTimeout(this.#again);
    this.#wanted = undefined;
    this.#failures = 0;
    this.#drop();
  }

  // After the device was away: a connection may look open for long without being so.
  renew() {
    if (this.#wanted) {
      clearTimeout(this.#again);
      this.#drop();
      this.#open();
    }
  }

  #drop() {
    const socket = this.#socket;
    this.#socket = undefined;
    if (socket?.readyState === WebSocket.CONNECTING) {
      socket.addEventListener('open', () => socket.close());
    } else {
      socket?.close();
    }
  }

  #open() {
    const socket = new WebSocket(new URL(this.#wanted, location.href.replace(/^http/, 'ws')));
    socket.binaryType = 'arraybuffer';
    this.#socket = socket;
    socket.addEventListener('message', ({data}) => {
      if (socket === this.#socket) {
        this.#heard(data);
      }
    });
    socket.addEventListener('close', () => {
      if (socket === this.#socket) {
        this.#closed();
      }
    });
  }

  #closed() {
    this.#failures += 1;
    this.#hear.broken(this.#failures);
    const pause = Math.min(FIRST_PAUSE_MS * 2 ** (this.#failures - 1), LONGEST_PAUSE_MS);
    this.#again = setTimeout(() => this.#open(), pause);
  }

  #heard(data) {
    if (typeof data !== 'string') {
      const [place] = new Uint8Array(data, 0, 1);
      this.#hear.picture(this.#cameras[place], new Blob([new Uint8Array(data, 1)], {type: 'image/jpeg'}));
      return;
    }
    this.#failures = 0;
    const words = JSON.parse(data);
    if (words.cameras) {
      this.#cameras = words.cameras;
    }
    if (words.event) {
      this.#hear.event(words.event);
    } else {
      this.#hear.change(words);
    }
  }
}
