// The live view: one WebSocket for everything that is seen. A message of bytes is a picture, its first byte the camera's
// place in the list; a text says what else happens. docs/web.md tells all of them.
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 8000;
const TRY_AGAIN_LATER = 1013;

export class Live {
  #hear;
  #socket;
  #wanted;
  #cameras = [];
  #failures = 0;
  #again;

  // hear: {picture(camera, blob), told(words), broken({failures, full})}
  constructor(hear) {
    this.#hear = hear;
  }

  // camera: the only one, or undefined for all; stamp: whether date and time are on the pictures
  look({camera, stamp}) {
    const before = this.#wanted;
    this.#wanted = {camera, stamp};
    if (before?.stamp !== stamp) {
      this.renew();
    } else if (before.camera !== camera) {
      this.#watch();
    }
  }

  rest() {
    this.#wanted = undefined;
    this.#failures = 0;
    this.#drop();
  }

  // After the device was away: a connection may look open for long without being so.
  renew() {
    if (this.#wanted) {
      this.#drop();
      this.#open();
    }
  }

  #drop() {
    clearTimeout(this.#again);
    const socket = this.#socket;
    this.#socket = undefined;
    if (socket?.readyState === WebSocket.CONNECTING) {
      socket.addEventListener('open', () => socket.close());
    } else {
      socket?.close();
    }
  }

  #open() {
    const address = new URL(this.#wanted.stamp ? '/live' : '/live?stamp=off', location.href);
    address.protocol = location.protocol.replace('http', 'ws');
    const socket = new WebSocket(address);
    socket.binaryType = 'arraybuffer';
    this.#socket = socket;
    const on = (name, act) => socket.addEventListener(name, (event) => socket === this.#socket && act(event));
    on('open', () => this.#wanted.camera && this.#watch());
    on('message', ({data}) => this.#heard(data));
    on('close', ({code}) => this.#closed(code === TRY_AGAIN_LATER));
  }

  #watch() {
    if (this.#socket?.readyState === WebSocket.OPEN) {
      this.#socket.send(JSON.stringify({watch: this.#wanted.camera ? [this.#wanted.camera] : '*'}));
    }
  }

  #closed(full) {
    this.#socket = undefined;
    this.#failures += 1;
    this.#hear.broken({failures: this.#failures, full});
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
    this.#cameras = words.cameras ?? this.#cameras;
    this.#hear.told(words);
  }
}
