// How this viewer likes to look: kept in this browser and told to nobody.
const KEY = 'edgecam.look';
const USUAL = {flips: {}, stamp: true, allEvents: false, allSettings: false, theme: 'system'};

let look = load();

function load() {
  try {
    return {...USUAL, ...JSON.parse(localStorage.getItem(KEY) ?? '{}')};
  } catch {
    return {...USUAL};
  }
}

export const own = (name) => look[name];

export function keep(name, value) {
  look = {...look, [name]: value};
  try {
    localStorage.setItem(KEY, JSON.stringify(look));
  } catch {
    // a browser that keeps nothing forgets it with the page
  }
}

// mirrored: left and right changed; turned: top and bottom changed
export const flip = (camera) => ({mirrored: false, turned: false, ...look.flips[camera]});

export const keepFlip = (camera, value) => keep('flips', {...look.flips, [camera]: value});
