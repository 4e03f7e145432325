/**
 * The command that makes the same picture on the command line.
 * @param {{role: string, fileName: string}[]} inputs
 * @param {object} settings the preset and what departs from it
 */
export function commandLine(inputs, settings) {
  const files = (role) => inputs.filter((i) => i.role === role).map((i) => quoted(path(i)));
  const guided = files("content").length > 0;
  const words = [guided ? "./run synthesize" : "./run texture", ...files("content"), ...files("style")];
  for (const [name, value] of Object.entries(settings)) {
    const option = `--${name.replaceAll(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}`;
    if (name === "initial" && value === "picture") {
      words.push(option, ...files("initial"));
    } else if (value === true) {
      words.push(option);
    } else if (value !== false) {
      words.push(option, quoted(spelt(value)));
    }
  }
  words.push(...files("content-map").flatMap((f) => ["--content-map", f]), ...files("style-map").flatMap((f) => ["--style-map", f]));
  return words.join(" ");
}

// Lists are separated by commas; layers are written with their weights.
function spelt(value) {
  if (value === null) {
    return "auto";
  }
  if (Array.isArray(value)) {
    return value.join(",");
  }
  return typeof value === "object" ? Object.entries(value).map(([name, weight]) => `${name}:${weight}`).join(",") || "none" : String(value);
}

// A name is never read as an option (/h and /? ask for help), nor as one of the words that --initial knows.
function path({ role, fileName }) {
  return /^(-|\/[h?]$)/.test(fileName) || (role === "initial" && /^\w+$/.test(fileName)) ? `./${fileName}` : fileName;
}

function quoted(text) {
  return /^[\p{L}\p{N}_.,:/+-]+$/u.test(text) && !text.startsWith("-") ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
