/* SPDX-License-Identifier: Apache-2.0 */

import {repeat, request} from './api.js';
import {badge, h, render} from './dom.js';
import {sentence} from './format.js';

/** Providers and plugins, and the state of the other files in the deploy directory. */
export function pluginsView(main, parameters, {signal, title}) {
  title('Plugins');
  const list = h('div');
  main.append(h('div', {class: 'head'}, h('h1', {}, 'Plugins')),
      h('p', {class: 'soft'}, 'A jar that is copied to the deploy directory appears here within a second. ',
          'Running builds keep using the old version.'),
      list);
  repeat(2000, signal, async () => {
    const {plugins} = await request('GET', 'api/v1/plugins', {signal});
    render(list, plugins, () => [
      section('Providers', 'The cloud, hypervisor or container engine that an image is made for.', plugins.filter(one => one.kind === 'provider')),
      section('Plugins', 'Optional features a manifest can enable.', plugins.filter(one => one.kind === 'plugin')),
      section('Bootloaders', 'Values of system.bootloader.', plugins.filter(one => one.kind === 'bootloader')),
      section('Image formats', 'Values of volume.backing.', plugins.filter(one => one.kind === 'image_format')),
      section('Filesystems', 'Filesystems of partitions.', plugins.filter(one => one.kind === 'filesystem')),
      section('Other files', 'Files that contain none of these.', plugins.filter(one => one.kind === 'bundle')),
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

/** Its state, as a sentence. */
function outcome({kind, state, missing}) {
  const why = missing ? `: ${sentence(missing)}` : '.';
  return {
    active: kind === 'bundle' ? 'Installed; provides nothing that a manifest names.' : 'Installed; used by new builds.',
    superseded: 'Old version; removed when the last build using it finishes.',
    waiting: `Waiting${why}`,
    refused: `Refused${why}`,
    set_aside: `Set aside${why}`,
  }[state] ?? state;
}
