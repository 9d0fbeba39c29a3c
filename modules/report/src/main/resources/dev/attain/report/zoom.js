// Zooms into a part of a figure: by dragging over it, by buttons, or by keys; and back.

const SHORTEST_DRAG = 6;

function spotOf(figure, event) {
  const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(figure.svg.getScreenCTM().inverse());
  return { x: point.x, y: point.y };
}

// From one value to another; the vertical axes follow what is to be seen then.
function zoomTo(figure, from, to) {
  const whole = figure.whole;
  const [low, high] = [Math.max(Math.min(from, to), whole.lowest), Math.min(Math.max(from, to), whole.highest)];
  const narrowest = whole.log ? low * 1.005 : low + (whole.highest - whole.lowest) / 2000;
  if (!(high > narrowest)) {
    return;
  }
  figure.x.lowest = low;
  figure.x.highest = high;
  figure.panels.forEach(panel => fitVertical(panel, low, high));
  finishZoom(figure);
}

function fitVertical(panel, low, high) {
  Object.assign(panel.y, panel.whole);
  const values = panel.curves.filter(curve => !curve.off).flatMap(curve => curve.samples)
    .filter(sample => sample.x >= low && sample.x <= high).flatMap(sample => [sample.y, sample.high ?? sample.y]);
  if (values.length === 0 || panel.y.unit === 'share') {
    return;
  }
  const highest = Math.max(...values);
  if (panel.y.log) {
    const positive = values.filter(value => value > 0);
    panel.y.lowest = Math.min(...positive) / 1.3;
    panel.y.highest = highest * 1.3;
  } else if (highest > 0) {
    panel.y.highest = highest * 1.06;
  }
}

function zoomVertical(panel, from, to) {
  const [low, high] = [valueAt(panel.y, Math.max(from, to)), valueAt(panel.y, Math.min(from, to))];
  panel.y.lowest = Math.max(low, panel.whole.lowest);
  panel.y.highest = Math.min(high, panel.whole.highest);
}

function finishZoom(figure) {
  const zoomed = figure.x.lowest > figure.whole.lowest || figure.x.highest < figure.whole.highest
    || figure.panels.some(panel => panel.y.lowest > panel.whole.lowest || panel.y.highest < panel.whole.highest);
  figure.reset.hidden = !zoomed;
  hide(figure);
  repaint(figure);
}

function resetZoom(figure) {
  Object.assign(figure.x, figure.whole);
  figure.panels.forEach(panel => Object.assign(panel.y, panel.whole));
  finishZoom(figure);
}

// Closer or wider around a value, by default the middle.
function zoomBy(figure, factor) {
  const middle = figure.tip.hidden || figure.at === undefined
    ? (figure.x.from + figure.x.to) / 2 : placeOf(figure.x, figure.at);
  const [from, to] = [figure.x.from, figure.x.to].map(end => valueAt(figure.x, middle + (end - middle) * factor));
  zoomTo(figure, from, to);
}

function startDrag(figure, event) {
  if (event.button !== 0 || event.pointerType === 'touch') {
    return;
  }
  figure.drag = spotOf(figure, event);
}

function drag(figure, event) {
  const spot = spotOf(figure, event);
  if (!figure.drag) {
    showAt(figure, spot.x);
    return;
  }
  event.preventDefault();
  const box = dragBox(figure, spot);
  if (box.right - box.left > SHORTEST_DRAG) {
    hide(figure);
    figure.svg.setPointerCapture(event.pointerId);
    figure.cross.replaceChildren(svg('rect', { x: box.left, y: box.top, width: box.right - box.left,
      height: box.bottom - box.top, style: 'fill:var(--level);fill-opacity:.25;stroke:var(--muted)' }));
  }
}

// Of a single panel the height counts too, once it is more than a slip of the hand.
function dragBox(figure, spot) {
  const [left, right] = [Math.min(figure.x.from, figure.x.to), Math.max(figure.x.from, figure.x.to)];
  const inside = x => Math.max(left, Math.min(right, x));
  const [first, last] = [figure.panels[0], figure.panels[figure.panels.length - 1]];
  const high = first === last && Math.abs(spot.y - figure.drag.y) > 24;
  const within = y => Math.max(first.top, Math.min(last.bottom, y));
  return { left: inside(Math.min(spot.x, figure.drag.x)), right: inside(Math.max(spot.x, figure.drag.x)),
    top: high ? within(Math.min(spot.y, figure.drag.y)) : first.top,
    bottom: high ? within(Math.max(spot.y, figure.drag.y)) : last.bottom, high };
}

function endDrag(figure, event) {
  if (!figure.drag) {
    return;
  }
  const box = dragBox(figure, spotOf(figure, event));
  figure.drag = null;
  figure.cross.replaceChildren();
  if (box.right - box.left > SHORTEST_DRAG) {
    const vertical = figure.panels[0];
    const before = { ...vertical.y };
    zoomTo(figure, valueAt(figure.x, box.left), valueAt(figure.x, box.right));
    if (box.high) {
      Object.assign(vertical.y, before);
      zoomVertical(vertical, box.top, box.bottom);
      finishZoom(figure);
    }
  }
}
