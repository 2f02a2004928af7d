import {duration, make} from './words.js';

const STAGES = {frame: 'frame', develop: 'develop', spool: 'spool', upload: 'upload'};

// Where the time went: a line in parts as long as each took, and the same in words.
export function timings({timingsMs = {}}) {
  const parts = Object.keys(STAGES).filter((stage) => timingsMs[stage] > 0);
  const line = make('div', {class: 'stages', 'aria-hidden': 'true'}, ...parts.map((stage) => {
    const part = make('i', {'data-stage': stage});
    part.style.flexGrow = timingsMs[stage];
    return part;
  }));
  const words = parts.map((stage) =>
    make('span', {'data-stage': stage}, `${STAGES[stage]} ${duration(timingsMs[stage])}`));
  return make('div', {class: 'timings'}, line, make('p', {class: 'quiet'}, ...words));
}
