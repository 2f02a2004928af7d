import {bytes, changed, duration, make, moment} from './words.js';

const WORTH_A_WORD_MS = 10_000;

// Hub, storage and spool in one line.
class ModuleState extends HTMLElement {
  show(facts) {
    if (changed(this, facts)) {
      this.replaceChildren(make('dl', {}, ...facts.map(fact)));
    }
  }
}

// How the module is: {name, level: good | bad | wait | none, text, since, why}
export const factsOf = (status) => [hub(status), storage(status), spool(status)].filter(Boolean);

function hub({hub: line, module}) {
  if (module?.link === 'none') {
    return {name: 'Hub', level: 'none', text: 'none'};
  }
  if (!line) {
    return undefined;
  }
  if (line.connected) {
    return {name: 'Hub', level: 'good', text: 'connected'};
  }
  return line.error
    ? {name: 'Hub', level: 'bad', text: `away since ${moment(line.since)}`, why: line.error}
    : {name: 'Hub', level: 'wait', text: 'connecting'};
}

function storage({storage_status: store}) {
  if (!store) {
    return undefined;
  }
  return store.state === 'ok'
    ? {name: 'Storage', level: 'good', text: 'ok'}
    : {name: 'Storage', level: 'bad', text: `${store.state} since ${moment(store.since)}`, why: store.error};
}

function spool({spool_status: waiting}) {
  if (!waiting) {
    return undefined;
  }
  const {pictures, dropped, oldest} = waiting;
  const words = pictures ? `${pictures} waiting, ${bytes(waiting.bytes)}` : 'empty';
  const waits = oldest ? Date.now() - new Date(oldest) : 0;
  const age = waits >= WORTH_A_WORD_MS ? `, for ${duration(waits)}` : '';
  const lost = dropped ? `, ${dropped} given up` : '';
  return {name: 'Spool', level: dropped ? 'bad' : pictures ? 'wait' : 'none', text: words + (pictures ? age : '') + lost};
}

function fact({name, level, text}) {
  return make('div', {'data-level': level}, make('dt', {}, name), make('dd', {}, text));
}

customElements.define('module-state', ModuleState);
