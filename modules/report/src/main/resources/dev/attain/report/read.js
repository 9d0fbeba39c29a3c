// Reads values off a figure: what lies closest to the pointer, or to where the arrow keys have gone.

// In units of the drawing: values so close belong together, and nothing is read off from further away.
const NEAR = 9;
const FAR = 60;

function nearest(curve, x, place) {
  let best = null;
  for (const sample of curve.samples) {
    const distance = Math.abs(placeOf(x, sample.x) - place);
    if (best === null || distance < best.distance) {
      best = { curve, sample, distance };
    }
  }
  return best;
}

function visibleCurves(figure) {
  return figure.panels.flatMap(panel => panel.curves.map(curve => ({ panel, curve })))
    .filter(({ curve }) => !curve.off && curve.samples.length > 0);
}

function stretchOf(figure, value) {
  return figure.stretches.find(it => value > it.from && value <= it.to);
}

// One for each curve that has a value close to the place, the first of them telling where exactly that is.
function valuesNear(figure, place) {
  const found = visibleCurves(figure).map(({ panel, curve }) => ({ ...nearest(curve, figure.x, place), panel }))
    .sort((one, other) => one.distance - other.distance);
  const reach = found.length === 0 ? 0 : Math.min(FAR, Math.max(NEAR, found[0].distance + 1));
  return found.filter(it => it.distance <= reach
    && stretchOf(figure, it.sample.x) === stretchOf(figure, found[0].sample.x));
}

function sentence({ curve, sample, panel }, figure, value) {
  if (sample.hint) {
    return sample.hint.startsWith(curve.label) ? sample.hint : `${curve.label}: ${sample.hint}`;
  }
  const elsewhere = figure.x.log && Math.abs(sample.x / value - 1) > 0.005 ? ` at ${words(figure.x.unit, sample.x, 4)}` : '';
  return `${curve.label}${elsewhere}: ${words(panel.y.unit, sample.y, 4)}`;
}

function header(figure, value) {
  const stretch = stretchOf(figure, value);
  if (stretch) {
    return `${stretch.label}, ${plain(value - stretch.from, 3)} s after its start`;
  }
  return words(figure.x.unit, value, 4);
}

function showAt(figure, place) {
  const found = valuesNear(figure, place);
  if (found.length === 0) {
    hide(figure);
    return;
  }
  const value = found[0].sample.x;
  figure.at = value;
  const at = placeOf(figure.x, value);
  const last = figure.panels[figure.panels.length - 1];
  figure.cross.replaceChildren(line(at, figure.panels[0].top, at, last.bottom, 'text', 0.8, 'solid'));
  const order = visibleCurves(figure).map(it => it.curve);
  found.sort((one, other) => order.indexOf(one.curve) - order.indexOf(other.curve));
  const title = document.createElement('b');
  title.textContent = header(figure, value);
  figure.tip.replaceChildren(title, ...found.map(it => {
    const row = document.createElement('span');
    const sign = document.createElement('i');
    sign.style.borderTop = `3px ${it.curve.pattern} var(--${it.curve.ink})`;
    row.append(sign, sentence(it, figure, value));
    return row;
  }));
  figure.tip.hidden = false;
  const frame = figure.svg.getBoundingClientRect();
  const share = at / figure.svg.viewBox.baseVal.width;
  const room = figure.svg.clientWidth - figure.tip.offsetWidth - 12;
  const beside = share < 0.5 ? share * frame.width + 14 : share * frame.width - figure.tip.offsetWidth + 2;
  figure.tip.style.left = `${Math.max(4, Math.min(beside, room))}px`;
}

function hide(figure) {
  figure.tip.hidden = true;
  figure.cross.replaceChildren();
}

// The next value to one side of where the reader is, over all curves.
function step(figure, direction) {
  const [low, high] = [figure.x.lowest, figure.x.highest];
  const all = [...new Set(visibleCurves(figure).flatMap(({ curve }) => curve.samples.map(sample => sample.x)))]
    .filter(value => value >= low && value <= high).sort((one, other) => one - other);
  if (all.length === 0) {
    return;
  }
  const forward = (figure.x.to > figure.x.from) === (direction > 0);
  const here = figure.at === undefined ? (forward ? -Infinity : Infinity) : figure.at;
  const next = forward ? all.find(value => value > here) : all.findLast(value => value < here);
  showAt(figure, placeOf(figure.x, next === undefined ? (forward ? all[all.length - 1] : all[0]) : next));
}
