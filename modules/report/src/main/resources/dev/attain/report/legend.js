// Entries of legends become switches: a colour stands for a deployment, a grey line for a kind of curve.

// Of a colour that several entries have, each stands for its own kind of line.
function matches(key, keys, curve, panel) {
  if (key.panel !== panel) {
    return false;
  }
  if (key.ink === 'muted') {
    return curve.pattern === key.pattern;
  }
  const twins = keys.filter(other => other !== key && other.panel === panel && other.ink === key.ink);
  return curve.ink === key.ink && (twins.length === 0 || curve.pattern === key.pattern);
}

function applyKeys(figure) {
  figure.panels.forEach((panel, number) => panel.curves.forEach(curve => {
    curve.off = figure.keys.some(key => key.off && matches(key, figure.keys, curve, number));
  }));
  figure.keys.forEach(key => {
    key.group.classList.toggle('off', Boolean(key.off));
    key.group.setAttribute('aria-pressed', String(!key.off));
  });
  hide(figure);
  repaint(figure);
}

// In lanes the same colour is in several legends, which then go together.
function toggle(figure, key) {
  const off = !key.off;
  figure.keys.filter(other => other === key || (key.ink !== 'muted' && other.ink === key.ink
    && other.pattern === key.pattern)).forEach(other => {
    other.off = off;
  });
  applyKeys(figure);
}

function makeSwitches(figure) {
  figure.keys.forEach(key => {
    if (key.mark === 'hollow') {
      return;
    }
    const box = key.group.getBBox();
    key.group.prepend(svg('rect', { x: box.x - 2, y: box.y - 3, width: box.width + 6, height: box.height + 6,
      fill: 'transparent' }));
    key.group.setAttribute('tabindex', '0');
    key.group.setAttribute('role', 'button');
    key.group.setAttribute('aria-pressed', 'true');
    key.group.classList.add('switch');
    key.group.addEventListener('click', () => toggle(figure, key));
    key.group.addEventListener('keydown', event => {
      if (event.key === 'Enter' || event.key === ' ') {
        event.preventDefault();
        event.stopPropagation();
        toggle(figure, key);
      }
    });
  });
}
