/* SPDX-License-Identifier: Apache-2.0 */

import {ask, repeat} from './api.js';
import {badge, h, show} from './dom.js';
import {sentence} from './format.js';

/** Providers and plugins, and what became of the other files in the deploy folder. */
export function pluginsView(main, parameters, {signal, title}) {
  title('Plugins');
  const list = h('div');
  main.append(h('div', {class: 'head'}, h('h1', {}, 'Plugins')),
      h('p', {class: 'soft'}, 'A jar that is dropped into the deploy folder shows up here within a second. ',
          'Builds that run keep what they began with.'),
      list);
  repeat(2000, signal, async () => {
    const {plugins} = await ask('GET', 'api/v1/plugins', {signal});
    show(list, plugins, () => [
      section('Providers', 'Who an image is for.', plugins.filter(one => one.kind === 'provider')),
      section('Plugins', 'What a manifest may ask for besides.', plugins.filter(one => one.kind === 'plugin')),
      section('Other files', 'Files that offer no provider and no plugin.', plugins.filter(one => one.kind === 'bundle')),
    ].flat());
  });
}

function section(name, what, extensions) {
  return extensions.length === 0 ? [] : [
    h('h2', {}, name, ' ', h('span', {class: 'count'}, extensions.length)),
    h('p', {class: 'soft small'}, what),
    h('ul', {class: 'extensions'}, extensions.map(one => h('li', {class: 'card', 'data-state': one.state},
        h('div', {class: 'title'}, h('strong', {}, one.name), badge(one.state)),
        one.description && h('p', {}, sentence(one.description)),
        h('p', {class: 'outcome'}, outcome(one)),
        one.bundle && h('p', {class: 'soft small mono'}, `${one.bundle} ${one.version}`)))),
  ];
}

/** What became of it, as a sentence. */
function outcome({kind, state, missing}) {
  const why = missing ? `: ${sentence(missing)}` : '.';
  return {
    active: kind === 'bundle' ? 'Installed; it offers neither a provider nor a plugin.' : 'Installed; it serves new builds.',
    superseded: 'An older generation; it goes when the last build that began with it ends.',
    waiting: `Waits${why}`,
    refused: `Refused${why}`,
  }[state] ?? state;
}
