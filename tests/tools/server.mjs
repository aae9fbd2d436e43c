// Serves a folder on this machine as a plain static host would: a folder
// answers with its index.html, and what is missing with 404.html.
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer } from "node:http";
import path from "node:path";
import { createGzip } from "node:zlib";

// What a careful host allows pages: files of its own, and nothing inside of
// the pages themselves.
const policy = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

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

// Whether a file of this type is sent smaller than it is.
export function isText(type) {
  return /^text\/|xml|json/.test(type);
}

// The file that answers an address below `below`, or undefined.
async function fileOf(folder, address, below = "/") {
  let wanted;
  try {
    wanted = decodeURIComponent(new URL(address, "http://localhost").pathname);
  } catch {
    return undefined;
  }
  if (!wanted.startsWith(below)) return undefined;
  let file = path.join(folder, wanted.slice(below.length - 1));
  if (!file.startsWith(folder)) return undefined;
  if (wanted.endsWith("/")) file = path.join(file, "index.html");
  const found = await stat(file).catch(() => undefined);
  return found?.isFile() ? file : undefined;
}

// Starts a server for the folder. Its address is `origin`; the site begins at
// the path `below`, which ends in a slash.
export async function serve(folder, below = "/") {
  const root = path.resolve(folder);
  const server = createServer(async (request, response) => {
    // Browsers ask every host for this by themselves; a site need not have it.
    if (request.url === "/favicon.ico" && !(await fileOf(root, request.url))) {
      response.writeHead(204).end();
      return;
    }
    const file = await fileOf(root, request.url, below);
    const answer = file ?? (await fileOf(root, "/404.html"));
    const type = types[path.extname(answer ?? ".txt")] ?? "application/octet-stream";
    const zipped = isText(type) && /\bgzip\b/.test(request.headers["accept-encoding"] ?? "");
    response.writeHead(file ? 200 : 404, {
      "content-type": type,
      "content-security-policy": policy,
      ...(zipped ? { "content-encoding": "gzip" } : {}),
    });
    if (!answer || request.method === "HEAD") response.end();
    else if (zipped) createReadStream(answer).pipe(createGzip()).pipe(response);
    else createReadStream(answer).pipe(response);
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const origin = `http://127.0.0.1:${server.address().port}`;
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { origin, close };
}
