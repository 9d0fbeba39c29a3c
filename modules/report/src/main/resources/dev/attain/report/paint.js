// Draws the parts of a figure that change when axes or curves do; the same strokes as the picture that came with the page.

const SVG = 'http://www.w3.org/2000/svg';
const DASHES = { solid: null, dashed: '7 4', dotted: '1.5 3.5' };
const MARKER = 3.6;
const ROOM = 4.5;

function svg(name, attributes, text) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null) {
      element.setAttribute(key, typeof value === 'number' ? value.toFixed(1) : value);
    }
  }
  if (text) {
    element.textContent = text;
  }
  return element;
}

function line(x1, y1, x2, y2, ink, width, pattern) {
  return svg('line', { x1, y1, x2, y2, style: `stroke:var(--${ink})`, 'stroke-width': width,
    'stroke-dasharray': DASHES[pattern || 'solid'], 'stroke-linecap': pattern === 'dotted' ? 'round' : null });
}

function label(x, y, anchor, ink, size, text) {
  return svg('text', { x, y, 'text-anchor': anchor, 'font-size': size, style: `fill:var(--${ink})` }, text);
}

function repaint(figure) {
  const x = figure.x;
  const left = Math.min(x.from, x.to);
  const right = Math.max(x.from, x.to);
  const last = figure.panels[figure.panels.length - 1];
  figure.groups.x.replaceChildren(...ticksOf(x).flatMap(tick => {
    const at = placeOf(x, tick.value);
    return [line(at, last.bottom, at, last.bottom + 4, 'muted', 1),
      label(at, last.bottom + 18, 'middle', 'muted', 12.5, tick.label)];
  }));
  figure.panels.forEach((panel, number) => {
    figure.groups.y[number].replaceChildren(...ticksOf(panel.y).flatMap(tick => {
      const at = placeOf(panel.y, tick.value);
      return [line(left, at, right, at, 'grid', 1), label(left - 6, at + 4, 'end', 'muted', 12.5, tick.label)];
    }));
    panel.levels.forEach(level => repaintLevel(level, panel, left, right));
    panel.curves.forEach(curve => repaintCurve(curve, panel, x, left, right));
  });
  figure.uprights.forEach(upright => repaintUpright(upright, x, left, right));
  figure.stretches.forEach((stretch, number) => repaintStretch(figure, number, x, left, right));
}

function repaintLevel(level, panel, left, right) {
  const at = placeOf(panel.y, level.y);
  const inside = at >= panel.top - 1 && at <= panel.bottom;
  const low = panel.bottom - panel.top < LOW_PANEL;
  level.group.replaceChildren(...(inside ? [line(left, at, right, at, 'level', 1.2, 'dashed'),
    label(left + 4, at + (low ? 12 : -4), 'start', 'muted', 11.5, level.label)] : []));
}

// A nested drawing cuts off what lies outside of the axes; markers on their ends keep a little room.
function repaintCurve(curve, panel, x, left, right) {
  if (curve.off) {
    curve.group.replaceChildren();
    return;
  }
  const box = { x: left - ROOM, y: panel.top - ROOM, width: right - left + 2 * ROOM,
    height: panel.bottom - panel.top + 2 * ROOM };
  const inside = svg('svg', { ...box, viewBox: `${box.x} ${box.y} ${box.width} ${box.height}` });
  const spots = curve.samples.map(sample => ({ ...sample, atX: placeOf(x, sample.x), atY: placeOf(panel.y, sample.y) }));
  const believed = spots.filter(spot => !spot.doubted);
  const thick = curve.pattern === 'solid';
  if (believed.length > 1) {
    inside.append(svg('polyline', { points: believed.map(spot => `${spot.atX.toFixed(1)},${spot.atY.toFixed(1)}`).join(' '),
      fill: 'none', 'stroke-linejoin': 'round', style: `stroke:var(--${curve.ink})`, 'stroke-width': thick ? 2.2 : 1.6,
      'stroke-dasharray': DASHES[curve.pattern], 'stroke-linecap': curve.pattern === 'dotted' ? 'round' : null }));
  }
  if (curve.mark !== 'none') {
    spots.forEach(spot => inside.append(...interval(spot, panel.y, curve.ink), svg('circle', { cx: spot.atX, cy: spot.atY,
      r: thick ? MARKER : MARKER - 1, 'stroke-width': 1.4,
      style: `stroke:var(--${curve.ink});fill:var(--${curve.mark === 'filled' && !spot.doubted ? curve.ink : 'page'})` })));
  }
  curve.group.replaceChildren(inside);
}

function interval(spot, y, ink) {
  if (!(spot.high > spot.low)) {
    return [];
  }
  const [low, high] = [placeOf(y, spot.low), placeOf(y, spot.high)];
  return [line(spot.atX - 4, low, spot.atX + 4, low, ink, 1.2), line(spot.atX - 4, high, spot.atX + 4, high, ink, 1.2),
    line(spot.atX, low, spot.atX, high, ink, 1.2)];
}

// Its line and its label move together; the height of the label stays.
function repaintUpright(upright, x, left, right) {
  const at = placeOf(x, upright.x);
  const inside = at >= left - 1 && at <= right + 1;
  const before = at >= (left + right) / 2;
  const [stroke, text] = upright.group.children;
  upright.group.style.display = inside ? '' : 'none';
  stroke.setAttribute('x1', at);
  stroke.setAttribute('x2', at);
  text.setAttribute('x', at + (before ? -5 : 5));
  text.setAttribute('text-anchor', before ? 'end' : 'start');
}

function repaintStretch(figure, number, x, left, right) {
  const at = placeOf(x, figure.stretches[number].from);
  const end = placeOf(x, figure.stretches[number].to);
  const text = figure.stretches[number].label;
  if (number === 0) {
    figure.groups.stretches.replaceChildren();
  }
  if (end < left || at > right) {
    return;
  }
  const first = figure.panels[0].top - 26;
  if (at >= left) {
    figure.groups.stretches.append(line(at, first, at, figure.panels[figure.panels.length - 1].bottom, 'grid', 1.2));
  }
  const from = Math.max(at, left) + 3;
  if (Math.min(end, right) - from > 6 * text.length) {
    figure.groups.stretches.append(label(from, first, 'start', 'muted', 11.5, text));
  }
}
