// Azurite that ends with the process that started it, however that ends: then the pipe to its standard input closes.
process.stdin.resume();
process.stdin.on("close", () => process.exit(0));
require("azurite/dist/src/azurite.js");
