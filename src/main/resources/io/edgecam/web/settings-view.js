import {changed, make} from './words.js';

const HIDDEN = '***';

// One line while all is as it was asked for. If not: what is in force beside what was asked for, and every problem.
class SettingsView extends HTMLElement {
  #standing = make('p', {class: 'standing verdict', role: 'status'});
  #differences = make('div');
  #parts = make('div');
  #settings = {};
  #asker = '';
  #all = false;

  connectedCallback() {
    this.replaceChildren(this.#standing, this.#differences, this.#parts);
  }

  // As /api/settings has them; asker: who asks for settings here, in words.
  show(settings, asker) {
    this.#settings = settings;
    this.#asker = asker;
    this.#draw();
  }

  showAll(all) {
    this.#all = all;
    this.#draw();
  }

  #draw() {
    const {state, version, versionInForce, inForce = {}, asked = {}, differences = [], notYet = []} = this.#settings;
    const {level, words} = standing(this.#settings, this.#asker);
    this.#standing.dataset.level = level;
    if (this.#standing.textContent !== words) {
      this.#standing.textContent = words;
    }
    if (changed(this.#differences, [state, differences, notYet])) {
      this.#differences.replaceChildren(
        differences.length ? make('ul', {class: 'differences', 'aria-label': 'In force and asked for'},
          ...differences.map((one) => difference(one))) : '',
        notYet.length ? make('p', {class: 'remark'},
          `Read, but this version of edgecam does not act on: ${notYet.join(', ')}`) : '');
    }
    if (changed(this.#parts, [this.#all, inForce, Object.keys(asked), version, versionInForce])) {
      const open = new Set([...this.querySelectorAll('details[open]')].map(({dataset}) => dataset.part));
      this.#parts.replaceChildren(...(this.#all
        ? Object.keys(inForce).map((part) => section(part, inForce[part], part in asked, open.has(part)))
        : []));
    }
  }
}

function standing({state, version, versionInForce, differences = [], notYet = []}, asker) {
  if (state === 'taken') {
    return {level: notYet.length ? 'wait' : 'good', words: `In force as ${asker} asks, version ${version}`};
  }
  if (state === 'refused') {
    const count = differences.reduce((sum, {problems}) => sum + problems.length, 0);
    const rest = versionInForce === undefined ? 'the usual settings are in force' : `version ${versionInForce} stays in force`;
    return {level: 'bad', words:
      `Version ${version} is refused for ${count === 1 ? 'one problem' : `${count} problems`}; ${rest}`};
  }
  return {level: 'none', words: state ? `The usual settings are in force; ${asker} asks for nothing yet` : 'None yet'};
}

function difference({path, inForce, asked, problems}) {
  const end = path.lastIndexOf('.') + 1;
  return make('li', {'data-level': problems.length ? 'bad' : 'wait'},
    make('p', {class: 'path'}, path.slice(0, end), make('strong', {}, path.slice(end) || 'The document as a whole')),
    path ? make('dl', {class: 'pair'},
      make('div', {}, make('dt', {}, 'In force'), value(inForce, 'not there')),
      make('div', {class: 'asked'}, make('dt', {}, 'Asked for'), value(asked, 'left out'))) : '',
    problems.length
      ? make('ul', {class: 'wrong'}, ...problems.map(complaint))
      : make('p', {class: 'quiet'}, 'Right, but not taken up: a document with a mistake changes nothing.'));
}

// What is wrong, and in calmer colours what to do about it.
function complaint(problem) {
  const [wrong, ...advice] = problem.split('; ');
  return make('li', {}, wrong, advice.length ? make('span', {class: 'quiet'}, `; ${advice.join('; ')}`) : '');
}

function value(given, absent) {
  if (given === undefined) {
    return make('dd', {class: 'quiet'}, absent);
  }
  if (given === HIDDEN) {
    return make('dd', {class: 'quiet'}, 'hidden');
  }
  if (given && typeof given === 'object' && !Array.isArray(given)) {
    return make('dd', {}, `${Object.keys(given).length} settings`);
  }
  const text = typeof given === 'string' ? given : JSON.stringify(given);
  return make('dd', text ? {} : {class: 'quiet'}, text || 'empty');
}

function section(part, inForce, asked, open) {
  return make('details', {'data-part': part, open},
    make('summary', {}, make('strong', {}, part),
      make('span', {class: 'quiet'}, asked ? 'asked for, and the usual where nothing is said' : 'as usual, nothing is asked for')),
    make('dl', {class: 'values'}, ...rows(inForce, '')));
}

// A row for each value, by its path within the part.
function rows(inForce, path) {
  return Object.entries(inForce ?? {}).flatMap(([name, inner]) => {
    const here = path ? `${path}.${name}` : name;
    const object = inner && typeof inner === 'object' && !Array.isArray(inner) && Object.keys(inner).length;
    return object ? rows(inner, here) : [make('div', {}, make('dt', {}, here), value(inner, ''))];
  });
}

customElements.define('settings-view', SettingsView);
