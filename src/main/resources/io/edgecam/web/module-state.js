import {bytes, duration, make, moment} from './words.js';

// Hub, storage, spool and age of the module in one line; a fault says since when and why.
class ModuleState extends HTMLElement {
  #shown;

  show(status) {
    const facts = [hub(status), storage(status), spool(status), module(status)].filter(Boolean);
    const now = JSON.stringify(facts);
    if (now === this.#shown) {
      return;
    }
    this.#shown = now;
    const faults = facts.filter(({why}) => why).map(({name, why}) => make('li', {}, `${name}: ${why}`));
    this.replaceChildren(
      make('dl', {}, ...facts.map(fact)),
      faults.length ? make('ul', {class: 'faults'}, ...faults) : '');
  }
}

function hub({hub: line, module}) {
  if (module?.link === 'none') {
    return {name: 'Hub', level: 'none', text: 'none, settings from a file'};
  }
  if (!line) {
    return undefined;
  }
  return line.connected
    ? {name: 'Hub', level: 'good', text: 'connected'}
    : {name: 'Hub', level: 'bad', text: `away since ${moment(line.since)}`, why: line.error};
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
  const text = waiting.pictures ? `${waiting.pictures} waiting, ${bytes(waiting.bytes)}` : 'empty';
  const dropped = waiting.dropped ? `, ${waiting.dropped} dropped` : '';
  return {name: 'Spool', level: waiting.dropped ? 'bad' : 'none', text: text + dropped};
}

function module({module: self, uptimeSeconds}) {
  if (!self) {
    return undefined;
  }
  const up = uptimeSeconds === undefined ? '' : `, up ${duration(uptimeSeconds < 120 ? 60_000 : uptimeSeconds * 1000)}`;
  return {name: 'Version', level: 'none', text: self.version + up};
}

function fact({name, level, text}) {
  return make('div', {'data-level': level}, make('dt', {}, name), make('dd', {}, text));
}

customElements.define('module-state', ModuleState);
