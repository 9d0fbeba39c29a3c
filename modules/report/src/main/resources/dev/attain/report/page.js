// Makes the figures of the page answer to pointer and keys. Without this script the page lacks only that.

const KEYS = { ArrowLeft: figure => step(figure, -1), ArrowRight: figure => step(figure, 1),
  '+': figure => zoomBy(figure, 0.5), '=': figure => zoomBy(figure, 0.5), '-': figure => zoomBy(figure, 2),
  0: resetZoom, Escape: hide };

function pairs(curve) {
  const doubted = new Set(curve.doubted);
  const samples = [];
  for (let at = 0; at < curve.values.length; at += 2) {
    samples.push({ x: curve.values[at], y: curve.values[at + 1], low: curve.intervals[at], high: curve.intervals[at + 1],
      doubted: doubted.has(at / 2), hint: curve.hints[at / 2] });
  }
  return samples;
}

// The figure's data with the elements that show them.
function figureOf(element) {
  const figure = JSON.parse(element.querySelector('script').textContent);
  const drawing = element.querySelector('svg');
  const parts = name => [...drawing.querySelectorAll(`g.${name}`)];
  figure.svg = drawing;
  figure.whole = { ...figure.x };
  figure.groups = { x: parts('x')[0], y: parts('y'), stretches: parts('stretches')[0] };
  const [curves, levels] = [parts('curve'), parts('level')];
  figure.panels.forEach(panel => {
    panel.whole = { ...panel.y };
    panel.curves.forEach(curve => Object.assign(curve, { group: curves.shift(), samples: pairs(curve) }));
    panel.levels.forEach(level => Object.assign(level, { group: levels.shift() }));
  });
  const [keys, uprights] = [parts('key'), parts('upright')];
  figure.keys.forEach(key => Object.assign(key, { group: keys.shift() }));
  figure.uprights.forEach(upright => Object.assign(upright, { group: uprights.shift() }));
  figure.cross = svg('g', { 'pointer-events': 'none' });
  drawing.append(figure.cross);
  figure.tip = document.createElement('div');
  figure.tip.className = 'tip';
  figure.tip.hidden = true;
  figure.tip.setAttribute('role', 'status');
  element.append(figure.tip);
  return figure;
}

function button(text, title, action) {
  const element = document.createElement('button');
  element.type = 'button';
  element.textContent = text;
  element.title = title;
  element.setAttribute('aria-label', title);
  element.addEventListener('click', action);
  return element;
}

function upgrade(element) {
  const figure = figureOf(element);
  const tools = document.createElement('div');
  tools.className = 'tools';
  figure.reset = button('reset', 'show everything again', () => resetZoom(figure));
  figure.reset.hidden = true;
  tools.append(figure.reset, button('\u2212', 'zoom out', () => zoomBy(figure, 2)),
    button('+', 'zoom in', () => zoomBy(figure, 0.5)));
  element.append(tools);
  const drawing = figure.svg;
  drawing.querySelectorAll('circle > title').forEach(hint => hint.remove());
  drawing.setAttribute('tabindex', '0');
  drawing.setAttribute('role', 'group');
  drawing.setAttribute('aria-label', drawing.querySelector('title').textContent
    + '. Arrow keys read values, plus and minus zoom, 0 shows everything again.');
  drawing.querySelector('title').remove();
  drawing.addEventListener('pointerdown', event => startDrag(figure, event));
  drawing.addEventListener('pointermove', event => drag(figure, event));
  drawing.addEventListener('pointerup', event => endDrag(figure, event));
  drawing.addEventListener('pointerleave', () => hide(figure));
  drawing.addEventListener('blur', () => hide(figure));
  drawing.addEventListener('dblclick', () => resetZoom(figure));
  drawing.addEventListener('keydown', event => {
    if (KEYS[event.key] && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      KEYS[event.key](figure);
    }
  });
  // A folded figure has no size yet that its switches could be given.
  const folded = element.closest('details:not([open])');
  if (folded) {
    folded.addEventListener('toggle', () => makeSwitches(figure), { once: true });
  } else {
    makeSwitches(figure);
  }
}

function start() {
  const elements = [...document.querySelectorAll('figure')].filter(element => element.querySelector('script'));
  elements.forEach(upgrade);
  addEventListener('beforeprint', () => document.querySelectorAll('details').forEach(it => it.setAttribute('open', 'open')));
  document.documentElement.dataset.figures = elements.length;
}

try {
  start();
} catch (error) {
  document.documentElement.dataset.error = error.stack || String(error);
  throw error;
}
