/* SPDX-License-Identifier: Apache-2.0 */

import {ask} from './api.js';
import {h, say} from './dom.js';
import {sentence} from './format.js';

/** Asks for a token. The appliance keeps the session in a cookie that no script can read. */
export function loginView(main, enter) {
  const token = h('input', {type: 'password', id: 'token', autocomplete: 'current-password', required: true,
    'aria-describedby': 'login-problem', spellcheck: 'false'});
  const problem = h('p', {id: 'login-problem', class: 'problem', role: 'alert'});
  const button = h('button', {class: 'primary'}, 'Log in');
  const submit = async event => {
    event.preventDefault();
    button.disabled = true;
    say(problem, '');
    try {
      enter(await ask('POST', 'api/v1/session', {json: {token: token.value}}));
    } catch (e) {
      say(problem, sentence(e.message));
      token.setAttribute('aria-invalid', 'true');
      token.select();
    }
    button.disabled = false;
  };
  main.append(h('form', {class: 'login card', on: {submit}},
      h('img', {src: 'page/icon.svg', alt: '', width: 40, height: 40}),
      h('h1', {}, 'bootstrap-vz'),
      h('p', {class: 'soft'}, 'This appliance builds Debian images. A token of yours opens it.'),
      // Who keeps passwords for people wants a name to each.
      h('input', {autocomplete: 'username', value: 'bootstrap-vz', class: 'unseen', tabindex: -1, 'aria-hidden': 'true'}),
      h('label', {for: 'token'}, 'Token'), token, problem, button,
      h('p', {class: 'soft small'}, 'Tokens are given by whoever runs the appliance.')));
  token.focus();
}
