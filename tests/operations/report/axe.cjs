// node axe.cjs CHROMIUM PAGE [FOLDER]: what axe finds in a page, at the width of a phone and of a desk, in light and in
// dark, and what is wider than the window, or than a printed page of A4; as JSON. With FOLDER it leaves pictures there.
const puppeteer = require('puppeteer-core');
const axe = require('axe-core');

// A4 is 210 mm wide; browsers leave 10 mm on each side, and count 96 px an inch.
const PRINTED = Math.floor(((210 - 20) / 25.4) * 96);

(async () => {
  const [executablePath, page, folder] = process.argv.slice(2);
  const args = ['--no-sandbox', '--disable-gpu', '--allow-file-access-from-files'];
  const browser = await puppeteer.launch({ executablePath, args, headless: true });
  const found = [];
  for (const width of [390, 1280]) {
    for (const scheme of ['light', 'dark']) {
      const tab = await browser.newPage();
      await tab.setBypassCSP(true); // axe is put into the page, which lets no script in
      await tab.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
      await tab.setViewport({ width, height: 900 });
      await tab.goto('file://' + page);
      if (folder) await tab.screenshot({ path: `${folder}/${width}-${scheme}.png`, fullPage: true });
      await tab.evaluate(() => document.querySelectorAll('details').forEach((one) => { one.open = true; }));
      await tab.evaluate(axe.source);
      const result = await tab.evaluate(async () => ({
        checks: await axe.run(document),
        overflow: document.documentElement.scrollWidth - window.innerWidth,
      }));
      const at = `${width} ${scheme}`;
      for (const one of result.checks.violations) found.push({ at, id: one.id, nodes: one.nodes.map((node) => node.html) });
      if (result.overflow > 0) found.push({ at, id: 'wider than the window', nodes: [String(result.overflow)] });
      found.push({ at, passed: result.checks.passes.length });
      await tab.close();
    }
  }
  const sheet = await browser.newPage();
  await sheet.emulateMediaType('print');
  await sheet.setViewport({ width: PRINTED, height: 900 });
  await sheet.goto('file://' + page);
  await sheet.evaluate(() => document.querySelectorAll('details').forEach((one) => { one.open = true; }));
  if (folder) await sheet.screenshot({ path: `${folder}/print.png`, fullPage: true });
  const over = await sheet.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  found.push(over > 0 ? { at: 'print', id: 'wider than A4', nodes: [String(over)] } : { at: 'print', fits: true });
  await browser.close();
  process.stdout.write(JSON.stringify(found));
})();
