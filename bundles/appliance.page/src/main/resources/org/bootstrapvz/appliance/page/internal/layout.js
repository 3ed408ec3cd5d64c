/* SPDX-License-Identifier: Apache-2.0 */
// Where the tasks of a phase stand in the picture: in columns, so that every relation points to the right.

const BEND = 0.35;
const SWEEPS = 12;

/**
 * Lays out the tasks 0 to count - 1.
 *
 * @param edges pairs of tasks, the smaller number first
 * @param most as many columns as fit; more are used only for a longer chain
 * @return for each task its column and row, which need not be whole; for each edge where it crosses the columns between; columns; rows
 */
export function layout(count, edges, most) {
  const parts = components(count, edges).map(tasks => arrange(tasks, edges));
  const columns = Math.max(most, ...parts.map(part => part.columns));
  const filled = Array(columns).fill(0);
  const result = {tasks: [], bends: new Map(), columns, rows: 0};
  for (const part of parts) {
    let best = 0;
    let row = Infinity;
    for (let column = 0; column + part.columns <= columns; column++) {
      const top = Math.max(...filled.slice(column, column + part.columns));
      if (top < row) {
        [best, row] = [column, top];
      }
    }
    filled.fill(row + part.rows, best, best + part.columns);
    part.tasks.forEach((at, task) => { result.tasks[task] = {column: at.column + best, row: at.row + row}; });
    part.bends.forEach((way, edge) => result.bends.set(edge, way.map(at => ({column: at.column + best, row: at.row + row}))));
  }
  result.rows = Math.max(...filled);
  return result;
}

/** Tasks that hang together, each group in its order, the groups by their first task. */
function components(count, edges) {
  const group = Array.from({length: count}, (_, task) => task);
  const find = task => group[task] === task ? task : (group[task] = find(group[task]));
  edges.forEach(([from, to]) => {
    const [a, b] = [find(from), find(to)];
    group[Math.max(a, b)] = Math.min(a, b);
  });
  const groups = new Map();
  for (let task = 0; task < count; task++) {
    const first = find(task);
    groups.set(first, [...(groups.get(first) ?? []), task]);
  }
  return [...groups.values()];
}

/** Lays out tasks that hang together. */
function arrange(tasks, allEdges) {
  const nodes = new Map(tasks.map(task => [task, {left: [], right: [], column: 0, height: 1}]));
  const edges = allEdges.filter(([from]) => nodes.has(from));
  edges.forEach(([from, to]) => connect(nodes.get(from), nodes.get(to)));
  for (const node of nodes.values()) {
    node.column = Math.max(0, ...node.left.map(before => before.column + 1));
  }
  // What nothing comes before stands right before what needs it.
  for (const node of [...nodes.values()].reverse()) {
    if (node.right.length > node.left.length) {
      node.column = Math.min(...node.right.map(after => after.column)) - 1;
    }
  }
  const columns = [];
  const put = (node, column) => {
    node.column = column;
    (columns[column] ??= []).push(node);
  };
  nodes.forEach(node => put(node, node.column));
  const bends = new Map();
  edges.forEach(([from, to], place) => {
    const [first, last] = [nodes.get(from), nodes.get(to)];
    if (last.column - first.column < 2) {
      return;
    }
    first.right.splice(first.right.indexOf(last), 1);
    last.left.splice(last.left.indexOf(first), 1);
    const way = [];
    for (let column = first.column + 1; column < last.column; column++) {
      const bend = {left: [], right: [], height: BEND};
      put(bend, column);
      connect(way.at(-1) ?? first, bend);
      way.push(bend);
    }
    connect(way.at(-1), last);
    bends.set(allEdges.indexOf(edges[place]), way);
  });
  order(columns);
  return {columns: columns.length, rows: place(columns), tasks: nodes, bends};
}

function connect(left, right) {
  left.right.push(right);
  right.left.push(left);
}

/** Orders the nodes within their columns so that few edges cross. */
function order(columns) {
  const number = () => columns.forEach(column => column.forEach((node, place) => { node.place = place; }));
  number();
  let best = columns.map(column => [...column]);
  let fewest = crossings(columns);
  for (let sweep = 0; sweep < SWEEPS && fewest > 0; sweep++) {
    const forwards = sweep % 2 === 0;
    (forwards ? columns : [...columns].reverse()).forEach(column => {
      const wish = new Map(column.map(node => [node, mean((forwards ? node.left : node.right).map(other => other.place)) ?? node.place]));
      column.sort((a, b) => wish.get(a) - wish.get(b) || a.place - b.place);
      column.forEach((node, place) => { node.place = place; });
    });
    const now = crossings(columns);
    if (now < fewest) {
      fewest = now;
      best = columns.map(column => [...column]);
    }
  }
  best.forEach((column, index) => { columns[index] = column; });
  number();
}

function crossings(columns) {
  let count = 0;
  columns.forEach(column => {
    const lines = column.flatMap(node => node.right.map(other => [node.place, other.place]));
    lines.forEach(([a, b], i) => lines.slice(i + 1).forEach(([c, d]) => { count += (a - c) * (b - d) < 0 ? 1 : 0; }));
  });
  return count;
}

function mean(numbers) {
  return numbers.length === 0 ? null : numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

/** Gives every node the row of its middle, near its neighbours; returns how many rows there are. */
function place(columns) {
  const gap = (upper, lower) => (upper.height + lower.height) / 2;
  columns.forEach(column => column.forEach((node, i) => {
    node.row = i === 0 ? node.height / 2 : column[i - 1].row + gap(column[i - 1], node);
  }));
  for (let sweep = 0; sweep < 2 * SWEEPS; sweep++) {
    (sweep % 2 === 0 ? columns : [...columns].reverse()).forEach(column => {
      const wish = column.map(node => mean((sweep % 2 === 0 ? node.left : node.right).map(other => other.row)) ?? node.row);
      // Down as far as the nodes above demand, then up as far as there is room.
      column.forEach((node, i) => { node.row = i === 0 ? wish[i] : Math.max(wish[i], column[i - 1].row + gap(column[i - 1], node)); });
      const shift = mean(column.map((node, i) => wish[i] - node.row));
      column.forEach(node => { node.row += shift; });
    });
  }
  const all = columns.flat();
  const top = Math.min(...all.map(node => node.row - node.height / 2));
  all.forEach(node => { node.row -= top; });
  return Math.max(...all.map(node => node.row + node.height / 2));
}
