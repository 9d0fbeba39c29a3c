// Axes as the figures' data have them: values to places of the drawing and back, round ticks, and words for values.

const WANTED_TICKS = 6;
const LOW_PANEL = 120;

function placeOf(axis, value) {
  const share = axis.log
    ? Math.log(Math.max(value, 1e-12) / axis.lowest) / Math.log(axis.highest / axis.lowest)
    : (value - axis.lowest) / (axis.highest - axis.lowest);
  return axis.from + share * (axis.to - axis.from);
}

function valueAt(axis, place) {
  const share = (place - axis.from) / (axis.to - axis.from);
  return axis.log
    ? axis.lowest * Math.pow(axis.highest / axis.lowest, share)
    : axis.lowest + share * (axis.highest - axis.lowest);
}

// Ticks of equal steps, or powers of ten with or without 2 and 5 between them.
function ticksOf(axis) {
  const powers = axis.log ? Math.log10(axis.highest / axis.lowest) : 0;
  if (powers < 0.8) {
    const wanted = Math.abs(axis.to - axis.from) < LOW_PANEL ? 3 : WANTED_TICKS - (axis.log ? 1 : 0);
    return equalSteps(axis, wanted);
  }
  const ticks = [];
  const factors = powers <= 2.2 ? [1, 2, 5] : [1];
  for (let power = Math.floor(Math.log10(axis.lowest)); power <= Math.log10(axis.highest); power++) {
    for (const factor of factors) {
      const value = factor * Math.pow(10, power);
      if (value >= axis.lowest && value <= axis.highest) {
        ticks.push({ value, label: words(axis.unit, value, 3) });
      }
    }
  }
  return ticks;
}

function equalSteps(axis, wanted) {
  const step = roundStep((axis.highest - axis.lowest) / wanted);
  const largest = Math.max(Math.abs(axis.highest), Math.abs(axis.lowest));
  const digits = Math.max(3, Math.ceil(Math.log10(largest / step)) + 2);
  const ticks = [];
  const last = axis.unit === 'share' ? Math.min(axis.highest, 1) : axis.highest;
  for (let number = Math.ceil(axis.lowest / step - 1e-9); number * step <= last + step * 1e-9; number++) {
    ticks.push({ value: number * step, label: words(axis.unit, number * step, digits) });
  }
  return ticks;
}

function roundStep(rough) {
  const power = Math.pow(10, Math.floor(Math.log10(rough)));
  return [1, 2, 2.5, 5, 10].find(step => step * power >= rough * (1 - 1e-9)) * power;
}

function words(unit, value, digits) {
  switch (unit) {
    case 'share': return plain(value * 100, digits) + ' %';
    case 'seconds': return seconds(value, digits);
    default: return plain(value, digits);
  }
}

function seconds(value, digits) {
  if (value === 0) {
    return '0 ms';
  }
  if (Math.abs(value) >= 0.9995) {
    return plain(value, digits) + ' s';
  }
  return Math.abs(value) >= 0.9995e-3 ? plain(value * 1e3, digits) + ' ms' : plain(value * 1e6, digits) + ' us';
}

// Significant digits, more only before the point, none that says nothing.
function plain(value, digits) {
  if (Math.abs(value) >= Math.pow(10, digits)) {
    return String(Math.round(value));
  }
  return String(Number(value.toPrecision(digits)));
}
