/**
 * Build of the page: bundles the modules and style sheets of every page into static/dist.
 *
 *     node tools/build_page.mjs            write static/dist
 *     node tools/build_page.mjs --check    exit with status 1 if static/dist is not what a build writes
 *
 * `make page` and `make lint` run it with the esbuild that the Makefile pins. static/pages.json lists the pages.
 * The build writes static/dist/manifest.json, from which app/services/pages/assets.py reads the files of each page.
 */

import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

// esbuild is not beside this file: NODE_PATH says where it is, and only `require` reads NODE_PATH.
const esbuild = createRequire(import.meta.url)('esbuild');

const STATIC = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', 'static');
const SOURCES = path.join(STATIC, 'js');
const VENDOR = path.join(STATIC, 'vendor');
const DIST = path.join(STATIC, 'dist');
const OWN_ADDRESS = /new URL\((['`])(\.[^'`]+)\1, import\.meta\.url\)/g;

/** Options of every build. Source maps are left out: PAGE=source serves the sources themselves. */
const OPTIONS = {
  absWorkingDir: STATIC,
  bundle: true,
  charset: 'utf8',
  format: 'esm',
  logLevel: 'warning',
  metafile: true,
  minify: true,
  target: 'es2022',
  write: false,
};

/** Return an address relative to a folder, as a browser reads it. */
function addressFrom(folder, target) {
  const address = path.relative(folder, target).split(path.sep).join('/');
  return address.startsWith('.') ? address : `./${address}`;
}

/**
 * Return the esbuild plugin that keeps addresses right when modules move into `folder`.
 *
 * @param {string} folder where the built files go
 * @param {Map<string, string>} built sources that were built before, and their built files
 * @param {string | null} entry the module that lazily imported modules can rely on
 */
function addresses(folder, built, entry = null) {
  const lazy = new Set();

  /** Return the module's text with addresses that are right in `folder`. */
  function withMovedAddresses(file, text) {
    const source = text.replaceAll(OWN_ADDRESS, (_, quote, address) => {
      const target = path.resolve(path.dirname(file), address);
      if (target.startsWith(SOURCES) && !built.has(target)) {
        throw new Error(`${file}: ${address} is not built, because static/pages.json does not name it`);
      }
      const moved = addressFrom(folder, built.get(target) ?? target);
      return `new URL(${quote}${moved}${quote}, import.meta.url)`;
    });
    if (text.replaceAll(OWN_ADDRESS, '').includes('import.meta.url')) {
      throw new Error(`${file}: write every address as new URL('./…', import.meta.url)`);
    }
    return source;
  }

  /** @param {import('esbuild').PluginBuild} build */
  function setup(build) {
    build.onResolve({ filter: /^[^:#]+$/ }, ({ path: address, resolveDir, kind }) => {
      const target = path.resolve(resolveDir, address);
      const isVendored = target.startsWith(VENDOR);
      // Fonts and KaTeX stay where they are: both are compressed already, and KaTeX is no module.
      if (kind === 'url-token' || (kind === 'dynamic-import' && isVendored)) {
        return { path: addressFrom(folder, target), external: true };
      }
      // The module of the first calls holds state: all who import it must get the same file.
      if (kind !== 'entry-point' && built.has(target)) {
        return { path: addressFrom(folder, built.get(target)), external: true };
      }
      if (kind === 'dynamic-import') lazy.add(target);
      return undefined;
    });
    build.onLoad({ filter: /\.js$/ }, ({ path: file }) => {
      const text = readFileSync(file, 'utf8');
      if (file.startsWith(VENDOR)) return { contents: text };
      // esbuild makes a chunk of each set of modules that the same entries share. A lazy module that imports
      // the entry shares all of it. So the entry and all it imports are one chunk, not twenty.
      const needs = lazy.has(file) && entry ? `\nimport ${JSON.stringify(entry)};` : '';
      return { contents: withMovedAddresses(file, text) + needs };
    });
  }
  return { name: 'addresses', setup };
}

/** Build one module and all it imports into one file. */
async function buildOne(source, name, built) {
  const { outputFiles } = await esbuild.build({
    ...OPTIONS,
    entryPoints: [source],
    entryNames: `${name}-[hash]`,
    outdir: DIST,
    plugins: [addresses(DIST, built)],
  });
  return outputFiles[0];
}

/** Build a page's modules: its script, and what that imports lazily. */
async function buildScript(name, source, built) {
  const folder = path.join(DIST, name);
  const entry = path.join(STATIC, source);
  const { outputFiles, metafile } = await esbuild.build({
    ...OPTIONS,
    entryPoints: [entry],
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    outdir: folder,
    plugins: [addresses(folder, built, entry)],
    splitting: true,
  });
  const outputs = Object.entries(metafile.outputs);
  const [script, { inputs, imports }] = outputs.find(([, { entryPoint }]) => entryPoint === source);
  // With lazy modules, the script only imports the chunk that holds all of it: the page can load that chunk.
  const isEmpty = Object.keys(inputs).length === 0;
  const dropped = isEmpty ? path.resolve(STATIC, script) : null;
  return {
    script: path.resolve(STATIC, isEmpty ? imports[0].path : script),
    files: outputFiles.filter((file) => file.path !== dropped),
  };
}

/** Build a page's style sheets into one. */
async function buildStyles(name, styles) {
  const folder = path.join(DIST, name);
  const contents = styles.map((sheet) => `@import './${sheet}';`).join('\n');
  const { outputFiles } = await esbuild.build({
    ...OPTIONS,
    stdin: { contents, loader: 'css', resolveDir: STATIC },
    entryNames: 'styles-[hash]',
    outdir: folder,
    plugins: [addresses(folder, new Map())],
  });
  return outputFiles[0];
}

/** Build everything; return the contents of each file by its path in static/dist. */
async function build() {
  const table = JSON.parse(readFileSync(path.join(STATIC, 'pages.json'), 'utf8'));
  const built = new Map();
  const files = [];
  for (const name of ['first', 'worker']) {
    const source = path.join(STATIC, table[name]);
    const file = await buildOne(source, name, built);
    built.set(source, file.path);
    files.push(file);
  }
  const [first, worker] = files.map((file) => addressFrom(STATIC, file.path).slice(2));
  const manifest = {};
  for (const [name, { script, styles }] of Object.entries(table.pages)) {
    const page = await buildScript(name, script, built);
    const sheet = await buildStyles(name, styles);
    files.push(...page.files, sheet);
    const used = (file) => (page.files.some(({ text }) => text.includes(path.basename(file))) ? file : null);
    manifest[name] = {
      first: used(first),
      script: addressFrom(STATIC, page.script).slice(2),
      styles: [addressFrom(STATIC, sheet.path).slice(2)],
      worker: used(worker),
    };
  }
  const contents = new Map(files.map((file) => [path.relative(DIST, file.path), file.text]));
  return contents.set('manifest.json', `${JSON.stringify(manifest, null, 2)}\n`);
}

/** Return the contents of each file in static/dist by its path there. */
function present() {
  if (!existsSync(DIST)) return new Map();
  const names = readdirSync(DIST, { recursive: true }).filter((name) => statSync(path.join(DIST, name)).isFile());
  return new Map(names.map((name) => [name, readFileSync(path.join(DIST, name), 'utf8')]));
}

/** Return the exit status: 0 if static/dist holds exactly these files. */
function check(contents) {
  const found = present();
  const names = new Set([...contents.keys(), ...found.keys()]);
  const different = [...names].filter((name) => contents.get(name) !== found.get(name)).sort();
  for (const name of different) console.error(`static/dist/${name} is not what a build writes`);
  if (different.length > 0) console.error('The sources of the page have changed since it was built: run make page.');
  return different.length > 0 ? 1 : 0;
}

/** Write static/dist so that a running server finds all files of a page at any time: the manifest comes last. */
function write(contents) {
  for (const [name, text] of contents) {
    const file = path.join(DIST, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(`${file}.new`, text);
    renameSync(`${file}.new`, file);
  }
  for (const name of present().keys()) if (!contents.has(name)) rmSync(path.join(DIST, name));
}

const contents = await build();
if (process.argv.includes('--check')) process.exitCode = check(contents);
else write(contents);
