const short = new Intl.NumberFormat("en", { maximumSignificantDigits: 3 });

/** A number at a length that fits a label: 0.0123, 456, 1.23e+6. */
export function brief(value) {
  const size = Math.abs(value);
  if (!Number.isFinite(value)) {
    return "–";
  }
  return size !== 0 && (size < 1e-3 || size >= 1e5) ? value.toExponential(2).replace("e+", "e") : short.format(value);
}

/** Bytes as people say them. */
export function bytes(count) {
  return count < 1000 ? `${count} bytes` : count < 1e6 ? `${Math.round(count / 1000)} KB` : `${(count / 1e6).toFixed(1)} MB`;
}

/** A share as percent. */
export function percent(share) {
  return `${Math.round(share * 100)} %`;
}

/** A number without the noise of multiplying. */
export function tidy(value) {
  return Number(value.toPrecision(4));
}
