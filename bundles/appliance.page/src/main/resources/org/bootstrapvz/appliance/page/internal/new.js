/* SPDX-License-Identifier: Apache-2.0 */

import {address, request, requestText} from './api.js';
import {announce, h, setText} from './dom.js';
import {editor, problemList} from './editor.js';
import {counted, sentence} from './format.js';
import {taskGraph} from './graph.js';

const CHECK_DELAY_MS = 300;
const EXAMPLE = `name: debian-{system.release}-{system.architecture}-{%Y}{%m}{%d}
provider:
  name: kvm
bootstrapper:
  workspace: images
  variant: minbase
system:
  release: trixie
  architecture: amd64
  bootloader: grub
  charmap: UTF-8
  locale: en_US
  timezone: UTC
volume:
  backing: qcow2
  partitions:
    type: gpt
    root: {filesystem: ext4, size: 2GiB}
`;

/** A form for a manifest that is checked while it is edited, with its plan. */
export function newView(main, {query}, {signal, canBuild, title}) {
  title('New build');
  if (!canBuild) {
    main.append(h('h1', {}, 'New build'), h('p', {}, 'Submitting a build requires the role builder.'));
    return {};
  }
  const name = h('input', {id: 'name', value: 'manifest.yml', autocomplete: 'off', required: true, maxlength: 200});
  const priority = h('input', {id: 'priority', type: 'number', value: 0, min: -100, max: 100, step: 1, required: true});
  const file = h('input', {type: 'file', id: 'file', accept: '.yml,.yaml,.json', class: 'unseen', on: {change: () => file.files[0] && read(file.files[0])}});
  const submit = h('button', {class: 'primary', id: 'submit', title: 'Ctrl+Enter'}, 'Submit');
  const verdict = h('p', {class: 'verdict', role: 'status', id: 'verdict'});
  const problems = h('div', {id: 'problems'});
  const plan = h('section', {class: 'plan', 'aria-label': 'Plan', hidden: true});
  const text = editor('', {change: changed});
  text.area.setAttribute('aria-describedby', 'verdict');
  const form = h('form', {class: 'new', on: {submit: send}},
      h('div', {class: 'tools'},
          h('label', {for: 'name'}, 'Name'), name,
          h('label', {for: 'priority'}, 'Priority'), priority,
          file, h('label', {for: 'file', class: 'button'}, 'Open file…'),
          h('span', {class: 'space'}), submit),
      h('div', {class: 'columns'}, text.element, h('div', {class: 'side'}, verdict, problems)));
  main.append(h('div', {class: 'head'}, h('h1', {}, 'New build')), form, plan);

  let timer;
  let pending = new AbortController();
  let drawn;
  signal.addEventListener('abort', () => {
    clearTimeout(timer);
    pending.abort();
  });

  function changed() {
    clearTimeout(timer);
    pending.abort();
    timer = setTimeout(check, CHECK_DELAY_MS);
  }

  async function check() {
    pending = new AbortController();
    const {signal: current} = pending;
    if (!text.value.trim()) {
      return report('empty', 'Enter a manifest, or open a file.', []);
    }
    try {
      const result = await request('POST', 'api/v1/validate', {yaml: text.value, signal: current});
      if (!result.valid) {
        return report('invalid', summary(result.problems), result.problems);
      }
      const planned = await request('POST', 'api/v1/plan', {yaml: text.value, signal: current});
      const phases = new Set(planned.tasks.map(({phase}) => phase)).size;
      report('valid', `${counted(planned.tasks.length, 'task')} in ${counted(phases, 'phase')}${result.problems.length ? `; ${summary(result.problems)}` : ''}. The manifest is valid.`, result.problems);
      draw(planned);
    } catch (e) {
      if (e.name !== 'AbortError') {
        report('unknown', `Could not check the manifest: ${sentence(e.message)}`, e.json?.problems ?? []);
      }
    }
    return undefined;
  }

  function summary(found) {
    const errors = found.filter(({severity}) => severity === 'error').length;
    return [errors && counted(errors, 'error'), found.length - errors && counted(found.length - errors, 'warning')].filter(Boolean).join(', ');
  }

  function report(state, words, found) {
    verdict.dataset.state = state;
    setText(verdict, words);
    text.problems = found;
    problems.replaceChildren(problemList(found, problem => text.jump(problem)));
    plan.classList.toggle('stale', state !== 'valid');
    submit.disabled = state === 'invalid' || state === 'empty';
  }

  function draw(planned) {
    const key = JSON.stringify([planned.tasks, planned.relations]);
    plan.hidden = false;
    if (key !== drawn) {
      drawn = key;
      plan.replaceChildren(h('h2', {}, 'Plan'), taskGraph(planned, signal).element);
    }
  }

  async function read(chosen) {
    name.value = chosen.name;
    text.value = await chosen.text();
  }

  async function send(event) {
    event.preventDefault();
    submit.disabled = true;
    try {
      const parameters = new URLSearchParams({name: name.value, priority: priority.value});
      const build = await request('POST', `api/v1/builds?${parameters}`, {yaml: text.value, signal});
      announce(`Build ${build.id} submitted`);
      location.hash = `#/builds/${build.id}`;
    } catch (e) {
      if (e.name !== 'AbortError') {
        submit.disabled = false;
        report('invalid', `Not submitted: ${sentence(e.message)}`, e.json?.problems ?? []);
      }
    }
  }

  form.addEventListener('keydown', event => {
    if (event.key === 'Enter' && event.ctrlKey && !submit.disabled) {
      event.preventDefault();
      form.requestSubmit(submit);
    }
  });
  form.addEventListener('dragover', event => event.preventDefault());
  form.addEventListener('drop', event => {
    event.preventDefault();
    if (event.dataTransfer.files[0]) {
      read(event.dataTransfer.files[0]);
    }
  });

  const from = query.get('from');
  if (from) {
    Promise.all([requestText(address('builds', from, 'manifest'), {signal}), request('GET', address('builds', from), {signal})])
        .then(([manifest, build]) => {
          name.value = build.name;
          text.value = manifest;
        }, e => e.name === 'AbortError' || report('unknown', `Could not load build ${from}: ${sentence(e.message)}`, []));
  } else {
    text.value = EXAMPLE;
  }
  return {};
}
