// Azurite that ends with the process that started it, however that ends: then the pipe to its standard input closes.
process.stdin.resume();
process.stdin.on("close", () => {
  // Its own way of ending keeps its data; five seconds are enough for that.
  setTimeout(() => process.exit(0), 5000).unref();
  process.emit("SIGINT");
});
require("azurite/dist/src/azurite.js");
