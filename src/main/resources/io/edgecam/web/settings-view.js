import {changed, make} from './words.js';

const REFUSED = 400;

// For each part of the settings: what is in force, and what became of the wish for it.
class SettingsView extends HTMLElement {
  show(status) {
    const inForce = status.settings ?? {};
    const parts = Object.keys(inForce);
    const wishes = Object.fromEntries(parts.map((part) => [part, status[part]]));
    if (!changed(this, [inForce, wishes])) {
      return;
    }
    const open = new Set([...this.querySelectorAll('details[open]')].map(({dataset}) => dataset.part));
    this.replaceChildren(...(parts.length
      ? parts.map((part) => section(part, inForce[part], wishes[part], open.has(part)))
      : [make('p', {class: 'empty'}, 'None are in force yet.')]));
  }
}

function section(part, value, wish, open) {
  const {level, word} = verdict(wish);
  const said = wish && wish.ad !== 'ok' ? wish.ad.split('; ') : [];
  return make('details', {'data-part': part, 'data-level': level, open: open || level === 'bad'},
    make('summary', {}, make('strong', {}, part), make('span', {class: 'verdict'}, word)),
    said.length ? make('ul', {class: 'problems'}, ...said.map((problem) => make('li', {}, problem))) : '',
    make('dl', {class: 'values'}, ...rows(value, '')));
}

function verdict(wish) {
  if (!wish || wish.ac === undefined) {
    return {level: 'none', word: 'not asked for, the usual values are in force'};
  }
  if (wish.ac >= REFUSED) {
    return {level: 'bad', word: `version ${wish.av} was refused; these go on`};
  }
  return wish.ad === 'ok'
    ? {level: 'good', word: `as asked for in version ${wish.av}`}
    : {level: 'wait', word: wish.ad.startsWith('ok') ? `as asked for in version ${wish.av}, with a remark` :
      `version ${wish.av} was not taken up; these go on`};
}

// A row for each value; a camera and the like begin with a line of their own.
function rows(value, path) {
  return Object.entries(value ?? {}).flatMap(([name, inner]) => {
    const here = path ? `${path}.${name}` : name;
    if (inner && typeof inner === 'object' && !Array.isArray(inner) && Object.keys(inner).length) {
      return rows(inner, here);
    }
    const text = typeof inner === 'string' ? inner : JSON.stringify(inner);
    return [make('div', {}, make('dt', {}, here), make('dd', text ? {} : {class: 'quiet'}, text || 'empty'))];
  });
}

customElements.define('settings-view', SettingsView);
