// Serves a folder on this machine as a plain static host would: a folder
// answers with its index.html, and what is missing with 404.html.
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer } from "node:http";
import path from "node:path";

const types = {
  ".atom": "application/atom+xml",
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".jpg": "image/jpeg",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
  ".xml": "application/xml",
};

// The file that answers an address, or undefined.
async function fileOf(folder, address) {
  let wanted;
  try {
    wanted = decodeURIComponent(new URL(address, "http://localhost").pathname);
  } catch {
    return undefined;
  }
  let file = path.join(folder, wanted);
  if (!file.startsWith(folder)) return undefined;
  if (wanted.endsWith("/")) file = path.join(file, "index.html");
  const found = await stat(file).catch(() => undefined);
  return found?.isFile() ? file : undefined;
}

// Starts a server for the folder. Its address is `origin`.
export async function serve(folder) {
  const root = path.resolve(folder);
  const server = createServer(async (request, response) => {
    const file = await fileOf(root, request.url);
    const answer = file ?? (await fileOf(root, "/404.html"));
    const type = types[path.extname(answer ?? ".txt")] ?? "application/octet-stream";
    response.writeHead(file ? 200 : 404, { "content-type": type });
    if (answer && request.method !== "HEAD") createReadStream(answer).pipe(response);
    else response.end();
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const origin = `http://127.0.0.1:${server.address().port}`;
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { origin, close };
}
